"""What identifies a finding across commits, for services that track alerts."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from hashlib import sha256

BLOCK = 100
"""UTF-16 code units of text, blanks left out, that the hash of a line covers."""
END_OF_TEXT = "\uffff"

_LINE_BREAK = re.compile(r"\r\n?")
_BLANKS = {ord(" "): None, ord("\t"): None}


class Fingerprints:
    """Fingerprints `cloudlint/v1`: policy, address and path, hashed, and no line number.

    The n-th finding with the same three gets `:n`; ask once for each, in reporting order.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def next(self, policy: str, address: str, path: str) -> str:
        key = "\0".join((policy, address, path))
        digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"


class LineHashes:
    """`primaryLocationLineHash` of the lines of one text, as GitHub's upload action has it.

    A line's hash covers the text from its beginning on, also beyond its end, so that equal lines
    in different surroundings differ; `:n` tells those apart that still do not.
    """

    def __init__(self, text: str) -> None:
        text = _LINE_BREAK.sub("\n", text).translate(_BLANKS)
        self._text = _code_units(text) + END_OF_TEXT
        self._starts = [0]
        self._starts += [at.end() for at in re.finditer("\n", self._text)]
        self._occurrences = self._count()

    def _count(self) -> list[int]:
        seen: Counter[str] = Counter()
        occurrences = []
        for start in self._starts:
            block = self._text[start : start + BLOCK]
            seen[block] += 1
            occurrences.append(seen[block])
        return occurrences

    def of(self, line: int) -> str:
        """The hash of a 1-based line that the text has."""
        start = self._starts[line - 1]
        value = 0
        for unit in self._text[start : start + BLOCK].ljust(BLOCK, "\0"):
            value = value * 37 + ord(unit)
        return f"{value % 2**64:x}:{self._occurrences[line - 1]}"


def _code_units(text: str) -> str:
    """`text` with every character beyond U+FFFF as its two UTF-16 code units."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    return "".join(map(chr, array("H", text.encode("utf-16", "surrogatepass"))[1:]))
