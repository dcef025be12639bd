"""What is paid for, and by which tags the bill tells whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from cloudlint.concepts.base import Concept, answer
from cloudlint.source import Span
from cloudlint.values import Value

_WITHOUT = 3
"""How many without a tag there have to be for every one with it, to be nearly all; what is not
known counts as much as what is without."""

__all__ = ["BilledResource", "TagSource"]


@dataclass(slots=True, eq=False)
class BilledResource(Concept):
    """Something that is paid for, and that can be tagged.

    `called` says what it is. `carries` tells, three-valued, whether a tag of a name is on it in
    the end; it may raise `Undecided`. `tags` is where its own tags stand, `source` what else puts
    tags on it.
    """

    called: str
    carries: Callable[[str], Value]
    tags: Value
    source: TagSource

    def __str__(self) -> str:
        return self.called


@dataclass(slots=True, eq=False)
class TagSource:
    """What puts tags on all that it makes: the configuration of a provider. `place` is where
    these tags belong; `holds` tells, three-valued, whether a tag of a name is among them. `made`
    is what it makes."""

    called: str
    place: Value | Span
    holds: Callable[[str], Value]
    made: list[BilledResource] = field(default_factory=list)
    _untagged: dict[str, frozenset[str]] = field(default_factory=dict)

    def untagged(self, name: str) -> frozenset[str]:
        """The declarations of what it makes without a tag of this name, where that is nearly all;
        none where it is not, or where the tag may be among its own."""
        found = self._untagged.get(name)
        if found is None:
            found = self._untagged[name] = self._find_untagged(name)
        return found

    def _find_untagged(self, name: str) -> frozenset[str]:
        if self.holds(name).truth() is not False:
            return frozenset()
        answers: dict[bool | None, set[str]] = {True: set(), False: set(), None: set()}
        for billed in self.made:
            answers[answer(partial(billed.carries, name))].add(billed.resource.declared)
        others = len(answers[True]) * _WITHOUT + len(answers[None])
        return frozenset(answers[False] if others <= len(answers[False]) else ())

    def __str__(self) -> str:
        return self.called
