"""Text of an instruction with its continuation lines joined, every character knowing its place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from cloudlint.source import Pieces, SourceFile, Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Text(Pieces):
    """A text put together from pieces of a file."""

    text: str

    @property
    def whole(self) -> Span:
        return self.span(0, len(self.text))

    def slice(self, start: int, end: int) -> Text:
        """The part from `start` to `end`."""
        first = bisect_right(self.starts, start) - 1
        last = max(first, bisect_right(self.starts, end - 1) - 1)
        starts = (0, *(begin - start for begin in self.starts[first + 1 : last + 1]))
        places = (self.place(start), *self.places[first + 1 : last + 1])
        return Text(self.file, starts, places, self.text[start:end])

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
    return Text(file, tuple(starts), tuple(places), "".join(texts))
