"""YAML as `yamldecode` reads and `yamlencode` writes it: by YAML 1.1 in its booleans, by Go in its
numbers, and in a few things by nobody else (a key that is a date becomes a timestamp)."""

from __future__ import annotations

import re
from collections.abc import Mapping as Entries

from cloudlint.parsers import yaml
from cloudlint.parsers.terraform.functions.dates import moment
from cloudlint.parsers.terraform.functions.encoding import from_base64
from cloudlint.parsers.terraform.functions.json_text import MAX_DEPTH
from cloudlint.parsers.terraform.functions.limits import bounded
from cloudlint.parsers.terraform.functions.registry import Refused
from cloudlint.source import SourceFile
from cloudlint.values import NULL, Known, Value, known, numbers, unknown
from cloudlint.values.convert import convert
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.types import STRING

_DOCUMENT_END = "...\n"
_TAGS = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset(("str", "int", "float", "bool", "null", "binary", "timestamp"))
_TRUE = frozenset("y Y yes Yes YES true True TRUE on On ON".split())
_FALSE = frozenset("n N no No NO false False FALSE off Off OFF".split())
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_INFINITY = re.compile(r"([-+]?)\.(?:inf|Inf|INF)\Z")
_NOT_A_NUMBER = frozenset((".nan", ".NaN", ".NAN"))
_BASED = re.compile(r"0(?:x([0-9a-fA-F]+)|o([0-7]+))\Z")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_DATE = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:(?P<t>[Tt])| )([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]+)?"
    r"(?P<zone>Z|([-+])([0-9]{2}):([0-9]{2}))?)?\Z"
)
_OTHER_VERSION = re.compile(r"(?:(?:#[^\n]*)?\n)*%YAML[ \t]+(?!1\.1\s)")
_LONGEST_NUMBER = 20_000


def read(text: str) -> Value:
    """The value of a YAML text of one document; raises EvaluationError."""
    if _OTHER_VERSION.match(text):
        raise Refused("found incompatible YAML document")
    try:
        composed = yaml.compose(SourceFile("<yaml>", text.removeprefix("\ufeff")))
    except yaml.Malformed as error:
        raise Refused(str(error)) from None
    if not composed.documents:
        raise Refused("missing start of document")
    if len(composed.documents) > 1:
        raise Refused("unexpected extra content after value")
    return _Reader().value(composed.documents[0])


class _Reader:
    """Reads every node once, however often aliases repeat it."""

    def __init__(self) -> None:
        self._done: dict[int, Value] = {}

    def value(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.Alias):
            return self.value(node.target)
        if id(node) not in self._done:
            self._done[id(node)] = self._read(node)
        return self._done[id(node)]

    def _read(self, node: yaml.Scalar | yaml.Sequence | yaml.Mapping) -> Value:
        if isinstance(node, yaml.Scalar):
            return _scalar(node)
        if isinstance(node, yaml.Sequence):
            _check_tag(node.tag, "seq", "sequence")
            return Known(tuple(map(self.value, node.items)), "tuple")
        _check_tag(node.tag, "map", "mapping")
        entries: dict[str, Value] = {}
        for key, item in node.entries:
            if isinstance(key, yaml.Scalar) and key.text == yaml.MERGE_KEY and not key.tag:
                entries.update(_merged(self.value(item)))
            else:
                entries[self._key(key)] = self.value(item)
        return Known(entries, "object")

    def _key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.Scalar):
            raise Refused("only strings are allowed as mapping keys")
        value = _scalar(node)
        if value.is_null:
            raise Refused("mapping key cannot be null")
        return value.string() if isinstance(value.known_or(None), str) else str(value)


def _check_tag(tag: str, wanted: str, what: str) -> None:
    if tag not in ("", f"{_TAGS}{wanted}"):
        raise Refused(f"can't interpret {what} as {tag}")


def _merged(value: Value) -> Entries[str, Value]:
    if isinstance(value, Known) and value.kind == "object":
        return value.mapping
    raise Refused("cannot merge what is not a mapping into a mapping")


# -- scalars -----------------------------------------------------------------------------------


def _scalar(node: yaml.Scalar) -> Value:
    text, tag = node.text, node.tag
    if tag and tag.removeprefix(_TAGS) not in _SCALAR_TAGS:
        raise Refused(f'unsupported tag "{tag}"')
    name = tag.removeprefix(_TAGS)
    if name == "str" or (not node.plain and node.span.text[:1] in ('"', "'")):
        return known(bounded(text))
    if name == "null":
        return NULL
    if name == "binary":
        from_base64(text)
        return known(bounded(text))
    value = _resolved(text, name)
    # A block is resolved like a plain scalar, and then made a string of.
    return value if node.plain or name else convert(value, STRING)


def _resolved(text: str, tag: str) -> Value:
    """What a plain scalar stands for, by its looks and its tag."""
    if text in _NULLS:
        return NULL
    if text in _TRUE or text in _FALSE:
        return known(text in _TRUE)
    value = _number(text, tag)
    if value is None and tag in ("", "timestamp"):
        value = _date(text)
    if value is not None:
        return value
    if tag:
        raise Refused(f'cannot parse "{text[:64]}" as {_TAGS}{tag}')
    return known(bounded(text))


def _number(text: str, tag: str) -> Value | None:
    if text in _NOT_A_NUMBER:
        raise Refused("floating point NaN is not supported")
    infinity = _INFINITY.match(text)
    if infinity:
        sign = infinity[1].removeprefix("+")
        return unknown(f"{sign}Infinity", "is no number that cloudlint calculates with")
    based = _BASED.match(text)
    if based:
        value = int(based[1], 16) if based[1] else int(based[2], 8)
        if len(text) > 64 or value >= 1 << 64:
            raise Refused(f'cannot parse "{text[:64]}" as {_TAGS}int')
        return known(value)
    if not _DECIMAL.match(text):
        return None
    number = numbers.parse(text) if len(text) <= _LONGEST_NUMBER else None
    if number is None:
        raise Refused("a number is longer than cloudlint evaluates")
    return known(number)


def _date(text: str) -> Value | None:
    match = _DATE.match(text)
    if match is None or bool(match["t"]) != bool(match["zone"]):
        return None
    year, month, day, _, hour, minute, second, _, sign, hours, minutes = match.groups()
    offset = (int(hours or 0) * 60 + int(minutes or 0)) * (-60 if sign == "-" else 60)
    parts = (int(part or 0) for part in (year, month, day, hour, minute, second))
    found = moment(*parts, offset=offset)
    return None if found is None else known(str(found))


# -- writing -----------------------------------------------------------------------------------


def write(value: Value) -> str:
    """The YAML of a wholly known value, as `yamlencode` writes it."""
    document = _writable(value, 0)
    text = yaml.emit(document).removesuffix(_DOCUMENT_END)
    return text + _DOCUMENT_END if isinstance(document, yaml.Plain) else text


def _writable(value: Value, depth: int) -> yaml.Writable:
    if not isinstance(value, Known):
        raise value.undecided()
    if depth > MAX_DEPTH:
        raise Refused(f"the value is nested deeper than {MAX_DEPTH} levels")
    if value.kind in MAPPINGS:
        names = sorted(value.mapping)
        return {name: _writable(value.mapping[name], depth + 1) for name in names}
    if value.kind in SEQUENCES:
        return [_writable(item, depth + 1) for item in value.items]
    return value.string() if value.kind == "string" else yaml.Plain(str(value))
