"""The same configuration in Terraform's other syntax, written from the native one."""

from __future__ import annotations

import json
from typing import Any

from cloudlint.parsers.terraform import hcl, syntax
from cloudlint.source import SourceFile

_REFERENCES = {"type", "provider", "providers", "depends_on"}
"""Arguments that are written as text, not as a template."""


class NotWritten(Exception):
    """Something that has no form in JSON, or none that this knows."""


def json_form(text: str) -> str:
    """The text of a `.tf.json` that says what the text of a `.tf` does. A block that stands alone
    is an object, several of a type are a list. Raises `NotWritten` for heredocs."""
    file = SourceFile("main.tf", text)
    return json.dumps(_body(text, hcl.parse(file).body), indent=2)


def _body(text: str, body: syntax.Body) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for attribute in body.attributes:
        if attribute.name in _REFERENCES:
            source = text[attribute.expression.start : attribute.expression.end]
            written[attribute.name] = source.strip('"')
        else:
            written[attribute.name] = _expression(text, attribute.expression)
    for block in body.blocks:
        _add(
            written, [block.type, *(label.value for label in block.labels)], _body(text, block.body)
        )
    return written


def _add(into: dict[str, Any], way: list[str], body: dict[str, Any]) -> None:
    for name in way[:-1]:
        inner = into.setdefault(name, {})
        if not isinstance(inner, dict):
            raise NotWritten(name)
        into = inner
    there = into.get(way[-1])
    if there is None:
        into[way[-1]] = body
    else:
        into[way[-1]] = [*(there if isinstance(there, list) else [there]), body]


def _expression(text: str, node: syntax.Expression) -> Any:
    source = text[node.start : node.end]
    if "<<" in source:
        raise NotWritten(source)
    match node:
        case syntax.Number(text=digits) if digits.isdigit():
            return int(digits)
        case syntax.Literal(value=bool() | None as value):
            return value
        case syntax.Literal(value=str() as value):
            return value.replace("${", "$${").replace("%{", "%%{")
        case syntax.Tuple(items=items):
            return [_expression(text, item) for item in items]
        case syntax.Object(items=entries) if all(
            isinstance(entry.key, syntax.Literal) for entry in entries
        ):
            return {_key(entry): _expression(text, entry.value) for entry in entries}
    return f"${{{source}}}"


def _key(entry: syntax.ObjectItem) -> str:
    assert isinstance(entry.key, syntax.Literal)
    return str(entry.key.value)
