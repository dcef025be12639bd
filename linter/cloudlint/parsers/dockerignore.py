"""What a `.dockerignore` leaves out of a build context, by the rules of Docker's builder.

They are not git's: a pattern is anchored at the context's root, `*` stops at a slash, `**` reaches
over any number of folders, a folder that matches takes all below it along, and the last pattern
that matches decides, so that `!` brings back files from folders left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from posixpath import normpath

from cloudlint.source import SourceFile, Span

__all__ = ["MAX_PATTERNS", "IgnoreFile", "Pattern"]

MAX_PATTERNS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A line: `brings_back` for `!`; `span` is where it stands."""

    tokens: tuple[_Token, ...]
    brings_back: bool
    span: Span

    def matches(self, path: str) -> bool:
        """Whether it matches a path of the context or a folder that holds it."""
        end = len(self.tokens)
        states = _skipping(self.tokens, {0})
        for char in path:
            if char == "/" and end in states:
                return True
            stepped = (_step(self.tokens, state, char) for state in states)
            states = _skipping(self.tokens, set().union(*stepped))
        return end in states


class IgnoreFile:
    """The patterns of a file, in order; what Docker would refuse is left out. Raises ValueError for
    more than `MAX_PATTERNS`."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.patterns = _patterns(file)
        if len(self.patterns) > MAX_PATTERNS:
            raise ValueError(f"{file.path} has more than {MAX_PATTERNS} patterns")

    def deciding(self, path: str) -> Pattern | None:
        """The last pattern that matches a path, as seen from the context's root."""
        found = (pattern for pattern in reversed(self.patterns) if pattern.matches(path))
        return next(found, None)

    def excludes(self, path: str) -> bool:
        """Whether a path does not become part of the context."""
        last = self.deciding(path)
        return last is not None and not last.brings_back


def _patterns(file: SourceFile) -> tuple[Pattern, ...]:
    found: list[Pattern] = []
    for number in range(1, len(file.line_starts) + 1):
        line = file.line(number)
        text = line.strip()
        if line.startswith("#") or not text:
            continue
        brings_back = text.startswith("!")
        path = _cleaned(text[brings_back:].strip())
        tokens = _tokens(path) if path else None
        if tokens is not None:
            found.append(Pattern(tokens, brings_back, file.line_span(number)))
    return tuple(found)


def _cleaned(path: str) -> str:
    """Without `.`, doubled and trailing slashes, and without a slash in front."""
    return normpath(path).lstrip("/") if path else ""


# -- matching --------------------------------------------------------------------------------------


class _Wild(Enum):
    ONE = "?"
    SEGMENT = "*"
    FOLDERS = "**/"
    ALL = "**"


_Token = str | _Wild | re.Pattern[str]
_ENDING = re.compile(r"\*\*[^/*?\[\]\\][^*?\[\]\\]*\Z")
"""`**.log`: Docker looks at the end of the path alone, though `**` elsewhere ends at a slash."""
_SET = re.compile(r"\[\^?(?:\\.|[^\]\\])+\]", re.DOTALL)


def _tokens(pattern: str) -> tuple[_Token, ...] | None:
    """The pattern taken apart; None where it is malformed."""
    tokens: list[_Token] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("**", at):
            at += 3 if pattern.startswith("**/", at) else 2
            whole = at == len(pattern) or _ENDING.match(pattern)
            tokens.append(_Wild.ALL if whole else _Wild.FOLDERS)
        elif char == "[":
            match = _SET.match(pattern, at)
            if match is None:
                return None
            try:
                tokens.append(re.compile(_safe_set(match[0]), re.DOTALL))
            except re.error:
                return None
            at = match.end()
        elif char == "\\":
            if at + 1 == len(pattern):
                return None
            tokens.append(pattern[at + 1])
            at += 2
        else:
            tokens.append({"*": _Wild.SEGMENT, "?": _Wild.ONE}.get(char, char))
            at += 1
    return tuple(tokens)


def _safe_set(written: str) -> str:
    """A set as Python's expressions have it, in which `[`, `&`, `~` and `|` mean themselves."""
    return "[" + re.sub(r"(?<!\\)([\[&~|])", r"\\\1", written[1:])


_INSIDE = 1 << 20
"""Added to the state that is within the folders of a `**/`."""


def _step(tokens: tuple[_Token, ...], state: int, char: str) -> set[int]:
    at = state % _INSIDE
    if at == len(tokens):
        return set()
    token = tokens[at]
    if isinstance(token, str):
        return {at + 1} if token == char else set()
    if isinstance(token, re.Pattern):
        return {at + 1} if token.match(char) else set()
    if token is _Wild.ALL:
        return {at}
    if token is _Wild.FOLDERS:
        inside = at + _INSIDE
        return {inside, at + 1} if char == "/" else {inside}
    if char == "/":
        return set()
    return {at} if token is _Wild.SEGMENT else {at + 1}


def _skipping(tokens: tuple[_Token, ...], states: set[int]) -> set[int]:
    """With the states that are reached without a character: a wildcard may match nothing."""
    waiting = list(states)
    while waiting:
        at = waiting.pop()
        skips = at < len(tokens) and tokens[at] in (_Wild.SEGMENT, _Wild.FOLDERS, _Wild.ALL)
        if skips and at + 1 not in states:
            states.add(at + 1)
            waiting.append(at + 1)
    return states
