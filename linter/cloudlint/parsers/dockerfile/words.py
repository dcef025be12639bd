"""Taking the text of an instruction apart: words, flags, JSON arrays. Nothing is expanded here."""

from __future__ import annotations

import re
from typing import NamedTuple

from cloudlint.parsers.dockerfile.text import Text

_BLANKS = re.compile(r"[ \t\v\f\r]+")
_BARE = re.compile(r"[^ \t\v\f\r]+")
_JSON_STRING = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'
_JSON_ITEM = re.compile(rf"\s*+({_JSON_STRING})\s*+([,\]])")
_JSON_EMPTY = re.compile(r"\[\s*\]\s*\Z")


class Word(NamedTuple):
    """A word as written, from `start` to `end` of the instruction's text."""

    raw: str
    start: int
    end: int

    def after(self, index: int) -> Word:
        """The part of the word from `index` on."""
        return Word(self.raw[index:], self.start + index, self.end)


def _quoting(escape: str) -> re.Pattern[str]:
    mark = re.escape(escape)
    return re.compile(
        rf"""(?:[^\s'"{mark}]|{mark}(?:.|\Z)|'[^']*+(?:'|\Z)"""
        rf"""|"(?:[^"{mark}]|{mark}(?:.|\Z))*+(?:"|\Z))++""",
        re.DOTALL,
    )


_QUOTED = {escape: _quoting(escape) for escape in "\\`"}


def bare_words(text: Text, start: int = 0) -> list[Word]:
    """Words between blanks; quotes mean nothing."""
    return [Word(m[0], m.start(), m.end()) for m in _BARE.finditer(text.text, start)]


def quoted_words(text: Text, escape: str, start: int = 0) -> list[Word]:
    """Words between blanks that are neither quoted nor escaped; quotes stay in the words."""
    found = _QUOTED[escape].finditer(text.text, start)
    return [Word(m[0], m.start(), m.end()) for m in found]


def rest(text: Text, start: int) -> Word | None:
    """All from `start` on as one word; None where there is nothing."""
    raw = text.text[start:].strip()
    begin = len(text.text) - len(text.text[start:].lstrip())
    return Word(raw, begin, begin + len(raw)) if raw else None


def keyword(text: Text) -> tuple[str, int]:
    """The first word of a text without leading blanks, and where that word ends."""
    first = _BLANKS.split(text.text, maxsplit=1)[0]
    return first, len(first)


def flags(text: Text, escape: str, start: int) -> tuple[list[Word], int]:
    """The `--name…` words that come first, and where the other arguments begin."""
    found: list[Word] = []
    for match in _QUOTED[escape].finditer(text.text, start):
        if not match[0].startswith("--"):
            return found, match.start()
        if match[0] == "--":
            return found, match.end()
        found.append(Word(match[0], match.start(), match.end()))
    return found, len(text.text)


class NotStrings(ValueError):
    """A JSON array that holds something else than strings, which Docker refuses."""


def json_strings(text: Text, start: int) -> list[tuple[str, Word]] | None:
    """The strings of a JSON array with the words they are written as; None where the arguments
    are no JSON array. Raises NotStrings."""
    arguments = rest(text, start)
    if arguments is None or not arguments.raw.startswith("["):
        return None
    if _JSON_EMPTY.match(arguments.raw):
        return []
    found: list[tuple[str, Word]] = []
    at, end = arguments.start + 1, ""
    while end != "]":
        match = _JSON_ITEM.match(text.text, at, arguments.end)
        if match is None:
            _refuse_other_json(arguments.raw)
            return None
        found.append((_decoded(match[1]), Word(match[1], match.start(1), match.end(1))))
        at, end = match.end(), match[2]
    return found if at == arguments.end else None


def _decoded(literal: str) -> str:
    if "\\" not in literal:
        return literal[1:-1]
    import json

    # Half of a surrogate pair is no text; Go puts a replacement in its place, too.
    return str(json.loads(literal)).encode("utf-8", "replace").decode()


def _refuse_other_json(raw: str) -> None:
    import json

    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return
    raise NotStrings
