"""What is paid for, and by which tags the bill tells whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from cloudlint.concepts.base import Concept, answer
from cloudlint.source import Span
from cloudlint.values import Value

_WITHOUT = 2
"""How many without a tag there have to be for every one with it, to be most; what is not known
counts as much as what is without."""
_HANDFUL = 5
"""How many there have to be at least, unless nothing has it."""

__all__ = ["BilledResource", "TagSource"]


@dataclass(slots=True, eq=False)
class BilledResource(Concept):
    """Something that is paid for, and that can be tagged.

    `called` says what it is. `carries` tells, three-valued, whether a tag of a name is on it in
    the end; it may raise `Undecided`. `tags` is where its own tags stand, `source` what makes it;
    `inherits` tells whether the tags that this puts on all it makes are on it, too.
    """

    called: str
    carries: Callable[[str], Value]
    tags: Value
    source: TagSource
    inherits: bool

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
        """The declarations of what it makes without a tag of this name, where that is most of what
        inherits its own; none where it is not, or where the tag may be among these."""
        found = self._untagged.get(name)
        if found is None:
            found = self._untagged[name] = self._find_untagged(name)
        return found

    def _find_untagged(self, name: str) -> frozenset[str]:
        if self.holds(name).truth() is not False:
            return frozenset()
        answers: dict[bool | None, set[str]] = {True: set(), False: set(), None: set()}
        apart: set[str] = set()
        for billed in self.made:
            verdict = answer(partial(billed.carries, name))
            if billed.inherits:
                answers[verdict].add(billed.resource.declared)
            elif verdict is False:
                apart.add(billed.resource.declared)
        others = len(answers[True]) * _WITHOUT + len(answers[None])
        fewest = max(others, _HANDFUL if others else 2)
        return frozenset(answers[False] | apart if len(answers[False]) >= fewest else ())

    def __str__(self) -> str:
        return self.called
