"""Accounts, and what watches over their costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from cloudlint.concepts.base import Concept
from cloudlint.graph import Resource
from cloudlint.values import Value

__all__ = ["Account", "Budget"]


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget: `alerts` tells, three-valued, whether somebody hears of this share of it, in
    percent. `place` is where alerts belong."""

    alerts: Callable[[int], Value]
    place: Value


@dataclass(slots=True, eq=False)
class Account(Concept):
    """A root module, with what it holds of a whole account. `settings` tells whether it holds
    anything that there is once in an account or an organisation, `place` is the first of that, or
    the root itself. `is_watched` tells, three-valued, whether somebody hears of unusual costs. All
    may raise `Undecided`."""

    directory: str
    place: Resource
    settings: Callable[[], bool]
    budgets: Callable[[], list[Budget]]
    is_watched: Callable[[], Value]

    def is_judged(self, account_roots: Sequence[str]) -> bool:
        """Whether it is the root of an account: by what it holds, or one of these globs."""
        named = any(fnmatchcase(self.directory, glob) for glob in account_roots)
        return named or self.settings()
