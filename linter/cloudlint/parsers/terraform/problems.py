"""What is raised inside this package when a file cannot be read."""

from __future__ import annotations

from cloudlint.source import Span


class SyntaxProblem(Exception):
    """A file that is not valid Terraform syntax, or nested deeper than cloudlint follows.

    `span` is where to look; `hint` says what to do about it and may be empty.
    """

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.span.place}: {self.message}"
