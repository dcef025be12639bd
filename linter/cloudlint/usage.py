"""What somebody asked for that cannot be done, and what they may have meant."""

from __future__ import annotations

from collections.abc import Iterable


class Misuse(Exception):
    """A wrong command line or configuration. `place` is `path:line` or a path where it is in a
    file; `hint` says what to do about it."""

    def __init__(self, message: str, place: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`Did you mean …?` for the nearest of the known names; empty where none is near."""
    from difflib import get_close_matches

    found = get_close_matches(name[:100], sorted(known), n=1)
    return f"Did you mean `{found[0]}`?" if found else ""
