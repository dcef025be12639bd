"""What a report is about: the requested files, and nothing that is excluded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import dirname

from cloudlint.discovery import Inventory
from cloudlint.report import Reported, UndecidedCheck
from cloudlint.source import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """`excluded` files may still be read, as modules that others call; they are not reported."""

    inventory: Inventory
    excluded: Callable[[str], bool]

    @property
    def files(self) -> frozenset[str]:
        """The files that were asked for."""
        if self.inventory.requested is not None:
            return self.inventory.requested
        return self._found

    @property
    def _found(self) -> frozenset[str]:
        return frozenset(path for paths in self.inventory.files.values() for path in paths)

    def concerns(self, item: Reported | UndecidedCheck) -> bool:
        """Whether a finding or an undecided check has to do with one of the requested files: it
        is in one, or one is on its way."""
        if item.span is not None and self.excluded(item.span.path):
            return False
        requested = self.inventory.requested
        return requested is None or any(span.path in requested for span in _places(item))

    def diagnostics(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What is wrong with the requested files, each told once, by place. Errors beside them,
        in files that are there for context, make answers undecided and no more; what is wrong
        farther away is left out."""
        told = dict.fromkeys(self._concerning(found))
        return sorted(told, key=lambda d: (d.path, d.span.start if d.span else -1, d.message))

    def _concerning(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        requested = self.inventory.requested
        context = self._found - (requested or frozenset())
        folders = {dirname(path) for path in requested or ()}
        for diagnostic in found:
            if self.excluded(diagnostic.path):
                continue
            if requested is None or diagnostic.path not in context:
                yield diagnostic
            elif diagnostic.severity == "error" and dirname(diagnostic.path) in folders:
                yield replace(diagnostic, severity="warning")


def _places(item: Reported | UndecidedCheck) -> Iterator[Span]:
    steps = item.related if isinstance(item, Reported) else item.chain
    origin = None if isinstance(item, Reported) else item.origin_span
    yield from (step.span for step in steps)
    yield from (span for span in (item.span, origin) if span is not None)
