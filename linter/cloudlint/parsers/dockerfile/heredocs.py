"""Markers of here-documents in the line of an instruction, as BuildKit finds them."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<blank>\s++)
      | (?P<braces>\$\{)
      | (?P<part> <<[ \t\r]*+ | \\. | '[^']*+' | "(?:[^"\\]|\\.)*+" | [^\s\\'"<$]++ | [<$] )""",
    re.VERBOSE | re.DOTALL,
)
_BRACES = re.compile(r"\$\{(?:[@*\#?$!-]|\w+)(?:\}|:?[-+?]|[\#%/])")
_MARKER = re.compile(r"\d*<<(?P<chomp>-?)\s*(?P<word>[^<]+)\Z")
_QUOTED = re.compile(r"\\(.)|'([^']*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)


class Marker(NamedTuple):
    """`<<-"EOF"` from `start` to `end`: `chomp` for the dash, no `expand` for the quotes."""

    start: int
    end: int
    name: str
    chomp: bool
    expand: bool


def markers(line: str) -> list[Marker]:
    """The markers in a joined line, in order; none where the line is not well-formed shell."""
    if "<<" not in line:
        return []
    words = _words(line)
    return [marker for start, end in words or () if (marker := _marker(line, start, end))]


def _words(line: str) -> list[tuple[int, int]] | None:
    """The words of the line; a marker is one word with the blanks after its `<<`."""
    words: list[tuple[int, int]] = []
    at = begin = 0
    while at < len(line):
        match = _TOKEN.match(line, at)
        if match is None or (match.lastgroup == "braces" and not _BRACES.match(line, at)):
            return None
        if match.lastgroup == "blank":
            if at > begin:
                words.append((begin, at))
            begin = match.end()
        at = match.end()
    return [*words, (begin, at)] if at > begin else words


def _marker(line: str, start: int, end: int) -> Marker | None:
    match = _MARKER.match(line[start:end])
    if match is None:
        return None
    word = match["word"]
    name = _QUOTED.sub(lambda part: next(text for text in part.groups() if text is not None), word)
    quoted = "'" in word or '"' in word
    return Marker(start, end, name, bool(match["chomp"]), not quoted) if name else None
