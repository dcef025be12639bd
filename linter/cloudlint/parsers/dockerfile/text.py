"""Text of an instruction with its continuation lines joined, every character knowing its place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from cloudlint.source import SourceFile, Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Text:
    """A text put together from pieces of a file.

    `starts[i]` is the offset in `text` at which piece `i` begins, `places[i]` its offset in the
    file; the first piece begins at 0. Offsets handed in count characters of `text`.
    """

    file: SourceFile
    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, offset: int) -> int:
        """The offset in the file of the character at `offset`."""
        piece = bisect_right(self.starts, offset) - 1
        return self.places[piece] + offset - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the file from `start` to `end`, whatever continuation lies between."""
        first = self.place(start)
        return Span(self.file, first, self.place(end - 1) + 1 if end > start else first)

    @property
    def whole(self) -> Span:
        return self.span(0, len(self.text))

    def slice(self, start: int, end: int) -> Text:
        """The part from `start` to `end`."""
        first = bisect_right(self.starts, start) - 1
        last = max(first, bisect_right(self.starts, end - 1) - 1)
        starts = (0, *(begin - start for begin in self.starts[first + 1 : last + 1]))
        places = (self.place(start), *self.places[first + 1 : last + 1])
        return Text(self.file, self.text[start:end], starts, places)

    def stripped(self, start: int = 0) -> Text:
        """The part from `start` on, without blanks at either end."""
        text = self.text[start:]
        left = len(text) - len(text.lstrip())
        return self.slice(start + left, start + max(left, len(text.rstrip())))


def joined(file: SourceFile, pieces: list[tuple[int, int]]) -> Text:
    """The stretches `(start, end)` of the file, one after the other."""
    starts, places, texts, size = [0], [pieces[0][0]], [], 0
    for start, end in pieces:
        if end > start:
            if size:
                starts.append(size)
                places.append(start)
            else:
                places[0] = start
            texts.append(file.text[start:end])
            size += end - start
    return Text(file, "".join(texts), tuple(starts), tuple(places))
