"""Dockerfiles that stand in a compose file, `dockerfile_inline`, as files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudlint.parsers.dockerfile.text import joined
from cloudlint.source import SourceFile, Span
from cloudlint.values import Known, Value

_HEADER = re.compile(r"\|[-+]?[ \t]*(?:#[^\n]*)?\r?\n")
_LINE = re.compile(r"[^\n]*\n?")


def inline_file(text: Value) -> SourceFile | None:
    """The Dockerfile, as a view of the compose file called after the line it begins on.

    None where it is not written out as a literal block, or where Compose puts more than `$` for
    `$$` in place of what is written.
    """
    span = text.span
    if not isinstance(text, Known) or text.kind != "string" or span is None:
        return None
    pieces = list(_pieces(span))
    written = joined(span.file, pieces) if pieces else None
    if written is None or written.text.rstrip() != text.string().rstrip():
        return None
    name = f"{span.path}:{span.file.position(pieces[0][0]).line}"
    return SourceFile(name, written.text, view=written)


def _pieces(block: Span) -> Iterator[tuple[int, int]]:
    """The stretches of a literal block that are its text, without indentation and without the
    first dollar sign of two."""
    raw = block.text
    header = _HEADER.match(raw)
    if header is None:
        return
    indentation = _indentation(raw[header.end() :])
    for line in _LINE.finditer(raw, header.end()):
        start, end = line.start(), line.end()
        start += min(indentation, len(line[0].rstrip("\r\n")))
        at = raw.find("$$", start, end)
        while at != -1:
            yield block.start + start, block.start + at
            start = at + 1
            at = raw.find("$$", start + 1, end)
        yield block.start + start, block.start + end


def _indentation(lines: str) -> int:
    """Of the first line that is not blank."""
    first = next((line for line in lines.split("\n") if line.strip()), "")
    return len(first) - len(first.lstrip(" "))
