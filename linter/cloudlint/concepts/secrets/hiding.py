"""Hiding what is a secret in values that are shown."""

from __future__ import annotations

from cloudlint.concepts.secrets.interpolations import secrets_in
from cloudlint.parsers.terraform.console import MAX_DEPTH
from cloudlint.values import Known, Template, Value
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.symbols import Applied, Choice


def hidden(value: Value, name: str, depth: int = 0) -> Value:
    """The value, with what is a secret in it marked as sensitive; `name` is what it is called.
    What is nested too deep to be shown stays as it is."""
    if depth > MAX_DEPTH:
        return value
    if isinstance(value, Known):
        return _known(value, name, depth)
    symbol = value.symbol
    if isinstance(value, Template):
        return value.marked_sensitive() if _is_secret(name, value.text) else value
    if isinstance(symbol, Choice):
        arms = (hidden(arm, name, depth + 1) for arm in (symbol.then, symbol.otherwise))
        return value.marked_sensitive() if any(arm.holds_sensitive() for arm in arms) else value
    if isinstance(symbol, Applied):
        given = (hidden(argument, name, depth + 1) for argument in symbol.arguments)
        return value.marked_sensitive() if any(one.holds_sensitive() for one in given) else value
    return value


def _known(value: Known, name: str, depth: int) -> Known:
    """Sets are hidden as a whole where they hold a secret: their order would tell."""
    if value.kind == "string":
        return value.marked_sensitive() if _is_secret(name, value.string()) else value
    inside: dict[str, Value] | tuple[Value, ...]
    if value.kind in MAPPINGS:
        inside = {key: hidden(item, key, depth + 1) for key, item in value.mapping.items()}
    elif value.kind in SEQUENCES:
        inside = tuple(hidden(item, name, depth + 1) for item in value.items)
    else:
        return value
    return Known(inside, value.kind, element=value.element, span=value.span, marks=value.marks)


def _is_secret(name: str, text: str) -> bool:
    return any(not match.is_example for match in secrets_in(name, text))
