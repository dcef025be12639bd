"""How a file is laid out: which of it is comment, and how far what begins on a line reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cloudlint.discovery import kind_of
from cloudlint.source import SourceFile

_HASH = re.compile(r"(?<!\S)#[^\r\n]*")
_BRACKET = re.compile(r"[(\[{}\])]")
_INSIDE = 1 << 30
"""The level of a line that continues the one above."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`subject` has for each line the one that a comment on it is about, `last` the last line
    of what begins on it; both are 1-based and indexed from 0."""

    comments: Sequence[tuple[int, int]]
    subject: Sequence[int]
    last: Sequence[int]

    def is_comment(self, offset: int) -> bool:
        at = bisect_right(self.comments, (offset, _INSIDE)) - 1
        return at >= 0 and offset < self.comments[at][1]

    def reach(self, line: int) -> tuple[int, int]:
        """The first and last line of what a comment on this line is about."""
        first = self.subject[line - 1]
        return first, self.last[first - 1]


def layout(file: SourceFile) -> Layout:
    """The layout of a file of any kind that is scanned; files that cannot be parsed may have no
    comments."""
    comments, levels = _read(file)
    return Layout(comments, _subjects(file, comments), _last_lines(levels))


_Comments = list[tuple[int, int]]


def _read(file: SourceFile) -> tuple[_Comments, list[int]]:
    """The comments, and for each line its level: what begins on a line ends before the next line
    of the same or a lower level."""
    name = file.path.rpartition("/")[2]
    kind = kind_of(name)
    if name.endswith(".json"):
        return [], [0] * len(file.line_starts)
    if kind in ("terraform", "tfvars"):
        return _terraform(file)
    if kind == "dockerfile":
        return _dockerfile(file)
    comments = [match.span() for match in _HASH.finditer(file.text)]
    if name.endswith((".yaml", ".yml")):
        return comments, [_yaml_level(line) for line in _lines(file)]
    return comments, [0] * len(file.line_starts)


def _lines(file: SourceFile) -> list[str]:
    return [file.line(number) for number in range(1, len(file.line_starts) + 1)]


# -- the formats -----------------------------------------------------------------------------------


def _terraform(file: SourceFile) -> tuple[_Comments, list[int]]:
    from cloudlint.parsers.terraform.masking import mask_body
    from cloudlint.parsers.terraform.problems import SyntaxProblem

    try:
        mask = mask_body(file)
    except SyntaxProblem:
        return [], [0] * len(file.line_starts)
    return [(comment.start, comment.end) for comment in mask.comments], _depths(file, mask.text)


def _depths(file: SourceFile, mask: str) -> list[int]:
    """How many brackets are open where each line begins. In the mask of a heredoc, what was a
    line break is part of a word."""
    levels: list[int] = []
    depth = at = 0
    for start in file.line_starts:
        for bracket in _BRACKET.finditer(mask, at, start):
            depth += 1 if bracket[0] in "([{" else -1
        at = start
        levels.append(depth if start == 0 or mask[start - 1].isspace() else _INSIDE)
    return levels


def _dockerfile(file: SourceFile) -> tuple[_Comments, list[int]]:
    from cloudlint.parsers.dockerfile import parse

    dockerfile = parse(file).dockerfile
    levels = [0] * len(file.line_starts)
    for stage in dockerfile.stages:
        for instruction in (stage.from_, *stage.instructions):
            first, last = instruction.span.first.line, instruction.span.last.line
            for line in range(first, last):
                levels[line] = _INSIDE
    return [(comment.start, comment.end) for comment in dockerfile.comments], levels


def _yaml_level(line: str) -> int:
    """Items of a list that is not indented stand below its key."""
    text = line.lstrip(" ")
    if not text.strip() or text.startswith("#"):
        return _INSIDE
    return 2 * (len(line) - len(text)) + text.startswith("- ")


# -- what follows from them ------------------------------------------------------------------------


def _subjects(file: SourceFile, comments: Iterable[tuple[int, int]]) -> list[int]:
    """A line with anything but comments on it is its own subject, a comment's is the line below
    it and below further comments."""
    code = _blanked(file.text, comments)
    starts = [*file.line_starts, len(file.text)]
    count = len(file.line_starts)
    subjects = list(range(1, count + 1))
    for line in range(count - 1, 0, -1):
        start, end = starts[line - 1], starts[line]
        is_comment = not code[start:end].strip() and bool(file.text[start:end].strip())
        if is_comment:
            subjects[line - 1] = subjects[line]
    return subjects


def _blanked(text: str, comments: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in comments:
        pieces += (text[at:start], " " * (end - start))
        at = end
    return "".join((*pieces, text[at:]))


def _last_lines(levels: Sequence[int]) -> list[int]:
    last = [len(levels)] * len(levels)
    open_: list[int] = []
    for at, level in enumerate(levels):
        while open_ and levels[open_[-1]] >= level:
            last[open_.pop()] = at
        open_.append(at)
    return last
