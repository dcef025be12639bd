"""What people are to do when a release has to be taken back: runbooks, written in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cloudlint.concepts.base import Concept
from cloudlint.source import Span
from cloudlint.values import Origin, Undecided

__all__ = ["Operations", "RollbackRunbook"]


@dataclass(slots=True, eq=False)
class Operations(Concept):
    """A repository that deploys infrastructure; it belongs to the first root module that is for
    production. `runbooks` are the paths of those that name a rollback, `hints` what else does or
    may do so."""

    runbooks: tuple[str, ...]
    hints: tuple[Origin, ...]

    @property
    def can_go_back(self) -> bool:
        """Whether a runbook tells how to roll back. Raises `Undecided` where something else may."""
        if not self.runbooks and self.hints:
            raise Undecided(self.hints[0])
        return bool(self.runbooks)


@dataclass(slots=True, eq=False)
class RollbackRunbook(Concept):
    """A runbook that names a rollback; it belongs to the production root module that is nearest.

    `validated` is the day it says it was tried last, None where it says none; `place` is where it
    does so. `covers` tells whether the root is in the folder that the runbook is about. `today` is
    the day of the scan, None where that is not given.
    """

    place: Span
    validated: date | None
    covers: bool
    today: date | None

    @property
    def span(self) -> Span:
        return self.place

    def __str__(self) -> str:
        return self.place.path

    @property
    def age(self) -> int:
        """The days since it was validated. Raises `Undecided`."""
        if self.validated is None:
            raise Undecided(Origin(str(self), "has no `Last validated:` with a date", self.place))
        if self.today is None:
            raise Undecided(Origin("the day of the scan", "is not given"))
        return (self.today - self.validated).days
