"""Functions on sets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

from cloudlint.parsers.terraform.functions.registry import (
    MAX_ELEMENTS,
    failed,
    function,
    invalid,
    unsettled,
)
from cloudlint.values import Known, Symbolic, Value, same
from cloudlint.values.convert import convert, make_set
from cloudlint.values.model import SEQUENCES
from cloudlint.values.types import ANY, Type, list_of, part_type, set_of, tuple_of, unify


def _alike(name: str, sets: Sequence[Value]) -> tuple[list[Value], Type]:
    """The sets converted to one type, and the type of their elements."""
    types = [part_type(value.type, None) for value in sets if not _is_bare(value)]
    element = unify(types)
    if element is None:
        raise failed(name, "given sets must all have compatible element types")
    return [convert(value, set_of(element)) for value in sets], element


def _is_bare(value: Value) -> bool:
    """Whether it is the empty set of no particular elements, which any other agrees with."""
    return isinstance(value, Known) and not value.items and part_type(value.type, None) == ANY


def _members(sets: Sequence[Value]) -> list[tuple[Value, ...]] | None:
    """The elements of every set; None where one of them is not known."""
    members = [value.items for value in sets if isinstance(value, Known)]
    return members if len(members) == len(sets) else None


@function("setunion", structural=True)
def setunion(*sets: Value) -> Value:
    alike, element = _alike("setunion", sets)
    members = _members(alike)
    if members is None:
        return unsettled("setunion", set_of(element), *alike)
    return make_set([item for items in members for item in items], element)


@function("setintersection", structural=True)
def setintersection(*sets: Value) -> Value:
    alike, element = _alike("setintersection", sets)
    if any(isinstance(value, Known) and not value.items for value in alike):
        return Known((), "set", element=element)
    members = _members(alike)
    if members is None:
        return unsettled("setintersection", set_of(element), *alike)
    kept: list[Value] = []
    for item in members[0]:
        inside = [_among(item, others) for others in members[1:]]
        if None in inside and False not in inside:
            return unsettled("setintersection", set_of(element), *alike)
        if all(inside):
            kept.append(item)
    return make_set(kept, element)


@function("setsubtract", structural=True)
def setsubtract(minuend: Value, subtrahend: Value) -> Value:
    alike, element = _alike("setsubtract", (minuend, subtrahend))
    members = _members(alike)
    if members is None:
        return unsettled("setsubtract", set_of(element), *alike)
    kept: list[Value] = []
    for item in members[0]:
        inside = _among(item, members[1])
        if inside is None:
            return unsettled("setsubtract", set_of(element), *alike)
        if not inside:
            kept.append(item)
    return make_set(kept, element)


def _among(item: Value, others: Sequence[Value]) -> bool | None:
    """Whether the item is one of the others; None where that is not known."""
    if any(item.key == other.key for other in others):
        return True
    if item.is_wholly_known() and all(other.is_wholly_known() for other in others):
        return False
    answers = [same(item, other) for other in others]
    return True if True in answers else None if None in answers else False


@function("setproduct", structural=True)
def setproduct(*sets: Value) -> Value:
    if len(sets) < 2:
        raise failed("setproduct", "at least two arguments are required")
    uniform = [_uniform(value) for value in sets]
    elements = [part_type(value.type, None) for value in uniform]
    element = tuple_of(*elements)
    ordered = not any(value.type.name == "set" for value in uniform)
    members = _members(uniform)
    if members is None:
        return unsettled("setproduct", list_of(element) if ordered else set_of(element), *uniform)
    if prod(map(len, members)) > MAX_ELEMENTS:
        raise failed("setproduct", f"more than {MAX_ELEMENTS} combinations")
    combinations = [Known(items, "tuple") for items in product(*members)]
    if ordered:
        return Known(tuple(combinations), "list", element=element)
    return make_set(combinations, element)


def _uniform(value: Value) -> Value:
    if value.type.name not in SEQUENCES and not (value.type == ANY and isinstance(value, Symbolic)):
        raise invalid("sets", "a set or a list is required")
    return convert(value, list_of(ANY)) if value.type.name == "tuple" else value
