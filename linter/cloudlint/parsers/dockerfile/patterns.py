"""Shell patterns in `${NAME#pattern}` and its kin: `*` and `?`, no brackets."""

from __future__ import annotations

from collections.abc import Sequence

_STAR = object()
_ANY = object()
Token = object


class InvalidPattern(ValueError):
    """A pattern that BuildKit refuses."""


def tokens(pattern: str) -> list[Token]:
    """The pattern as characters, "any character" and "any text"."""
    found: list[Token] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
            char = pattern[at : at + 1]
            if not char or char not in "*?\\}/":
                raise InvalidPattern(f"invalid escape \\{char}")
            found.append(char)
        else:
            found.append(_STAR if char == "*" else _ANY if char == "?" else char)
        at += 1
    return found


def cost(text: str, pattern: Sequence[Token]) -> int:
    """An upper bound of the steps that one match takes."""
    return (len(text) + 1) * (len(pattern) + 1)


def match_ends(text: str, pattern: Sequence[Token], start: int = 0) -> tuple[int, int] | None:
    """Where the shortest and the longest match that begins at `start` end; None without one."""
    ends = [start]
    for token in pattern:
        if token is _STAR:
            ends = list(range(ends[0], len(text) + 1))
        else:
            ends = [at + 1 for at in ends if at < len(text) and token in (_ANY, text[at])]
        if not ends:
            return None
    return ends[0], ends[-1]


def without_prefix(text: str, pattern: Sequence[Token], longest: bool) -> str:
    found = match_ends(text, pattern)
    return text[found[longest] :] if found else text


def without_suffix(text: str, pattern: Sequence[Token], longest: bool) -> str:
    return without_prefix(text[::-1], pattern[::-1], longest)[::-1]


def replaced(text: str, pattern: Sequence[Token], replacement: str, everywhere: bool) -> str:
    """The text with the first match, or every match, replaced; matches are the longest."""
    result: list[str] = []
    at = copied = 0
    while at <= len(text):
        found = match_ends(text, pattern, at)
        if found is None:
            at += 1
            continue
        result += (text[copied:at], replacement)
        copied = found[1]
        at = max(copied, at + 1)
        if not everywhere:
            break
    return "".join((*result, text[copied:]))
