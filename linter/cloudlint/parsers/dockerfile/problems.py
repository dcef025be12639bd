"""Diagnostics of one file, as many as a person will read."""

from __future__ import annotations

from cloudlint.source import Diagnostic, SourceFile, Span

MAX_PROBLEMS = 10


class Problems:
    """Collects what is wrong with a file; `list()` is in the order of the file."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._found: list[Diagnostic] = []
        self._dropped = 0

    def error(self, message: str, span: Span | None = None, hint: str = "") -> None:
        if len(self._found) < MAX_PROBLEMS:
            self._found.append(Diagnostic(message, self._file.path, span, hint))
        else:
            self._dropped += 1

    def list(self) -> list[Diagnostic]:
        found = sorted(self._found, key=lambda problem: problem.span.start if problem.span else 0)
        if self._dropped:
            message = f"there are {self._dropped} more errors in this file"
            found.append(Diagnostic(message, self._file.path, hint="Is it a Dockerfile?"))
        return found
