"""Where things in a stub are shown: at the call of the module that it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.source import Span
from cloudlint.values import Value


@dataclass(frozen=True, slots=True)
class CallSite:
    """The call of a module in the user's configuration: its header line, and all of the block."""

    header: Span
    block: Span

    def place(self, value: Value) -> Value:
        """A value of a stub, used where the call decides it: at the argument that it was made
        from or, if no argument was given, at the call itself."""
        written = value.span if value.span is not None and value.span in self.block else None
        steps = (step.span for step in value.marks.trail if step.span is not None)
        argument = next((span for span in steps if span in self.block), None)
        if written is None or (argument and written.first.line == argument.first.line):
            site = argument or self.header
        else:
            site = written
        if value.span is not None and value.span.file.synthetic:
            value = value.written_at(None)
        return value.used_at(site)
