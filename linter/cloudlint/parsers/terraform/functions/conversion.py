"""Conversions of type and sensitivity, and the attempts `try` and `can`."""

from __future__ import annotations

from cloudlint.parsers.terraform.functions.registry import function, unsettled
from cloudlint.values import FALSE, TRUE, EvaluationError, Known, Symbolic, Value
from cloudlint.values.convert import convert
from cloudlint.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    CollectionType,
    ObjectType,
    TupleType,
    Type,
    friendly,
    list_of,
    map_of,
    set_of,
)

_UNPARSABLE = {
    BOOL: 'only the strings "true" or "false" are allowed',
    NUMBER: "given string must be a decimal representation of a number",
}


def _to(value: Value, type_: Type) -> Value:
    try:
        return convert(value, type_)
    except EvaluationError:
        raise EvaluationError(
            f'Invalid value for "v" parameter: {_problem(value, type_)}.'
        ) from None


def _problem(value: Value, type_: Type) -> str:
    if value.holds_sensitive():
        return f"cannot convert this sensitive {friendly(value.type)} to {friendly(type_)}"
    if isinstance(value, Known) and value.kind == "string" and type_ in _UNPARSABLE:
        return f"cannot convert {value} to {type_}; {_UNPARSABLE[type_]}"
    return f"cannot convert {friendly(value.type)} to {friendly(type_)}"


@function("tobool", structural=True)
def tobool(value: Value) -> Value:
    return _to(value, BOOL)


@function("tonumber", structural=True)
def tonumber(value: Value) -> Value:
    return _to(value, NUMBER)


@function("tostring", structural=True)
def tostring(value: Value) -> Value:
    return _to(value, STRING)


@function("tolist", structural=True)
def tolist(value: Value) -> Value:
    return _to(value, list_of(ANY))


@function("toset", structural=True)
def toset(value: Value) -> Value:
    return _to(value, set_of(ANY))


@function("tomap", structural=True)
def tomap(value: Value) -> Value:
    return _to(value, map_of(ANY))


# -- attempts, for arguments that already have values -------------------------------------------


@function("try", structural=True)
def try_(*values: Value) -> Value:
    if not values:
        raise EvaluationError('Call to function "try" failed: at least one argument is required.')
    return values[0]


@function("can", structural=True)
def can(value: Value) -> Value:
    return TRUE


# -- marks -------------------------------------------------------------------------------------


@function("sensitive", structural=True)
def sensitive(value: Value) -> Value:
    return value.marked_sensitive()


@function("nonsensitive", structural=True, derived=False)
def nonsensitive(value: Value) -> Value:
    return value.marked_sensitive(False)


@function("issensitive", structural=True, derived=False)
def issensitive(value: Value) -> Value:
    if value.sensitive:
        return TRUE
    return unsettled("issensitive", BOOL, value) if isinstance(value, Symbolic) else FALSE


@function("ephemeralasnull", structural=True)
def ephemeralasnull(value: Value) -> Value:
    return value


# -- how types look ------------------------------------------------------------------------------


def type_text(type_: Type, indent: int = 0) -> str:
    """The type as the console's `type()` prints it, over several lines where it has parts."""
    match type_:
        case ObjectType(attributes=attributes):
            lines = [
                f"{name}: {type_text(attributes[name], indent + 1)}," for name in sorted(attributes)
            ]
            return _block("object({", lines, "})", indent)
        case TupleType(elements=elements):
            lines = [f"{type_text(element, indent + 1)}," for element in elements]
            return _block("tuple([", lines, "])", indent)
        case CollectionType(name=name, element=element):
            if isinstance(element, ObjectType | TupleType):
                return _block(f"{name}(", [f"{type_text(element, indent + 1)},"], ")", indent)
            return f"{name}({type_text(element, indent)})"
    return "dynamic" if type_ == ANY else type_.name


def _block(start: str, lines: list[str], end: str, indent: int) -> str:
    if not lines:
        return start + end
    pad = "    " * (indent + 1)
    inner = "".join(f"{pad}{line}\n" for line in lines)
    return f"{start}\n{inner}{'    ' * indent}{end}"
