"""Data stores: databases, caches, search domains, queues that keep data, file systems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["DataStore", "Requirement", "unmet"]


@dataclass(slots=True, eq=False)
class DataStore(Concept):
    """Something that keeps data and can lose it, or its service, with a zone.

    `kind` is what people call it. `standby` tells what it takes for the loss of one zone to be
    survived; it may raise `Undecided`. `headless` marks a secondary of a global database that
    has no instance of its own on purpose.
    """

    kind: str
    standby: Callable[[], list[Requirement]]
    headless: bool = False
