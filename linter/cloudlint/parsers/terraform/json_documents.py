"""JSON documents in texts, with the places of their parts."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.parsers.terraform import json_syntax
from cloudlint.parsers.terraform.functions.encoding import structure, within_string
from cloudlint.parsers.terraform.json_syntax import (
    JsonArray,
    JsonObject,
    JsonString,
    JsonValue,
)
from cloudlint.parsers.terraform.masking import mask_template
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.parsers.terraform.templates import Text
from cloudlint.source import SourceFile, Span
from cloudlint.values import Known, Value
from cloudlint.values.model import MAPPINGS, SEQUENCES


def document(text: Value) -> Value | None:
    """The value that a JSON text stands for, with what is not known of it in its place; None
    where it is no JSON.

    Where the text is written out in a heredoc, every part has its own place in there; what an
    interpolation brings in is placed at the interpolation. All else is placed at `text`.
    """
    decoded = structure(text)
    if decoded is None:
        return None
    written = _Heredoc.of(text.span) if text.span else None
    if written is None:
        return _placed_at(decoded, text.place)
    return written.placed(decoded, written.root)


def _placed_at(value: Value, span: Span | None) -> Value:
    """The value with all its parts at one place."""
    if isinstance(value, Known) and value.kind in MAPPINGS:
        entries = {name: _placed_at(item, span) for name, item in value.mapping.items()}
        return Known(entries, "object", span=span)
    if isinstance(value, Known) and value.kind in SEQUENCES:
        return Known(tuple(_placed_at(item, span) for item in value.items), "tuple", span=span)
    return value.written_at(span) if isinstance(value, Known) else value.used_at(span)


class _Heredoc:
    """The JSON that stands in a heredoc, as written."""

    def __init__(self, file: SourceFile, offset: int, root: JsonValue) -> None:
        self.root = root
        self._file = file
        self._offset = offset

    @classmethod
    def of(cls, span: Span) -> _Heredoc | None:
        """None for what is no heredoc, or no JSON before its interpolations are filled in."""
        text = span.text
        start, end = text.find("\n") + 1, text.rfind("\n") + 1
        if not text.startswith("<<") or not 0 < start < end:
            return None
        body = SourceFile(span.path, text[start:end])
        try:
            plain = "".join(_without_interpolations(body))
            root = json_syntax.Reader(SourceFile(span.path, plain)).document()
        except SyntaxProblem:
            return None
        return cls(span.file, span.start + start, root)

    def placed(self, value: Value, node: JsonValue) -> Value:
        """The value with its parts at the places of the node's. Where the two have not the same
        shape, an interpolation is why: all of the value then is at the node."""
        if isinstance(value, Known) and isinstance(node, JsonObject) and value.kind in MAPPINGS:
            members = {name.value: (name, member) for name, member in node.members}
            if members.keys() == value.mapping.keys():
                entries = {n: self._member(v, *members[n]) for n, v in value.mapping.items()}
                return Known(entries, "object", span=self._span(node, node))
        if isinstance(value, Known) and isinstance(node, JsonArray) and value.kind in SEQUENCES:
            items = tuple(map(self.placed, value.items, node.items))
            if len(items) == len(value.items) == len(node.items):
                return Known(items, "tuple", span=self._span(node, node))
        return _placed_at(value, self._span(node, node))

    def _member(self, value: Value, name: JsonString, node: JsonValue) -> Value:
        """Used where its name and value stand, as an argument is."""
        return self.placed(value, node).used_at(self._span(name, node))

    def _span(self, first: JsonValue, last: JsonValue) -> Span:
        return self._file.span(self._offset + first.start, self._offset + last.end)


def _without_interpolations(body: SourceFile) -> Iterator[str]:
    """The text of a heredoc with a plain string, or part of one, for every interpolation, of the
    same length; raises SyntaxProblem where directives decide what it is."""
    quoted = False
    for token in mask_template(body, 0).templates[0].tokens:
        raw = body.text[token.start : token.end]
        if isinstance(token, Text):
            quoted = within_string(raw, quoted)
            yield raw
        elif token.keyword == "value":
            yield "_" * len(raw) if quoted else f'"{"_" * (len(raw) - 2)}"'
        else:
            raise SyntaxProblem("a directive", body.span(token.start, token.end))
