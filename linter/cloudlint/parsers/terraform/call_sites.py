"""Where things in a stub are shown: at the call of the module that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cloudlint.source import Span
from cloudlint.values import Value

_DEPTH = 4


@dataclass(frozen=True, slots=True)
class CallSite:
    """The call of a module in the user's configuration: its header line, and all of the block."""

    header: Span
    block: Span

    def place(self, value: Value) -> Value:
        """A value of a stub, used where the call decides it: at the argument that it was made
        from or, if no argument was given, at the call itself."""
        written = value.span if self._holds(value.span) else self._extent(value)
        argument = next((s.span for s in value.marks.trail if self._holds(s.span)), None)
        if written and (argument is None or written.first.line != argument.first.line):
            site = written
        else:
            site = argument or self.header
        if value.span is not None and value.span.file.synthetic:
            value = value.written_at(None)
        return value.used_at(site)

    def _holds(self, span: Span | None) -> bool:
        return span is not None and span in self.block

    def _extent(self, value: Value) -> Span | None:
        """The stretch of the call that the elements of a collection were written in."""
        spans = list(self._written(value, _DEPTH))
        if not spans:
            return None
        return self.block.file.span(min(s.start for s in spans), max(s.end for s in spans))

    def _written(self, value: Value, depth: int) -> Iterator[Span]:
        for child in value.children():
            if child.span is not None and child.span in self.block:
                yield child.span
            elif depth:
                yield from self._written(child, depth - 1)
