"""JSON as Go's encoder writes it."""

from __future__ import annotations

import re

from cloudlint.parsers.terraform.functions.limits import check_length
from cloudlint.parsers.terraform.functions.registry import Refused
from cloudlint.values import Known, Value
from cloudlint.values.model import MAPPINGS, SEQUENCES

MAX_DEPTH = 200

_ESCAPED = re.compile('[\\x00-\\x1f"\\\\<>&\u2028\u2029]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def quoted(text: str) -> str:
    """A JSON string, with `<`, `>`, `&` and Unicode's line ends escaped."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def encode(value: Value) -> str:
    """The JSON of a wholly known value, without blanks, names sorted."""
    parts: list[str] = []
    _write(value, parts, 0)
    text = "".join(parts)
    check_length(len(text))
    return text


def _write(value: Value, parts: list[str], depth: int) -> None:
    if not isinstance(value, Known):
        raise value.undecided()
    if depth > MAX_DEPTH:
        raise Refused(f"the value is nested deeper than {MAX_DEPTH} levels")
    if value.kind in MAPPINGS:
        parts.append("{")
        for at, name in enumerate(sorted(value.mapping)):
            parts.append(f"{',' if at else ''}{quoted(name)}:")
            _write(value.mapping[name], parts, depth + 1)
        parts.append("}")
    elif value.kind in SEQUENCES:
        parts.append("[")
        for at, item in enumerate(value.items):
            parts.append("," if at else "")
            _write(item, parts, depth + 1)
        parts.append("]")
    else:
        parts.append(quoted(value.string()) if value.kind == "string" else str(value))
