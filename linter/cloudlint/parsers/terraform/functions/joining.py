"""`join` and `split`: lists as texts and back, with what is not known in them."""

from __future__ import annotations

from cloudlint.parsers.terraform.functions.registry import (
    MAX_ELEMENTS,
    failed,
    function,
    invalid,
    unsettled,
)
from cloudlint.values import Known, Root, Symbolic, Template, Value, applied, known, template
from cloudlint.values.model import Joined
from cloudlint.values.symbols import Applied, Attribute
from cloudlint.values.types import NUMBER, STRING, list_of


@function("join", structural=True)
def join(separator: Value, *lists: Value) -> Value:
    if not lists:
        raise failed("join", "at least one list is required")
    items = [item for values in lists for item in _joinable(values)]
    if not all(isinstance(values, Known) for values in lists):
        return unsettled("join", STRING, separator, *lists)
    parts = [part for item in items for part in (separator, item)][1:]
    result = template(parts)
    if isinstance(result, Template) and isinstance(separator, Known):
        joined = Joined(result.parts, separator.string(), tuple(items))
        return joined.derived_from(result)
    return result


def _joinable(values: Value) -> tuple[Value, ...]:
    items = values.items if isinstance(values, Known) else ()
    for at, item in enumerate(items):
        if isinstance(item, Known) and item.kind == "null":
            raise invalid("lists", f"element {at} is null; cannot concatenate null values")
    return items


@function("split", structural=True)
def split(separator: Value, text: Value) -> Value:
    if isinstance(separator, Known):
        if isinstance(text, Known):
            return _list([known(part) for part in _split(separator.string(), text.string())])
        if isinstance(text, Joined) and text.separator == separator.string() != "":
            return _list(list(text.items))
        if isinstance(text, Template) and separator.string():
            return _split_template(separator.string(), text)
    symbol = text.symbol
    if isinstance(symbol, Applied) and symbol.function == "join" and len(symbol.arguments) == 2:
        joint, values = symbol.arguments
        if joint.key == separator.key:
            return values
    return unsettled("split", list_of(STRING), separator, text)


def _list(items: list[Value]) -> Known:
    return Known(tuple(items), "list", element=STRING)


def _split(separator: str, text: str) -> list[str]:
    parts = text.split(separator) if separator else list(text)
    if len(parts) > MAX_ELEMENTS:
        raise failed("split", f"more than {MAX_ELEMENTS} parts")
    return parts


def _split_template(separator: str, text: Template) -> Value:
    """The parts of a text; of one whose unknown parts may hold the separator, only those before
    the first of these are known."""
    pieces: list[list[str | Value]] = [[]]
    sure: int | None = None
    for part in text.parts:
        if isinstance(part, str):
            first, *others = _split(separator, part)
            pieces[-1].append(first)
            pieces += [[other] for other in others]
            continue
        if sure is None and not _lacks(part, separator):
            sure = len(pieces) - 1
        pieces[-1].append(part)
    items = [template(piece) for piece in pieces]
    if sure is None and len(separator) == 1:
        return _list(items)
    return _partly_split(known(separator), text, items[: sure or 0])


def _partly_split(separator: Value, text: Template, items: list[Value]) -> Symbolic:
    def at(index: Value) -> Value | None:
        position = index.data if isinstance(index, Known) else None
        return items[position] if isinstance(position, int) and position < len(items) else None

    return applied("split", separator, text, type_=list_of(STRING), element=at)


def _lacks(value: Value, separator: str) -> bool:
    """Whether an unknown text surely has no such separator in it: a number, an identifier."""
    if value.type == NUMBER:
        return not set(separator) <= set("0123456789.-")
    symbol = value.symbol
    if isinstance(symbol, Attribute) and isinstance(symbol.base, Root):
        return symbol.name == "id" and "id" in symbol.base.unique and separator in ", ;|"
    return False
