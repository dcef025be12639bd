"""Data stores: databases, caches, search domains, queues that keep data, file systems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, at_least, unmet
from cloudlint.values import Value

__all__ = ["Backups", "DataStore", "Requirement", "unmet"]


@dataclass(frozen=True, slots=True)
class Backups:
    """The automatic backups of a data store: kept for `days`, as `argument` says. `graded` tells
    whether their number matters; else only whether there are any. `elsewhere` (three-valued)
    tells that the store is a copy of another, whose backups count."""

    days: Value
    argument: str
    graded: bool
    elsewhere: Value

    def reach_back(self, days: int) -> Value:
        """Three-valued: whether they are kept long enough."""
        return self.elsewhere | at_least(self.days, days if self.graded else 1)


def _no_backups() -> Backups | None:
    return None


def _nothing() -> list[Requirement]:
    return []


@dataclass(slots=True, eq=False)
class DataStore(Concept):
    """Something that keeps data and can lose it, or its service, with a zone.

    `kind` is what people call it. `standby` tells what it takes for the loss of one zone to be
    survived, `backups` how it is backed up (None for what is not backed up by days),
    `point_in_time` what it takes to go back to any second where that has to be asked for, and
    `safeguards` what keeps it from being deleted by mistake; all of them may raise `Undecided`.
    `headless` marks a secondary of a global database that has no instance of its own on purpose.
    """

    kind: str
    standby: Callable[[], list[Requirement]]
    headless: bool = False
    backups: Callable[[], Backups | None] = _no_backups
    point_in_time: Callable[[], list[Requirement]] = _nothing
    safeguards: Callable[[], list[Requirement]] = _nothing
