"""What the lines of a Dockerfile are: instruction, continuation, comment, here-document.

dockerfile-parse joins the lines of an instruction, but does not know here-documents, blank lines
inside of an instruction, escaped escape characters at the end of a line, nor an end of file
within an instruction; and its work grows with the square of an instruction's size. The outline
takes all that away: it is a Dockerfile with the same lines, of which only what matters for
joining is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from cloudlint.parsers.dockerfile.heredocs import Marker, markers
from cloudlint.parsers.dockerfile.problems import Problems
from cloudlint.parsers.dockerfile.text import Text, joined
from cloudlint.source import SourceFile, Span

MAX_LINES = 20_000
MAX_LINE_BYTES = 65_535  # BuildKit's own limit
_DIRECTIVE = re.compile(r"#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.*\S)\s*\Z")
_HEREDOC_KEYWORD = re.compile(r"(?:ONBUILD\s+)?(RUN|COPY|ADD)\s", re.IGNORECASE)


class Body(NamedTuple):
    """The lines of a here-document, without the terminator's, which ends at `end`."""

    marker: Marker
    span: Span
    end: int


@dataclass(slots=True, eq=False, repr=False)
class Outline:
    """`shape` for the library; `pieces` has for every line the stretch of it that belongs to an
    instruction; `bodies` has the here-documents by the first line of their instruction."""

    shape: list[str] = field(default_factory=list)
    pieces: list[tuple[int, int] | None] = field(default_factory=list)
    bodies: dict[int, list[Body]] = field(default_factory=dict)
    comments: list[Span] = field(default_factory=list)
    directives: dict[str, str] = field(default_factory=dict)

    @property
    def escape(self) -> str:
        return self.directives.get("escape", "\\")

    def text(self, file: SourceFile, first: int, last: int) -> Text:
        """The joined text of the instruction on these lines."""
        return joined(file, [piece for piece in self.pieces[first : last + 1] if piece])


def outline(file: SourceFile, problems: Problems) -> Outline:
    """The outline of a file; what Docker would refuse in it goes to `problems`."""
    lines = _Lines(file, problems)
    for number in range(min(len(file.line_starts), MAX_LINES)):
        lines.read(number)
    lines.finish()
    if len(file.line_starts) > MAX_LINES:
        span = file.line_span(MAX_LINES + 1)
        problems.error(f"the file has more than {MAX_LINES:,} lines; the rest was not read", span)
    return lines.outline


class _Lines:
    """Reads one line after the other. `first` is the line at which the current instruction
    began; `waiting` are the here-documents whose lines are still to come."""

    def __init__(self, file: SourceFile, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.outline = Outline()
        self.first: int | None = None
        self.directives_end = False
        self.waiting: list[Marker] = []
        self.owner = 0
        self.body_start = 0

    def read(self, number: int) -> None:
        start = self.file.line_starts[number]
        line = self.file.text[start : self._end(number)].rstrip("\r\n")
        if self.waiting:
            self._heredoc(number, line)
        elif line.lstrip().startswith("#"):
            self._comment(start, line)
        elif not line.strip():
            self._add("#" if self.first is not None else "", None)
        else:
            self._instruction(number, start, line)
        self.directives_end = self.directives_end or not line.lstrip().startswith("#")

    def _end(self, number: int) -> int:
        starts = self.file.line_starts
        return starts[number + 1] if number + 1 < len(starts) else len(self.file.text)

    def _add(self, shape: str, piece: tuple[int, int] | None) -> None:
        self.outline.shape.append(shape)
        self.outline.pieces.append(piece)

    # -- comments ------------------------------------------------------------------------------

    def _comment(self, start: int, line: str) -> None:
        begin = start + len(line) - len(line.lstrip())
        span = self.file.span(begin, start + len(line.rstrip()))
        self.outline.comments.append(span)
        if not self.directives_end:
            self._directive(span)
        self._add("#", None)

    def _directive(self, span: Span) -> None:
        match = _DIRECTIVE.match(span.text)
        name = match[1].lower() if match else ""
        if match is None or name not in ("escape", "syntax", "check"):
            self.directives_end = True
        elif name in self.outline.directives:
            self.problems.error(f"only one {name} directive can be used", span)
        elif name == "escape" and match[2] not in ("\\", "`"):
            self.problems.error("the escape character must be \\ or `", span)
        else:
            self.outline.directives[name] = match[2]

    # -- instructions --------------------------------------------------------------------------

    def _instruction(self, number: int, start: int, line: str) -> None:
        content, goes_on = self._continued(line)
        if len(line.encode("utf-8", "surrogatepass")) > MAX_LINE_BYTES:
            message = f"the line is longer than {MAX_LINE_BYTES:,} bytes, which Docker refuses"
            self.problems.error(message, self.file.span(start, start + 80))
            content = content[:MAX_LINE_BYTES]
        begin = start
        if self.first is None:
            self.first = number
            begin += len(content) - len(content.lstrip())
        word = "X " if self.first == number else "x"
        # Lines between the first and the last are comments to the library: joined by it, they
        # would be copied once per line.
        middle = goes_on and self.first != number
        self._add(
            "#" if middle else word + ("\\" if goes_on else "."), (begin, start + len(content))
        )
        if not goes_on:
            self._complete(number)

    def _continued(self, line: str) -> tuple[str, bool]:
        """The line without its continuation character, and whether it has one."""
        escape = self.outline.escape
        bare = line.rstrip(" \t")
        if bare.endswith(escape) and not bare.endswith(escape * 2):
            return bare[:-1], True
        return line, False

    def _complete(self, number: int) -> None:
        """The instruction ends with this line; its here-documents follow."""
        first, self.first = self.first, None
        if first is None or not self._may_have_heredocs(first, number):
            return
        text = self.outline.text(self.file, first, number).stripped().text
        if not _HEREDOC_KEYWORD.match(text):
            return
        self.waiting = markers(text)
        self.owner = first
        self.body_start = self._end(number)

    def _may_have_heredocs(self, first: int, last: int) -> bool:
        return self.file.text.find("<<", self.file.line_starts[first], self._end(last)) != -1

    # -- here-documents ------------------------------------------------------------------------

    def _heredoc(self, number: int, line: str) -> None:
        self._add("", None)
        marker = self.waiting[0]
        if (line.lstrip("\t") if marker.chomp else line) == marker.name:
            start = self.file.line_starts[number]
            self._close(start, start + len(line))
            self.body_start = self._end(number)

    def _close(self, start: int, end: int) -> None:
        body = Body(self.waiting.pop(0), self.file.span(self.body_start, start), end)
        self.outline.bodies.setdefault(self.owner, []).append(body)

    def finish(self) -> None:
        if self.first is not None:
            self._add("x", None)
        if self.waiting:
            names = ", ".join(marker.name for marker in self.waiting)
            span = self.file.line_span(self.owner + 1)
            hint = f"End it with a line that holds {self.waiting[0].name} alone."
            self.problems.error(f"the here-document {names} has no end", span, hint)
            self._close(len(self.file.text), len(self.file.text))
