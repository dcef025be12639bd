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


def described(met: str) -> str:
    """What was met in a file, as messages call it. Words and numbers are not quoted: where a
    quote is missing, they may be a part of a secret."""
    if not met:
        return "the end of the file"
    if met in _CALLED:
        return _CALLED[met]
    if met[0].isalnum() or met[0] == "_":
        return "a number" if met[0].isdigit() else "a word"
    return f"`{met}`" if met.isprintable() else f"the character U+{ord(met[0]):04X}"


_CALLED = {"\n": "the end of the line", '"': "a string"}
