"""What machines and disks are of, and whether their vendor calls that a thing of the past."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.values import Value

__all__ = ["Generation"]


@dataclass(slots=True, eq=False)
class Generation(Concept):
    """The class of a machine or a disk, as it is written. `is_previous` is three-valued;
    `successor` is what to take instead."""

    kind: str
    name: Value
    is_previous: Value
    successor: str
