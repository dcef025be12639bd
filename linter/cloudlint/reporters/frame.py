"""Code frames: source lines with a span of them underlined.

A frame is laid out here, in terminal cells, and painted by whoever shows it. The work for one
frame does not grow with the length of its lines or of its span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from cloudlint.report import Report
from cloudlint.reporters.display import cells, visible_character
from cloudlint.source import SourceFile, Span

CONTEXT = 16
"""Cells left of a span that stay in sight when its line is cut."""
HEAD_LINES = 3
"""Lines of a longer span that are shown before its last one."""
SMALLEST_ROOM = 20


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One line of a frame: code with its line number, or the marks under the code above it.

    `lead` is the bar left of the lines of a span of several; a line without number, code or marks
    stands for lines left out.
    """

    number: int | None
    lead: str
    code: str = ""
    marks: str = ""


class Masks:
    """The stretches of source text that must not be shown, by path."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._ranges: dict[str, list[tuple[int, int]]] = {}
        for span in sorted(spans, key=lambda span: (span.path, span.start)):
            ranges = self._ranges.setdefault(span.path, [])
            if ranges and span.start <= ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], max(span.end, ranges[-1][1]))
            else:
                ranges.append((span.start, span.end))

    @classmethod
    def of(cls, report: Report) -> Masks:
        """All that a report and its findings redact, the suppressed ones too."""
        findings = report.findings + [held.finding for held in report.suppressed]
        return cls((*report.redact, *(span for found in findings for span in found.redact)))

    def within(self, path: str, start: int, end: int) -> list[tuple[int, int]]:
        """The masked ranges that overlap the offsets from `start` up to `end`."""
        ranges = self._ranges.get(path, [])
        first = bisect_right(ranges, start, key=lambda masked: masked[1])
        last = bisect_left(ranges, end, key=lambda masked: masked[0])
        return ranges[first:last]


@dataclass(frozen=True, slots=True)
class _Row:
    """A source line as shown, and the cells of it that belong to the span: `start` up to `end`."""

    text: str
    start: int
    end: int


def frame(
    span: Span, masks: Masks, room: int, mark: str = "^", label: str = ""
) -> Iterator[FrameLine]:
    """The lines of a frame around `span`, each code line at most `room` cells wide.

    `label`, if any, stands behind the last marks.
    """
    room = max(room, SMALLEST_ROOM)
    span = trimmed(span)
    first, last = span.first.line, span.last.line
    if first != last:
        yield from _tall_frame(span, masks, room - 2, mark, label)
        return
    row = _row(span, first, masks, room)
    yield FrameLine(first, "", row.text)
    yield FrameLine(None, "", marks=_labelled(_underline(row, mark), label))


def line_numbers(span: Span) -> int:
    """The greatest line number a frame around `span` shows."""
    return trimmed(span).last.line


def trimmed(span: Span) -> Span:
    """The span without the blanks and line breaks at its end."""
    text = span.file.text
    end = min(span.end, len(text))
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return Span(span.file, span.start, max(span.start, end))


def _tall_frame(span: Span, masks: Masks, room: int, mark: str, label: str) -> Iterator[FrameLine]:
    first, last = span.first, span.last.line
    row = _row(span, first.line, masks, room)
    if span.file.text[span.start - first.column + 1 : span.start].strip():
        yield FrameLine(first.line, "  ", row.text)
        yield FrameLine(None, " _", marks="_" * row.start + mark)
    else:
        yield FrameLine(first.line, "/ ", row.text)
    head = min(first.line + HEAD_LINES, last)
    for number in range(first.line + 1, head):
        yield FrameLine(number, "| ", _row(span, number, masks, room).text)
    if head < last:
        yield FrameLine(None, "| ")
    row = _row(span, last, masks, room)
    yield FrameLine(last, "| ", row.text)
    yield FrameLine(None, "|_", marks=_labelled("_" * max(row.end - 1, 0) + mark, label))


def _underline(row: _Row, mark: str) -> str:
    return " " * row.start + mark * max(row.end - row.start, 1)


def _labelled(marks: str, label: str) -> str:
    return f"{marks} {label}" if label else marks


def _row(span: Span, number: int, masks: Masks, room: int) -> _Row:
    """Line `number` of the span's file, cut to `room` cells where the span is."""
    file = span.file
    begin, end = _line_bounds(file, number)
    left = min(max(span.start, begin), end)
    right = min(max(span.end, left), end)
    # Nothing further away than this can be in sight: a line may be as long as its file.
    low, high = max(begin, left - 2 * room), min(end, left + 2 * room)
    shown = _characters(file.text[low:high], low, masks.within(file.path, low, high))
    edges = list(accumulate(map(cells, shown), initial=0))
    start, mark_end = edges[left - low], edges[min(right, high) - low]
    first, last = 0, len(shown)
    if low > begin or high < end or edges[-1] > room:
        first, last = _in_sight(edges, start, mark_end, room - 2)
    before = "…" if low > begin or first else ""
    after = "…" if high < end or last < len(shown) else ""
    shift = len(before) - edges[first]
    text = before + "".join(shown[first:last]) + after
    return _Row(text, start + shift, min(mark_end, edges[last]) + shift)


def _in_sight(edges: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Which characters to show when only `room` cells of them fit.

    `edges` are the cells at which the characters begin, and where the last one ends; the cells
    from `start` up to `end` matter most, their beginning above all.
    """
    from_cell = max(0, min(start - CONTEXT, end + CONTEXT - room))
    first = bisect_left(edges, from_cell)
    return first, bisect_right(edges, edges[first] + room) - 1


def _characters(text: str, offset: int, masked: list[tuple[int, int]]) -> list[str]:
    """What is shown for each character of `text`, which begins at `offset` of its file."""
    plain = text.isascii() and text.isprintable()
    shown = list(text) if plain else [visible_character(character) for character in text]
    for start, end in masked:
        for index in range(max(start - offset, 0), min(end - offset, len(shown))):
            shown[index] = "*" * cells(shown[index])
    return shown


def _line_bounds(file: SourceFile, number: int) -> tuple[int, int]:
    """The offsets at which a line begins and ends, its line ending left out."""
    begin = file.line_starts[number - 1]
    end = file.line_starts[number] - 1 if number < len(file.line_starts) else len(file.text)
    if end > begin and file.text[end - 1] == "\r":
        end -= 1
    return begin, end
