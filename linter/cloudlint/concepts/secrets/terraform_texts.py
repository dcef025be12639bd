"""The texts in Terraform files, with what they are called.

A walk over syntax trees, not over values: a literal stands in a file once, however often it is
evaluated, and its place there is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cloudlint.concepts.secrets.detection import HOLE
from cloudlint.parsers.terraform import syntax
from cloudlint.source import SourceFile

Path = tuple[str, ...]

_PASSED_ON = {
    **dict.fromkeys(
        "sensitive nonsensitive base64encode base64gzip jsonencode yamlencode tostring tolist "
        "toset tomap trimspace chomp lower upper urlencode try coalesce coalescelist merge concat "
        "compact flatten distinct one element list map".split(),
        None,
    ),
    "lookup": 2,
}
"""Functions whose result is or holds an argument: all of them, or the one at an index."""

FILE_FUNCTIONS = frozenset({"file", "templatefile", "filebase64"})
_NAMES, _VALUES = ("name", "key"), ("value",)


@dataclass(frozen=True, slots=True)
class Text:
    """A string in a file: `path` are the names that lead to it, the last one what it is assigned
    to; empty at the end where it is no value of anything (an operand, an index)."""

    path: Path
    node: syntax.Literal | syntax.Template

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Include:
    """A call that reads a file of the repository: its path as written."""

    path: Path
    node: syntax.Call

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else ""


Found = Text | Include


def texts_of(block: syntax.Block) -> Iterator[Found]:
    """The texts of a top-level block. The default of a variable and the value of an output are
    called as those are."""
    value = {"variable": "default", "output": "value"}.get(block.type)
    if value is None:
        yield from texts_in(block.body)
        return
    for attribute in block.body.attributes:
        if attribute.name == value:
            yield from _expression((block.labels[0].value,), attribute.expression)


def texts_in(body: syntax.Body, path: Path = ()) -> Iterator[Found]:
    """The texts of a body and the blocks in it, in order."""
    called = _pair_name([(attribute.name, attribute.expression) for attribute in body.attributes])
    for attribute in body.attributes:
        name = called if called and attribute.name in _VALUES else attribute.name
        yield from _expression((*path, name), attribute.expression)
    for block in body.blocks:
        made = block.labels[0].value if block.type == "dynamic" and block.labels else block.type
        yield from texts_in(block.body, path if block.type == "content" else (*path, made))


def _pair_name(entries: list[tuple[str, syntax.Expression]]) -> str:
    """What the `value` of a `name = …, value = …` is called, or empty."""
    names = {name.lower() for name, _ in entries}
    if not names.intersection(_VALUES):
        return ""
    for name, expression in entries:
        if name.lower() in _NAMES:
            return _readable(expression)
    return ""


def _readable(node: syntax.Expression) -> str:
    if isinstance(node, syntax.Literal):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, syntax.Template):
        return "".join(part if isinstance(part, str) else "-" for part in map(_literal, node.parts))
    return ""


def _literal(part: syntax.TemplatePart) -> str | None:
    value = part.value if isinstance(part, syntax.Literal) else None
    return value if isinstance(value, str) else None


def _expression(path: Path, node: syntax.Expression) -> Iterator[Found]:
    """`path` is empty where the value of `node` is not what the names say."""
    match node:
        case syntax.Literal(value=str()):
            yield Text(path, node)
        case syntax.Template():
            yield Text(path, node)
            for part in node.parts:
                yield from _part(part)
        case syntax.TemplateWrap():
            yield from _expression(path, node.expression)
        case syntax.Tuple():
            yield from _items(path, node)
        case syntax.Object():
            yield from _object(path, node)
        case syntax.Conditional():
            yield from _expression((), node.condition)
            yield from _expression(path, node.then)
            yield from _expression(path, node.otherwise)
        case syntax.For():
            yield from _expression((), node.collection)
            yield from _expression(path, node.result)
        case syntax.Call():
            yield from _call(path, node)
        case _:
            for child in _operands(node):
                yield from _expression((), child)


def _items(path: Path, node: syntax.Tuple) -> Iterator[Found]:
    """What follows an option (`"--password", "…"`) is called like it."""
    before = ""
    for item in node.items:
        option = before.lstrip("-") if before.startswith("-") else ""
        yield from _expression((*path, option) if option else path, item)
        before = _readable(item)


def _operands(node: syntax.Expression) -> Iterator[syntax.Expression]:
    match node:
        case syntax.Binary():
            yield node.left
            yield node.right
        case syntax.Unary():
            yield node.operand
        case syntax.GetAttr() | syntax.Splat():
            yield node.base
        case syntax.Index():
            yield node.base
            yield node.key


def _part(part: syntax.TemplatePart) -> Iterator[Found]:
    match part:
        case syntax.Literal():
            return
        case syntax.TemplateIf():
            yield from _expression((), part.condition)
            for inner in (*part.then, *part.otherwise):
                yield from _part(inner)
        case syntax.TemplateFor():
            yield from _expression((), part.collection)
            for inner in part.body:
                yield from _part(inner)
        case _:
            yield from _expression((), part)


def _object(path: Path, node: syntax.Object) -> Iterator[Found]:
    entries = [(_readable(item.key), item.value) for item in node.items]
    called = _pair_name(entries)
    for name, value in entries:
        yield from _expression(
            (*path, called if called and name.lower() in _VALUES else name), value
        )


def _call(path: Path, node: syntax.Call) -> Iterator[Found]:
    if node.name in FILE_FUNCTIONS and node.arguments:
        yield Include(path, node)
    wanted = _PASSED_ON.get(node.name, -1)
    for index, argument in enumerate(node.arguments):
        passes = wanted is None or wanted == index
        yield from _expression(path if passes else (), argument)


# -- characters --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """The characters of a string as they stand in the file, `HOLE` for each that is part of an
    interpolation or directive; `start` is the offset of the first."""

    text: str
    start: int


_HEREDOC = re.compile(r"<<-?[^\n]*\n")


def written(file: SourceFile, node: syntax.Literal | syntax.Template) -> Written:
    """What stands between a string's delimiters."""
    start, end = _inside(file.text, node.start, node.end)
    if isinstance(node, syntax.Literal):
        return Written(file.text[start:end], start)
    pieces: list[str] = []
    at = start
    for piece_start, piece_end in _literal_spans(node.parts):
        piece_start, piece_end = max(piece_start, at), min(piece_end, end)
        if piece_start < piece_end:
            pieces += (HOLE * (piece_start - at), file.text[piece_start:piece_end])
            at = piece_end
    return Written("".join(pieces) + HOLE * (end - at), start)


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    header = _HEREDOC.match(text, start, end)
    if header:
        return header.end(), max(header.end(), text.rfind("\n", start, end))
    if text[start:end][:1] == '"':
        return start + 1, max(start + 1, end - 1)
    return start, end


def _literal_spans(parts: list[syntax.TemplatePart]) -> Iterator[tuple[int, int]]:
    for part in parts:
        match part:
            case syntax.Literal():
                yield part.start, part.end
            case syntax.TemplateIf():
                yield from _literal_spans(part.then)
                yield from _literal_spans(part.otherwise)
            case syntax.TemplateFor():
                yield from _literal_spans(part.body)
