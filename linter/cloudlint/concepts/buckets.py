"""Where objects are stored, and how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement

__all__ = ["StoredObjects"]


@dataclass(slots=True, eq=False)
class StoredObjects(Concept):
    """The objects of a bucket. `upkeep` tells what it takes for those that nobody needs to go, or
    to go where storage is cheap; it may raise `Undecided`."""

    upkeep: Callable[[], list[Requirement]]
