"""Secrets and keys that ought to change by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["RotatedSecret", "unmet"]


@dataclass(slots=True, eq=False)
class RotatedSecret(Concept):
    """A secret, a key or a database's password. `rotation` tells what it takes for it to change
    regularly, nothing where somebody else sees to that; it may raise `Undecided`."""

    rotation: Callable[[], list[Requirement]]
