"""Functions on maps and objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cloudlint.parsers.terraform import operations
from cloudlint.parsers.terraform.functions.registry import (
    failed,
    function,
    invalid,
    unsettled,
)
from cloudlint.values import (
    EvaluationError,
    Known,
    Symbolic,
    Value,
    applied,
    choice,
    known,
    model,
    same,
)
from cloudlint.values.convert import convert
from cloudlint.values.model import MAPPINGS
from cloudlint.values.symbols import Applied
from cloudlint.values.types import ANY, BOOL, STRING, Type, list_of, part_type, unify


def _require_mapping(value: Value, error: EvaluationError) -> None:
    """Raise where a value surely is neither a map nor an object."""
    if value.type.name not in MAPPINGS and not (value.type == ANY and isinstance(value, Symbolic)):
        raise error


@function("keys", structural=True)
def keys(mapping: Value) -> Value:
    _require_mapping(mapping, invalid("inputMap", "must have map or object type"))
    if not isinstance(mapping, Known):
        entries = operations.entries(mapping)
        if entries is not None:
            return operations.in_some_order([key for key, _ in entries], mapping, STRING)
        return unsettled("keys", list_of(STRING), mapping)
    names = tuple(known(name) for name in sorted(mapping.mapping))
    return Known(names, "list" if mapping.kind == "map" else "tuple", element=STRING)


@function("values", structural=True)
def values(mapping: Value) -> Value:
    reason = "values() requires a map as the first argument"
    _require_mapping(mapping, failed("values", reason))
    if not isinstance(mapping, Known):
        entries = operations.entries(mapping)
        if entries is not None:
            return operations.in_some_order([item for _, item in entries], mapping)
        type_ = list_of(part_type(mapping.type, None)) if mapping.type.name == "map" else ANY
        return unsettled("values", type_, mapping, element=lambda at: _value_at(mapping, at))
    items = tuple(mapping.mapping[name].derived_from(mapping) for name in sorted(mapping.mapping))
    kind = mapping.kind == "map"
    return Known(items, "list" if kind else "tuple", element=mapping.element)


def _value_at(mapping: Value, position: Value) -> Value | None:
    """The value at a position among those of an unknown mapping: that of some key."""
    if not isinstance(mapping, Symbolic):
        return None
    return model.element(mapping, applied("key_at", mapping, position, type_=STRING))


# -- merge -------------------------------------------------------------------------------------


@function("merge", structural=True)
def merge(*mappings: Value) -> Value:
    for mapping in mappings:
        kind = mapping.type.name
        if not _is_null(mapping):
            reason = f'arguments must be maps or objects, got "{kind}"'
            _require_mapping(mapping, failed("merge", reason))
    given = [mapping for mapping in mappings if not _is_null(mapping)]
    type_ = _merged_type(given)
    pieces = _merged_pieces(given)
    if len(pieces) == 1:
        return pieces[0] if type_ is None else convert(pieces[0], type_)
    return _merged(pieces, type_ or ANY)


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null"


def _merged_type(mappings: Sequence[Value]) -> Type | None:
    """Maps of one type merge to such a map, anything else to an object."""
    types = [mapping.type for mapping in mappings]
    alike = bool(types) and all(type_ == types[0] for type_ in types)
    return types[0] if alike and types[0].name == "map" else None


def _merged_pieces(mappings: Sequence[Value]) -> list[Value]:
    """The mappings with neighbours that are known made one, empty ones left out."""
    pieces: list[Value] = []
    for mapping in mappings:
        symbol = mapping.symbol
        if isinstance(symbol, Applied) and symbol.function == "merge":
            pieces += symbol.arguments
        elif not isinstance(mapping, Known):
            pieces.append(mapping)
        elif pieces and isinstance(pieces[-1], Known):
            before = pieces[-1]
            pieces[-1] = Known({**before.mapping, **_carried(mapping)}, "object").derived_from(
                before, mapping
            )
        else:
            pieces.append(Known(_carried(mapping), "object").derived_from(mapping))
    filled = [piece for piece in pieces if not isinstance(piece, Known) or piece.mapping]
    return filled or [Known({}, "object")]


def _carried(mapping: Known) -> Mapping[str, Value]:
    """The entries, carrying what the mapping carries."""
    if mapping.marks == model.NO_MARKS:
        return mapping.mapping
    return {name: value.derived_from(mapping) for name, value in mapping.mapping.items()}


def _merged(pieces: Sequence[Value], type_: Type) -> Symbolic:
    def at(index: Value) -> Value | None:
        if not isinstance(index, Known) or index.kind != "string":
            return None
        return _entry(pieces, index.string())

    return applied("merge", *pieces, type_=type_, element=at)


def _entry(pieces: Sequence[Value], name: str) -> Value | None:
    """The entry of mappings merged in this order: that of the last that has it."""
    result: Value | None = None
    for piece in pieces:
        if isinstance(piece, Known):
            result = piece.mapping.get(name, result)
        elif isinstance(piece, Symbolic):
            own = model.attribute(piece, name)
            result = own if result is None else choice(has(piece, name), own, result)
    return result


def has(mapping: Value, name: str) -> Value:
    """Whether a mapping has an entry of this name."""
    return applied("has", mapping, known(name), type_=BOOL)


# -- lookup ------------------------------------------------------------------------------------


@function("lookup", structural=True)
def lookup(mapping: Value, key: Value, *defaults: Value) -> Value:
    if len(defaults) > 1:
        count = len(defaults) + 2
        raise failed("lookup", f"lookup() takes two or three arguments, got {count}")
    reason = "lookup() requires a map as the first argument"
    _require_mapping(mapping, invalid("inputMap", reason))
    default = _default(mapping, defaults[0]) if defaults else None
    if isinstance(key, Known):
        return _looked_up(mapping, key.string(), default)
    if isinstance(mapping, Known) and len(mapping.mapping) < operations.MAX_CANDIDATES:
        return _any_entry(mapping, key, default)
    return unsettled("lookup", part_type(mapping.type, None), mapping, key, *defaults)


def _default(mapping: Value, default: Value) -> Value:
    if mapping.type.name != "map":
        return default
    try:
        return convert(default, part_type(mapping.type, None))
    except EvaluationError:
        reason = "the default value must have the same type as the map elements"
        raise invalid("default", reason) from None


def _looked_up(mapping: Value, name: str, default: Value | None) -> Value:
    if isinstance(mapping, Symbolic):
        return _unknown_entry(mapping, name, default)
    found = mapping.mapping.get(name, default) if isinstance(mapping, Known) else default
    if found is not None:
        return found
    if mapping.type.name == "object":
        raise invalid("inputMap", f'the given object has no attribute "{name}"')
    raise failed("lookup", f'lookup failed to find key "{name}"')


def _unknown_entry(mapping: Symbolic, name: str, default: Value | None) -> Value:
    symbol = mapping.symbol
    if default is None:
        operations.doubt(mapping)
        return model.attribute(mapping, name)
    if isinstance(symbol, Applied) and symbol.function == "merge":
        result = _entry([Known({name: default}, "object"), *symbol.arguments], name)
        return default if result is None else result
    return choice(has(mapping, name), model.attribute(mapping, name), default)


def _any_entry(mapping: Known, key: Value, default: Value | None) -> Value:
    """The entry for a key that is not known: one of those there are, or the default."""
    if default is None:
        return operations.any_element(mapping, key)
    result = default
    for name, item in mapping.mapping.items():
        type_ = unify([item.type, result.type]) or ANY
        result = choice(operations.equality(key, known(name)), item, result, type_)
    return result


# -- made of lists -----------------------------------------------------------------------------


@function("zipmap", structural=True)
def zipmap(names: Value, items: Value) -> Value:
    if items.type.name not in ("list", "tuple", "any"):
        raise failed("zipmap", "values argument must be a list or tuple value")
    if not isinstance(names, Known):
        return unsettled("zipmap", ANY, names, items)
    if not all(map(Value.is_wholly_known, names.items)):
        return _zipped_by_unknown_names(names, items)
    for at, name in enumerate(names.items):
        if _is_null(name):
            raise failed("zipmap", f"keys list has null value at index {at}")
    texts = [name.string() for name in names.items]
    if isinstance(items, Symbolic):
        operations.doubt(items)
        parts = [model.element(items, known(at)) for at in range(len(texts))]
        return _zipped(texts, parts, items.type)
    return _zipped(texts, list(items.children()), items.type)


def _zipped_by_unknown_names(names: Known, items: Value) -> Value:
    if not isinstance(items, Known) or len(items.items) != len(names.items):
        return unsettled("zipmap", ANY, names, items)
    return operations.keyed(list(zip(names.items, items.items, strict=True)))


def _zipped(names: Sequence[str], items: Sequence[Value], type_: Type) -> Value:
    if len(names) != len(items):
        raise failed(
            "zipmap",
            f"number of keys ({len(names)}) does not match number of values ({len(items)})",
        )
    last = dict(zip(names, items, strict=True))
    entries = {name: last[name] for name in sorted(last)}
    if type_.name == "list":
        return Known(entries, "map", element=part_type(type_, None))
    return Known(entries, "object")


@function("transpose")
def transpose(mapping: Value) -> Value:
    result: dict[str, list[Value]] = {}
    entries = mapping.mapping if isinstance(mapping, Known) else {}
    for name in sorted(entries):
        if _is_null(entries[name]):
            raise failed("transpose", "input must not contain null list")
        for item in entries[name].children():
            if _is_null(item):
                raise failed("transpose", "input list must not contain null string")
            result.setdefault(item.string(), []).append(known(name))
    lists = {name: Known(tuple(result[name]), "list", element=STRING) for name in sorted(result)}
    return Known(lists, "map", element=list_of(STRING))


@function("matchkeys", structural=True)
def matchkeys(items: Value, keys: Value, wanted: Value) -> Value:
    element = unify([part_type(keys.type, None), part_type(wanted.type, None)])
    if element is None:
        raise failed("matchkeys", "keys and searchset must be of the same type")
    if not (isinstance(items, Known) and isinstance(keys, Known) and isinstance(wanted, Known)):
        return unsettled("matchkeys", items.type, items, keys, wanted)
    if len(items.items) != len(keys.items):
        raise failed("matchkeys", "length of keys and values should be equal")
    searched = [convert(value, element) for value in wanted.items]
    kept: list[Value] = []
    for item, key in zip(items.items, keys.items, strict=True):
        answers = [same(convert(key, element), value) for value in searched]
        if True not in answers and None in answers:
            return unsettled("matchkeys", items.type, items, keys, wanted)
        if True in answers:
            kept.append(item)
    return Known(tuple(kept), "list", element=items.element)
