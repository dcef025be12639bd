"""Terraform's JSON syntax: `.tf.json` and `.tfvars.json`.

Terraform tells blocks from arguments by the schema of what it reads. Terraform's own schema is in
`_Blocks` below; in the bodies of providers and their resources everything else is an argument, a
nested block too: an object, or a list of objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

from msgspec import structs

from cloudlint.source import SourceFile

from . import syntax
from .masking import MAX_DEPTH
from .problems import SyntaxProblem, described
from .syntax import Expression


def parse(file: SourceFile) -> syntax.File:
    """Parse a file in JSON syntax; raises SyntaxProblem and nothing else.

    A file whose name ends in `.tfvars.json` is a body of attributes, in which strings are plain.
    """
    schema = _Schema(plain=_EVERY) if file.path.endswith(".tfvars.json") else _FILE
    lowering = _Lowering(file)
    try:
        body = lowering.body(lowering.objects(Reader(file).document()), schema)
    except RecursionError:
        raise SyntaxProblem("nested too deep", file.span(0, 0)) from None
    return syntax.File(body, lowering.comments)


# JSON with positions.


class JsonString(NamedTuple):
    start: int
    end: int
    value: str


class JsonScalar(NamedTuple):
    """A number, or `true`, `false`, `null`, as written."""

    start: int
    end: int
    text: str


class JsonArray(NamedTuple):
    start: int
    end: int
    items: list[JsonValue]


class JsonObject(NamedTuple):
    start: int
    end: int
    members: list[tuple[JsonString, JsonValue]]


JsonValue = JsonString | JsonScalar | JsonArray | JsonObject

_BLANKS = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])")
_MET = re.compile(r"[\w.+-]+|.", re.DOTALL)


class Reader:
    """Reads one JSON document."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._text = file.text
        self._pos = 0

    def document(self) -> JsonValue:
        value = self._value(1)
        if self._peek():
            raise self._unexpected("the end of the file")
        return value

    def _peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        match = _BLANKS.match(self._text, self._pos)
        self._pos = match.end() if match else self._pos
        return self._text[self._pos : self._pos + 1]

    def _value(self, depth: int) -> JsonValue:
        first = self._peek()
        if depth > MAX_DEPTH:
            span = self._file.span(self._pos, self._pos + 1)
            raise SyntaxProblem(f"nested more than {MAX_DEPTH} levels deep", span)
        if first == '"':
            return self._string()
        if first == "{":
            return self._object(depth)
        if first == "[":
            return self._array(depth)
        match = _SCALAR.match(self._text, self._pos)
        if not match:
            raise self._unexpected("a value")
        self._pos = match.end()
        return JsonScalar(match.start(), match.end(), match[0])

    def _string(self) -> JsonString:
        start = self._pos
        try:
            value, self._pos = scanstring(self._text, start + 1, True)
        except JSONDecodeError as error:
            raise self._broken_string(start, error) from None
        return JsonString(start, self._pos, _UNPAIRED.sub("\ufffd", value))

    def _broken_string(self, start: int, error: JSONDecodeError) -> SyntaxProblem:
        if error.msg.startswith("Unterminated"):
            return SyntaxProblem(
                "this string is never closed", self._file.span(start, start + 1), 'add `"`'
            )
        what = "control character" if "control" in error.msg else "escape"
        return SyntaxProblem(
            f"an invalid {what} in a string",
            self._file.span(error.pos, min(error.pos + 1, len(self._text))),
            r"a backslash is written `\\`, a line break `\n`",
        )

    def _array(self, depth: int) -> JsonArray:
        start = self._pos
        items = [self._value(depth + 1) for _ in self._separated("]")]
        return JsonArray(start, self._pos, items)

    def _object(self, depth: int) -> JsonObject:
        start = self._pos
        members = [self._member(depth) for _ in self._separated("}")]
        return JsonObject(start, self._pos, members)

    def _member(self, depth: int) -> tuple[JsonString, JsonValue]:
        if self._peek() != '"':
            raise self._unexpected("a property name in double quotes")
        key = self._string()
        if self._peek() != ":":
            raise self._unexpected("`:`")
        self._pos += 1
        return key, self._value(depth + 1)

    def _separated(self, closer: str) -> Iterator[None]:
        """Yields in front of every item up to the closing bracket, and consumes that."""
        self._pos += 1
        if self._peek() != closer:
            yield
            while self._peek() == ",":
                self._pos += 1
                yield
        if self._peek() != closer:
            raise self._unexpected(f"`,` or `{closer}`")
        self._pos += 1

    def _unexpected(self, expected: str) -> SyntaxProblem:
        match = _MET.match(self._text, self._pos)
        met = match[0] if match else ""
        span = self._file.span(self._pos, self._pos + len(met))
        hint = "JSON has no comma after the last item" if met in ("]", "}") else ""
        return SyntaxProblem(
            f"{described(met)} where {expected} was expected",
            span,
            hint,
        )


_UNPAIRED = re.compile("[\ud800-\udfff]")


# What Terraform's own schema says.

_EVERY = frozenset({"*"})


class _Schema(NamedTuple):
    """What the members of a body are.

    `blocks` are block types, with the number of their labels and the schema of their bodies. Of
    the arguments, those in `references` hold strings that are expressions (`"aws_s3_bucket.a"`,
    `"list(string)"`), those in `plain` hold strings that are no templates.
    """

    blocks: Mapping[str, tuple[int, _Schema]] = {}
    references: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()

    def is_plain(self, name: str) -> bool:
        return name in self.plain or self.plain is _EVERY


_ARGUMENTS = _Schema()
_CONDITION = (0, _ARGUMENTS)
_CONNECTION = (0, _ARGUMENTS)
_PROVISIONER = (
    1,
    _Schema({"connection": _CONNECTION}, references=frozenset({"when", "on_failure"})),
)
_LIFECYCLE = (
    0,
    _Schema(
        {"precondition": _CONDITION, "postcondition": _CONDITION},
        references=frozenset({"ignore_changes", "replace_triggered_by"}),
    ),
)
_RESOURCE = _Schema(
    {
        "lifecycle": _LIFECYCLE,
        "provisioner": _PROVISIONER,
        "connection": _CONNECTION,
        "dynamic": (1, _Schema({"content": (0, _ARGUMENTS)})),
    },
    references=frozenset({"depends_on", "provider"}),
)
_MOVE = _Schema(
    {"lifecycle": _LIFECYCLE, "provisioner": _PROVISIONER, "connection": _CONNECTION},
    references=frozenset({"from", "to", "provider"}),
)
_FILE = _Schema(
    {
        "terraform": (
            0,
            _Schema(
                {
                    "required_providers": (0, _ARGUMENTS),
                    "backend": (1, _Schema(plain=_EVERY)),
                    "cloud": (
                        0,
                        _Schema({"workspaces": (0, _Schema(plain=_EVERY))}, plain=_EVERY),
                    ),
                    "provider_meta": (1, _ARGUMENTS),
                },
                plain=_EVERY,
            ),
        ),
        "provider": (1, _Schema(plain=frozenset({"alias", "version"}))),
        "variable": (
            1,
            _Schema(
                {"validation": _CONDITION},
                references=frozenset({"type"}),
                plain=frozenset({"default", "description"}),
            ),
        ),
        "locals": (0, _ARGUMENTS),
        "output": (
            1,
            _Schema(
                {"precondition": _CONDITION},
                references=frozenset({"depends_on"}),
                plain=frozenset({"description"}),
            ),
        ),
        "module": (
            1,
            _Schema(
                references=frozenset({"providers", "depends_on"}),
            ),
        ),
        "resource": (2, _RESOURCE),
        "data": (2, _RESOURCE),
        "ephemeral": (2, _RESOURCE),
        "check": (1, _Schema({"data": (2, _RESOURCE), "assert": _CONDITION})),
        "moved": (0, _MOVE),
        "removed": (0, _MOVE),
        "import": (0, _MOVE),
    }
)


# From JSON to the syntax tree.

_CONSTANTS = {"true": True, "false": False, "null": None}
_Lower = Callable[[JsonString], Expression]


class _Lowering:
    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self.comments: list[syntax.Comment] = []

    def objects(self, value: JsonValue) -> list[JsonObject]:
        """A body may be given as one object or a list of them; `null` is none."""
        if isinstance(value, JsonObject):
            return [value]
        if isinstance(value, JsonArray):
            return [found for item in value.items for found in self.objects(item)]
        if isinstance(value, JsonScalar) and value.text == "null":
            return []
        raise self._problem(value, "an object was expected here", "a block is written `{ … }`")

    def body(self, objects: list[JsonObject], schema: _Schema) -> syntax.Body:
        body = syntax.Body([], [])
        names: set[str] = set()
        for item in objects:
            for key, value in item.members:
                if key.value == "//":
                    self._comment(value)
                elif key.value in schema.blocks:
                    labels, inner = schema.blocks[key.value]
                    body.blocks.extend(self._blocks(key, [], labels, value, inner))
                else:
                    self._check_new(key, names)
                    body.attributes.append(self._attribute(key, value, schema))
        return body

    def _comment(self, value: JsonValue) -> None:
        """What stands under `//`; of a string that is the text between its quotes."""
        is_string = isinstance(value, JsonString)
        self.comments.append(syntax.Comment(value.start + is_string, value.end - is_string))

    def _blocks(
        self,
        key: JsonString,
        labels: list[JsonString],
        missing: int,
        value: JsonValue,
        schema: _Schema,
    ) -> Iterator[syntax.Block]:
        """The blocks under a type and some of its labels, each level an object or a list."""
        if missing:
            for item in self.objects(value):
                for label, inner in item.members:
                    if label.value != "//":
                        yield from self._blocks(key, [*labels, label], missing - 1, inner, schema)
            return
        for item in self.objects(value):
            header = labels[-1] if labels else key
            alone = item is value
            yield syntax.Block(
                header.start if alone else item.start,
                item.end,
                key.value,
                [syntax.Label(label.start, label.end, label.value) for label in labels],
                self.body([item], schema),
                header.end if alone else item.start + 1,
            )

    def _attribute(self, key: JsonString, value: JsonValue, schema: _Schema) -> syntax.Attribute:
        lower: _Lower = self._template
        if key.value in schema.references:
            lower = self._reference
        elif schema.is_plain(key.value):
            lower = self._plain
        expression = self._expression(value, lower)
        return syntax.Attribute(key.start, value.end, key.value, key.end, expression)

    def _expression(self, value: JsonValue, lower: _Lower) -> Expression:
        match value:
            case JsonString():
                return lower(value)
            case JsonScalar():
                return self._scalar(value)
            case JsonArray(start, end, items):
                return syntax.Tuple(start, end, [self._expression(i, lower) for i in items])
            case JsonObject(start, end, members):
                return syntax.Object(start, end, self._items(members, lower), True)

    def _items(
        self, members: list[tuple[JsonString, JsonValue]], lower: _Lower
    ) -> list[syntax.ObjectItem]:
        names: set[str] = set()
        items = []
        for key, value in members:
            self._check_new(key, names)
            name = self._template(key) if lower == self._template else self._plain(key)
            items.append(syntax.ObjectItem(name, self._expression(value, lower)))
        return items

    def _scalar(self, value: JsonScalar) -> Expression:
        start, end, text = value
        if text in _CONSTANTS:
            return syntax.Literal(start, end, _CONSTANTS[text])
        if text[0] == "-":
            return syntax.Unary(start, end, "-", syntax.Number(start + 1, end, text[1:]))
        return syntax.Number(start, end, text)

    def _plain(self, value: JsonString) -> Expression:
        return syntax.Literal(value.start, value.end, value.value)

    def _template(self, value: JsonString) -> Expression:
        if "${" not in value.value and "%{" not in value.value:
            return self._plain(value)
        from . import hcl

        # The template begins and ends inside of the quotes, which belong to its extent.
        parsed = hcl.parse_template(self._file, value.value, self._places(value))
        return structs.replace(parsed, start=value.start, end=value.end)

    def _reference(self, value: JsonString) -> Expression:
        from . import hcl

        text = value.value
        if text.startswith("${") and text.endswith("}"):
            return self._template(value)
        return hcl.parse_text(self._file, text, self._places(value))

    def _places(self, value: JsonString) -> Callable[[int], int]:
        """Where in the file a character of a string stands."""
        first = value.start + 1
        if len(value.value) == value.end - value.start - 2:
            return lambda offset: first + offset
        starts = [m.start() for m in _CHARACTER.finditer(self._file.text, first, value.end - 1)]
        starts.append(value.end - 1)
        return lambda offset: starts[min(offset, len(starts) - 1)]

    def _check_new(self, key: JsonString, names: set[str]) -> None:
        if key.value in names:
            raise self._problem(key, f"`{key.value}` is set twice", "remove one of them")
        names.add(key.value)

    def _problem(self, value: JsonValue, message: str, hint: str) -> SyntaxProblem:
        return SyntaxProblem(message, self._file.span(value.start, value.end), hint)


_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_CHARACTER = re.compile(rf"{_HIGH}{_LOW}|\\u[0-9a-fA-F]{{4}}|\\.|.", re.DOTALL)
