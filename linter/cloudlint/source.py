"""Source files, places in them, and what goes wrong while reading them.

Offsets count code points of the decoded text (a leading byte order mark is not part of it);
lines and columns are 1-based. Columns in UTF-16 code units (SARIF, LSP) and in UTF-8 bytes
(rdjson) are derived, never stored.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple


class Position(NamedTuple):
    """A place in a text: 1-based line and column, the column in code points."""

    line: int
    column: int


class SourceFile:
    """One file of the scanned tree: its path relative to the repository root, and its text.

    `path` is `/`-separated and relative; `text` is decoded, without a byte order mark, with its
    line endings as they are in the file. A `synthetic` file is one that the user does not have:
    no report points into it. One with a `view` shows what stands inside of another file: reports
    point there.
    """

    __slots__ = ("__dict__", "path", "synthetic", "text", "view")

    def __init__(
        self, path: str, text: str, *, synthetic: bool = False, view: Pieces | None = None
    ) -> None:
        self.path = path
        self.text = text
        self.synthetic = synthetic
        self.view = view

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r})"

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which the lines begin; always holds at least line 1."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at != -1:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset; offsets past the end count as the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a 1-based line and column; the inverse of `position`."""
        line = max(1, min(line, len(self.line_starts)))
        return min(self.line_starts[line - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of a 1-based line without its line ending; empty past the end."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end != -1 else len(self.text)].removesuffix("\r")

    def span(self, start: int, end: int) -> Span:
        """The span from offset `start` up to, not including, `end`."""
        return Span(self, start, end)

    def line_span(self, number: int) -> Span:
        """The span of a whole line, without its indentation and line ending."""
        text = self.line(number)
        start = self.offset(number) + len(text) - len(text.lstrip())
        return Span(self, start, start + len(text.strip()))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pieces:
    """Where a text comes from that is put together from pieces of a file.

    `starts[i]` is the offset in the text at which piece `i` begins, `places[i]` its offset in the
    file; the first piece begins at 0. Offsets handed in count characters of the text.
    """

    file: SourceFile
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, offset: int) -> int:
        """The offset in the file of the character at `offset`."""
        piece = bisect_right(self.starts, offset) - 1
        return self.places[piece] + offset - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the file from `start` to `end`, whatever lies between the pieces."""
        first = self.place(start)
        return Span(self.file, first, self.place(end - 1) + 1 if end > start else first)


@dataclass(frozen=True, slots=True, eq=True)
class Span:
    """A stretch of one source file: offsets in code points, the end exclusive."""

    file: SourceFile
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Span({self.place})"

    def __contains__(self, other: Span) -> bool:
        """Whether another span lies within this one."""
        return other.file is self.file and self.start <= other.start and other.end <= self.end

    @property
    def path(self) -> str:
        return self.file.path

    @property
    def origin(self) -> Span:
        """The same place in the file that the user has, where this one is a view of it."""
        view = self.file.view
        return self if view is None else view.span(self.start, self.end)

    @property
    def text(self) -> str:
        return self.file.text[self.start : self.end]

    @property
    def first(self) -> Position:
        return self.file.position(self.start)

    @property
    def last(self) -> Position:
        """The position just after the last character."""
        return self.file.position(self.end)

    @property
    def place(self) -> str:
        """`path:line:column` of the first character."""
        line, column = self.first
        return f"{self.path}:{line}:{column}"

    @property
    def header(self) -> Span:
        """The part of this span on its first line, without trailing blanks."""
        end = self.file.text.find("\n", self.start, self.end)
        text = self.file.text[self.start : self.end if end == -1 else end]
        return Span(self.file, self.start, self.start + len(text.rstrip()))

    def utf16_columns(self) -> tuple[int, int]:
        """1-based start and end columns in UTF-16 code units."""
        return self._column(self.start, "utf-16-le", 2), self._column(self.end, "utf-16-le", 2)

    def byte_columns(self) -> tuple[int, int]:
        """1-based start and end columns in UTF-8 bytes."""
        return self._column(self.start, "utf-8", 1), self._column(self.end, "utf-8", 1)

    def _column(self, offset: int, encoding: str, unit: int) -> int:
        line, column = self.file.position(offset)
        start = self.file.line_starts[line - 1]
        before = self.file.text[start : start + column - 1]
        return len(before.encode(encoding, "surrogatepass")) // unit + 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something cloudlint could not read or follow, told to the user.

    An `error` means that part of the input was not checked: the scan is incomplete. A `warning`
    tells of something that only made answers undecided. `hint` says what to do about it.
    """

    message: str
    path: str
    span: Span | None = None
    hint: str = ""
    severity: Literal["error", "warning"] = "error"

    @property
    def place(self) -> str:
        """`path:line:column`, or the path alone where no position is known."""
        return self.span.place if self.span else self.path
