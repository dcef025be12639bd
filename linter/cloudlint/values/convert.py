"""Conversion of values between types, by Terraform's rules.

What is not known converts as far as its type can be told: a symbol keeps its identity and takes
the new type, a list of symbols keeps its elements.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from cloudlint.values import numbers
from cloudlint.values.compare import same
from cloudlint.values.filtered import Entry, filtered, optional_entries
from cloudlint.values.model import (
    MAPPINGS,
    SEQUENCES,
    Known,
    Symbolic,
    Template,
    Value,
    applied,
    choice,
    known,
)
from cloudlint.values.symbols import Applied, Choice, Element
from cloudlint.values.types import (
    ANY,
    BOOL,
    NUMBER,
    PRIMITIVES,
    STRING,
    CollectionType,
    ObjectType,
    TupleType,
    Type,
    converted,
    friendly,
    object_of,
    set_of,
    unify,
)
from cloudlint.values.undecided import EvaluationError

_BOOLS = {"true": True, "1": True, "false": False, "0": False}
_UNIQUE_CHECK = 200


class Mismatch(EvaluationError):
    """The value's type has no conversion to the one asked for, whatever the value."""


def convert(value: Value, to: Type) -> Value:
    """`value` as a `to`; every `any` in `to` is settled by the value.

    Raises EvaluationError, in Terraform's words, where there is no such conversion.
    """
    if to == ANY:
        return value
    if isinstance(value, Symbolic):
        return _symbolic(value, to)
    if isinstance(value, Template):
        return _template(value, to)
    return _known(value, to) if isinstance(value, Known) else value


def _known(value: Known, to: Type) -> Value:
    if value.kind == "null":
        settled = converted(value.type, to)
        if settled is None:
            raise _required(to)
        return Known(None, "null", element=settled, span=value.span, marks=value.marks)
    if to in PRIMITIVES:
        return _primitive(value, to)
    match to:
        case CollectionType(name="map"):
            return _map(value, to)
        case CollectionType():
            return _sequence(value, to)
        case TupleType():
            return _tuple(value, to)
        case ObjectType():
            return _object(value, to)
    raise _required(to)


def convert_all(values: Sequence[Value]) -> tuple[list[Value], Type]:
    """The values converted to the one type they all have in common, and that type, as for the
    elements of a list. Raises EvaluationError where there is none."""
    common = unify(value.type for value in values)
    if common is None:
        raise EvaluationError("all elements must have the same type")
    return [convert(value, common) for value in values], common


def _required(to: Type) -> Mismatch:
    return Mismatch(f"{friendly(to)} required")


def _symbolic(value: Symbolic, to: Type) -> Value:
    settled = converted(value.type, to)
    if settled is None:
        raise _required(to)
    symbol = value.symbol
    if isinstance(symbol, Choice):
        try:
            then, otherwise = convert(symbol.then, to), convert(symbol.otherwise, to)
        except EvaluationError:
            return Symbolic(symbol, settled, span=value.span, marks=value.marks)
        result = choice(symbol.condition, then, otherwise, settled)
        result = result.written_at(value.span).used_at(value.marks.site)
        return result.on_the_trail_of(value).derived_from(value)
    entries = optional_entries(value)
    if entries is not None and isinstance(to, CollectionType) and to.name == "map":
        return _of_one_type(value, entries, to, settled)
    return Symbolic(symbol, settled, span=value.span, marks=value.marks)


def _of_one_type(
    value: Symbolic, entries: Sequence[Entry], to: CollectionType, settled: Type
) -> Value:
    """What is `filtered`, with its elements converted as far as they can be."""
    try:
        items = [(key, convert(item, to.element), on) for key, item, on in entries]
    except EvaluationError:
        return Symbolic(value.symbol, settled, span=value.span, marks=value.marks)
    result = filtered(items, settled).written_at(value.span).used_at(value.marks.site)
    return result.on_the_trail_of(value).derived_from(value)


def _template(value: Template, to: Type) -> Value:
    if to == STRING:
        return value
    if to in (NUMBER, BOOL):
        return applied(f"to{to}", value, type_=to).written_at(value.span)
    raise _required(to)


# -- primitives --------------------------------------------------------------------------------


def _primitive(value: Known, to: Type) -> Value:
    if value.type == to:
        return value
    data: bool | numbers.Number | str | None = None
    if to == STRING and value.kind in ("bool", "number"):
        data = str(value)
    elif value.kind == "string":
        data = numbers.parse(value.string()) if to == NUMBER else _BOOLS.get(value.string())
        if data is None:
            raise EvaluationError(_unparsable(value.string(), to))
    if data is None:
        raise _required(to)
    return known(data, value.span)._copy(value.span, value.marks)


def _unparsable(text: str, to: Type) -> str:
    if to == BOOL and text.lower() in ("true", "false"):
        return f'a bool is required; to convert from string, use lowercase "{text.lower()}"'
    return f"a {to} is required"


# -- collections -------------------------------------------------------------------------------


def _elements(items: Iterable[tuple[str, Value]], to: Type, what: str) -> list[Value]:
    """Every item as a `to`, errors naming the `what` (element, attribute) they are in."""
    result = []
    for name, item in items:
        try:
            result.append(convert(item, to))
        except Mismatch as error:
            raise Mismatch(f"{what} {name}: {error}") from None
    return result


def _alike(
    named: Sequence[tuple[str, Value]], wanted: Type, message: str, what: str
) -> tuple[list[Value], Type]:
    """The items as elements of a collection of `wanted`, and the one type they then have. Each
    becomes a `wanted` first: only then are its optional attributes there to compare."""
    items = _elements(named, wanted, what)
    element = _element_type(items, wanted, message)
    names = [name for name, _ in named]
    return _elements(zip(names, items, strict=True), element, what), element


def _element_type(items: Sequence[Value], wanted: Type, message: str) -> Type:
    """What the elements of a collection become: `wanted`, its `any`s settled by the items."""
    settled = [converted(item.type, wanted) for item in items]
    if None in settled:
        return wanted
    common = unify(type_ for type_ in settled if type_ is not None)
    if common is None:
        raise Mismatch(message)
    if common == ANY and items and all(isinstance(item, Known) for item in items):
        nulls = [item.type == ANY for item in items]
        if any(nulls) and not all(nulls):
            raise Mismatch(message)
    return common if items else wanted


def _sequence(value: Known, to: CollectionType) -> Value:
    if value.kind not in SEQUENCES:
        raise _required(to)
    if value.type == to and to.element != ANY:
        return value
    if not value.items:
        return _empty(value, to)
    message = f"all {to.name} elements must have the same type"
    named = [(str(at), item) for at, item in enumerate(value.items)]
    items, element = _alike(named, to.element, message, "element")
    if to.name == "set":
        return make_set(unshuffled(items), element)._copy(value.span, value.marks)
    if value.kind == "set":
        return _ordered(value, items, element)._copy(value.span, value.marks)
    return Known(tuple(items), "list", element=element, span=value.span, marks=value.marks)


def _empty(value: Known, to: CollectionType) -> Value:
    """Nothing in it fails to convert, but what could be in it may."""
    settled = converted(value.type, to)
    if not isinstance(settled, CollectionType):
        needed = friendly(to.element)
        raise Mismatch(f"incorrect {to.name} element type: {needed} required")
    empty = _EMPTY[to.name]
    return Known(
        empty.data, empty.kind, element=settled.element, span=value.span, marks=value.marks
    )


_EMPTY = {"list": Known((), "list"), "set": Known((), "set"), "map": Known({}, "map")}


def _ordered(source: Known, items: Sequence[Value], element: Type) -> Value:
    """A set as a list. Where an unknown element sorts is not known, so that the elements of the
    list are then known by their positions only."""
    if len(items) < 2 or all(item.is_wholly_known() for item in items):
        return Known(tuple(items), "list", element=element)
    return shuffled("tolist", source, element)


def shuffled(function: str, source: Known, element: Type, *causes: Value) -> Known:
    """A list of the elements of `source` in an order that is not known, on account of `causes`
    where they are known themselves: every element is `function(source)[position]`."""
    symbol = applied(function, source, *causes).symbol
    items = [
        Symbolic(Element(symbol, known(at)), element, span=source.span).derived_from(source)
        for at in range(len(source.items))
    ]
    return Known(tuple(items), "list", element=element, span=source.span, marks=source.marks)


def unshuffled(items: Sequence[Value]) -> Sequence[Value]:
    """The elements of a list in any order: where it holds all that was once `shuffled`, those
    take the place of what is known of them by position. `items` itself where it holds no such."""
    places: dict[str, set[str]] = {}
    sources: dict[str, Known] = {}
    for item in items:
        place = _place(item)
        if place is not None:
            places.setdefault(place.base.key, set()).add(place.index.key)
            sources[place.base.key] = _source(place)
    whole = {key for key, seen in places.items() if len(seen) == len(sources[key].items)}
    if not whole:
        return items
    result: list[Value] = []
    for item in items:
        place = _place(item)
        if place is None or place.base.key not in whole:
            result.append(item)
        elif place.base.key in sources:
            result += sources.pop(place.base.key).items
    return result


_SHUFFLING = ("shuffled", "sort", "tolist")


def _place(item: Value) -> Element | None:
    """The place of an element in what was shuffled; None for any other."""
    symbol = item.symbol
    base = symbol.base if isinstance(symbol, Element) else None
    if not isinstance(base, Applied) or base.function not in _SHUFFLING:
        return None
    source = base.arguments[0]
    is_list = isinstance(source, Known) and source.kind in SEQUENCES
    return symbol if is_list and isinstance(symbol, Element) else None


def _source(place: Element) -> Known:
    source = place.base.arguments[0] if isinstance(place.base, Applied) else None
    assert isinstance(source, Known)  # noqa: S101 - what `_place` looks for
    return source


def _map(value: Known, to: CollectionType) -> Value:
    if value.kind not in MAPPINGS:
        raise _required(to)
    if value.kind == "map" and value.element == to.element and to.element != ANY:
        return value
    if not value.mapping:
        return _empty(value, to)
    what = "element" if value.kind == "map" or to.element != ANY else "attribute"
    named = [(f'"{name}"', item) for name, item in value.mapping.items()]
    message = "all map elements must have the same type"
    items, element = _alike(named, to.element, message, what)
    entries = dict(zip(value.mapping, items, strict=True))
    return Known(entries, "map", element=element, span=value.span, marks=value.marks)


def _tuple(value: Known, to: TupleType) -> Value:
    if value.kind != "tuple" or len(value.items) != len(to.elements):
        raise _required(to)
    items = []
    for at, (item, type_) in enumerate(zip(value.items, to.elements, strict=True)):
        items += _elements([(str(at), item)], type_, "element")
    return Known(tuple(items), "tuple", span=value.span, marks=value.marks)


def _object(value: Known, to: ObjectType) -> Value:
    if value.kind not in MAPPINGS:
        raise _required(to)
    given = value.mapping
    missing = [name for name in to.attributes if name not in given and name not in to.optional]
    if missing:
        raise Mismatch(_missing(missing))
    entries = {name: _attribute(given, name, type_) for name, type_ in to.attributes.items()}
    return Known(entries, "object", span=value.span, marks=value.marks)


def _attribute(given: Mapping[str, Value], name: str, type_: Type) -> Value:
    if name not in given:
        return Known(None, "null", element=_settled(type_))
    return _elements([(f'"{name}"', given[name])], type_, "attribute")[0]


def _settled(type_: Type) -> Type:
    """The type without its optional attributes: what a value of it has."""
    if isinstance(type_, ObjectType):
        return object_of({name: _settled(inner) for name, inner in type_.attributes.items()})
    return type_


def _missing(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in sorted(names)]
    if len(quoted) == 1:
        return f"attribute {quoted[0]} is required"
    if len(quoted) == 2:
        return f"attributes {quoted[0]} and {quoted[1]} are required"
    return f"attributes {', '.join(quoted[:-1])}, and {quoted[-1]} are required"


# -- sets --------------------------------------------------------------------------------------


def make_set(items: Sequence[Value], element: Type) -> Value:
    """The set of the items, all of type `element`: each once, in Terraform's order, what is not
    known last. Where two of them may or may not be the same, how many there are is not known
    and the set is a symbol. With anything sensitive in it, the whole set is."""
    hidden = any(item.holds_sensitive() for item in items)
    unique = without_repetitions(items)
    if unique is None:
        source = Known(tuple(items), "list", element=element)
        return applied("toset", source, type_=set_of(element)).marked_sensitive(hidden)
    decided = sorted((item for item in unique if item.is_wholly_known()), key=_order)
    open_ = [item for item in unique if not item.is_wholly_known()]
    return Known((*decided, *open_), "set", element=element).marked_sensitive(hidden)


def without_repetitions(items: Sequence[Value]) -> list[Value] | None:
    """The items, the first of equal ones only; None where it cannot be told which are equal."""
    first: dict[str, Value] = {}
    for item in items:
        first.setdefault(item.key, item)
    unique = list(first.values())
    open_ = [item for item in unique if not item.is_wholly_known()]
    if len(open_) * len(unique) > _UNIQUE_CHECK**2:
        return None
    for item in open_:
        if any(same(item, other) is not False for other in unique if other is not item):
            return None
    return unique


def _order(item: Value) -> tuple[bool, bool | numbers.Number | str]:
    """Sort key within a set: primitives by value, the rest by a text of theirs; null last."""
    data = item.data if isinstance(item, Known) else None
    if isinstance(data, bool | int | Fraction | str):
        return (False, data)
    return (data is None, _text(item))


def _text(value: Value) -> str:
    """The text by which Terraform orders what has no order of its own."""
    if not isinstance(value, Known):
        return "?"
    match value.kind:
        case "null":
            return "~"
        case "bool":
            return "T" if value.data else "F"
        case "number":
            return _general(value.number())
        case "string":
            return json.dumps(value.string(), ensure_ascii=False)
        case "map":
            names = sorted(value.mapping)
            return "{" + "".join(f'"{n}":{_text(value.mapping[n])};' for n in names) + "}"
        case "object":
            names = sorted(value.mapping)
            return "<" + "".join(f"{_text(value.mapping[n])};" for n in names) + ">"
    inner = "".join(f"{_text(item)};" for item in value.items)
    return f"<{inner}>" if value.kind == "tuple" else f"[{inner}]"


def _general(number: numbers.Number) -> str:
    """Ten significant digits, as Go's `%.10g`."""
    try:
        return f"{float(number):.10g}"
    except OverflowError:
        digits, exponent = f"{Decimal(numbers.to_text(number)):.9e}".lower().split("e")
        return f"{digits.rstrip('0').rstrip('.')}e{exponent}"
