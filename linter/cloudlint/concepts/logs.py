"""Where logs are kept."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.values import Value

__all__ = ["LogGroup"]


@dataclass(slots=True, eq=False)
class LogGroup(Concept):
    """A place that collects logs. `retention` is after how many days they are deleted, 0 for
    never."""

    retention: Value
