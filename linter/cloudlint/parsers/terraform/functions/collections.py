"""Functions on lists and tuples, and on collections of any kind.

All are structural: elements keep their identity, and what holds whatever the unknown ones turn
out to be is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cloudlint.parsers.terraform import operations
from cloudlint.parsers.terraform.functions.limits import whole
from cloudlint.parsers.terraform.functions.registry import (
    Result,
    failed,
    function,
    invalid,
    unsettled,
)
from cloudlint.values import (
    FALSE,
    NULL,
    TRUE,
    EvaluationError,
    Known,
    Root,
    Symbolic,
    Template,
    Value,
    applied,
    choice,
    compare,
    known,
    model,
)
from cloudlint.values.convert import convert, shuffled, unshuffled, without_repetitions
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.numbers import Number, add
from cloudlint.values.symbols import Applied, Attribute, Element
from cloudlint.values.types import (
    ANY,
    BOOL,
    NUMBER,
    PRIMITIVES,
    STRING,
    TupleType,
    Type,
    friendly,
    list_of,
    part_type,
    unify,
)

MAX_RANGE = 1024
"""Terraform's own limit."""

_MAX_DOUBTFUL = 4


def is_set(value: Value) -> bool | None:
    """Whether a value is neither null nor an empty string; None where that is not known."""
    if isinstance(value, Known):
        return value.kind != "null" and value.data != ""
    if isinstance(value, Template):
        return True if any(isinstance(part, str) for part in value.parts) else None
    symbol = value.symbol
    if isinstance(symbol, Attribute) and isinstance(symbol.base, Root):
        return True if symbol.name in symbol.base.unique else None
    settled = value.type not in (ANY, STRING)
    return True if settled and compare.never_null(value) else None


def _set_condition(value: Value) -> Value:
    return applied("is_set", value, type_=BOOL)


# -- truth of many -----------------------------------------------------------------------------


@function("alltrue", structural=True)
def alltrue(values: Value) -> Value:
    return _combined("alltrue", values, deciding=False)


@function("anytrue", structural=True)
def anytrue(values: Value) -> Value:
    return _combined("anytrue", values, deciding=True)


def _combined(name: str, values: Value, *, deciding: bool) -> Value:
    if not isinstance(values, Known):
        return unsettled(name, BOOL, values)
    open_: list[Value] = []
    for item in unshuffled(values.items):
        answer = item.truth()
        if answer is deciding:
            return known(deciding).derived_from(item)
        if answer is None:
            open_.append(item)
    if len(open_) == 1 and compare.never_null(open_[0]):
        return open_[0]
    return unsettled(name, BOOL, values) if open_ else known(not deciding)


# -- the first that is something -----------------------------------------------------------------


@function("coalesce", structural=True)
def coalesce(*values: Value) -> Value:
    type_ = unify(value.type for value in values) if values else None
    if type_ is None:
        raise failed("coalesce", "all arguments must have the same type")
    return _first([convert(value, type_) for value in values], type_)


def _first(values: Sequence[Value], type_: Type) -> Value:
    candidates: list[Value] = []
    for value in values:
        answer = is_set(value)
        if answer is not False:
            candidates.append(value)
        if answer:
            break
    if not candidates:
        raise failed("coalesce", "no non-null, non-empty-string arguments")
    result = candidates.pop()
    for candidate in reversed(candidates):
        result = choice(_set_condition(candidate), candidate, result, type_)
    return result


@function("coalescelist", structural=True)
def coalescelist(*lists: Value) -> Value:
    if not lists:
        raise failed("coalescelist", "at least one argument is required")
    refusal = failed("coalescelist", "coalescelist arguments must be lists or tuples")
    for value in lists:
        _require_list(value, refusal)
    candidates: list[Value] = []
    for value in lists:
        if not isinstance(value, Known) or value.items:
            candidates.append(value)
        if isinstance(value, Known) and value.items:
            break
    if not candidates:
        raise failed("coalescelist", "no non-null arguments")
    result = candidates.pop()
    for candidate in reversed(candidates):
        filled = operations.binary(">", length(candidate), known(0))
        result = choice(filled, candidate, result, unify([candidate.type, result.type]) or ANY)
    return result


def _require_list(
    value: Value, error: EvaluationError, kinds: Sequence[str] = ("list", "tuple")
) -> None:
    """Raise where a value is surely not of one of these kinds."""
    if value.type.name not in kinds and not (value.type == ANY and isinstance(value, Symbolic)):
        raise error


@function("compact", structural=True)
def compact(values: Value) -> Value:
    if not isinstance(values, Known):
        return unsettled("compact", list_of(STRING), values)
    answers = [(item, is_set(item)) for item in values.items]
    if sum(answer is None for _, answer in answers) > _MAX_DOUBTFUL:
        return unsettled("compact", list_of(STRING), values)
    return _compacted(answers, ())


def _compacted(answers: Sequence[tuple[Value, bool | None]], kept: tuple[Value, ...]) -> Value:
    for at, (item, answer) in enumerate(answers):
        if answer is None:
            rest = answers[at + 1 :]
            longer, shorter = _compacted(rest, (*kept, item)), _compacted(rest, kept)
            return choice(_set_condition(item), longer, shorter, list_of(STRING))
        if answer:
            kept = (*kept, item)
    return Known(kept, "list", element=STRING)


# -- lists from lists --------------------------------------------------------------------------


@function("concat", structural=True)
def concat(*lists: Value) -> Value:
    if not lists:
        raise failed("concat", "at least one argument is required")
    for value in lists:
        reason = f"all arguments must be lists or tuples; got {friendly(value.type)}"
        _require_list(value, invalid("seqs", reason))
    pieces = _joined_pieces(lists)
    if len(pieces) == 1:
        return _as_uniform(pieces[0], lists)
    return _concatenated(pieces, _uniform_type(lists) or ANY)


def _joined_pieces(lists: Iterable[Value]) -> list[Value]:
    """The lists with neighbours that are known made one, empty ones left out."""
    pieces: list[Value] = []
    for value in lists:
        symbol = value.symbol
        if isinstance(symbol, Applied) and symbol.function == "concat":
            pieces += symbol.arguments
        elif not isinstance(value, Known):
            pieces.append(value)
        elif pieces and isinstance(pieces[-1], Known):
            items = (*pieces[-1].items, *_carried(value))
            pieces[-1] = Known(items, "tuple").derived_from(pieces[-1], value)
        else:
            pieces.append(Known(_carried(value), "tuple").derived_from(value))
    filled = [piece for piece in pieces if not isinstance(piece, Known) or piece.items]
    return filled or [Known((), "tuple")]


def _carried(value: Known) -> tuple[Value, ...]:
    """The elements, carrying what the collection carries."""
    return tuple(item.derived_from(value) for item in value.items)


def _uniform_type(lists: Sequence[Value]) -> Type | None:
    """The type of a list of all elements, where every argument is a list."""
    if any(value.type.name != "list" for value in lists):
        return None
    element = unify(part_type(value.type, None) for value in lists)
    return None if element is None else list_of(element)


def _as_uniform(piece: Value, lists: Sequence[Value]) -> Value:
    type_ = _uniform_type(lists)
    return piece if type_ is None else convert(piece, type_)


def _concatenated(pieces: Sequence[Value], type_: Type) -> Symbolic:
    def at(index: Value) -> Value | None:
        position = index.data if isinstance(index, Known) else None
        if not isinstance(position, int):
            return None
        return _positioned(pieces, position)

    return applied("concat", *pieces, type_=type_, element=at)


def _positioned(pieces: Sequence[Value], position: int) -> Value | None:
    """The element at a position of lists one after the other, as far as their lengths are known."""
    for piece in pieces:
        if not isinstance(piece, Known):
            return None
        if position < len(piece.items):
            return piece.items[position]
        position -= len(piece.items)
    return None


@function("flatten", structural=True)
def flatten(values: Value) -> Value:
    reason = "can only flatten lists, sets and tuples"
    _require_list(values, failed("flatten", reason), SEQUENCES)
    loose = _loosened(values)
    if loose is not None:
        flat = flatten(loose)
        if isinstance(flat, Known):
            return operations.in_some_order(flat.items, values)
        return unsettled("flatten", ANY, values)
    pieces = _joined_pieces(_flat_pieces(values))
    return pieces[0] if len(pieces) == 1 else _concatenated(pieces, ANY)


def _loosened(values: Value) -> Known | None:
    """The elements of a list whose order is not known, in any order; None for any other value."""
    if not isinstance(values, Known) or values.kind not in ("list", "tuple"):
        return None
    loose = unshuffled(values.items)
    return None if loose is values.items else Known(tuple(loose), "tuple").derived_from(values)


def _flat_pieces(value: Value) -> list[Value]:
    """Lists that one after the other are the flattened value."""
    if isinstance(value, Symbolic):
        return [_flat_unknown(value)]
    if not isinstance(value, Known) or value.kind not in SEQUENCES:
        return [Known((value,), "tuple")]
    ordered = convert(value, list_of(ANY)) if value.kind == "set" else value
    pieces: list[Value] = []
    for item in ordered.children():
        carried = item.derived_from(value)
        pieces += [Known((carried,), "tuple")] if _is_single(item) else _flat_pieces(carried)
    return pieces


def _is_single(value: Value) -> bool:
    """Whether an element surely is no list itself."""
    if not isinstance(value, Symbolic):
        return not isinstance(value, Known) or value.kind not in SEQUENCES
    return value.type.name in ("string", "number", "bool", *MAPPINGS) or _is_text(value)


def _is_text(value: Symbolic) -> bool:
    """Whether a value of no declared type is a text nevertheless: an `id`, the name of a zone."""
    symbol = value.symbol
    if isinstance(symbol, Attribute) and isinstance(symbol.base, Root):
        return symbol.name in symbol.base.unique
    return isinstance(symbol, Element) and compare.has_distinct_elements(symbol.base)


def _flat_unknown(value: Symbolic) -> Value:
    element = part_type(value.type, None)
    if value.type.name == "list" and element in PRIMITIVES:
        return value
    symbol = value.symbol
    if isinstance(symbol, Applied) and symbol.function == "flatten":
        return value
    return unsettled("flatten", ANY, value)


@function("chunklist", structural=True)
def chunklist(values: Value, size: Value) -> Value:
    count = _whole(size, "chunklist", "size")
    if count is not None and count < 0:
        raise failed("chunklist", "the size argument must be positive")
    if count is None or not isinstance(values, Known):
        return unsettled("chunklist", list_of(values.type), values, size)
    items, width = values.items, count or max(len(values.items), 1)
    chunks = [
        Known(items[at : at + width], "list", element=values.element)
        for at in range(0, len(items), width)
    ]
    return Known(tuple(chunks), "list", element=list_of(values.element))


def _whole(number: Value, name: str, what: str) -> int | None:
    """The whole number given as an argument; None where it is not known."""
    if not isinstance(number, Known):
        return None
    try:
        return whole(number.number())
    except EvaluationError as error:
        raise failed(name, f"invalid {what}: {error}") from None


@function("distinct", structural=True)
def distinct(values: Value) -> Value:
    loose = _loosened(values)
    if loose is not None:
        unique = without_repetitions(loose.items)
        if unique is not None:
            return operations.in_some_order(unique, values, part_type(values.type, None))
        return unsettled("distinct", values.type, values)
    unique = without_repetitions(values.items) if isinstance(values, Known) else None
    if unique is None:
        return unsettled("distinct", values.type, values)
    return Known(tuple(unique), "list", element=part_type(values.type, None))


@function("reverse", structural=True)
def reverse(values: Value) -> Value:
    reason = f"can only reverse list or tuple values, not {friendly(values.type)}"
    _require_list(values, invalid("list", reason), SEQUENCES)
    if values.type.name == "set":
        values = convert(values, list_of(ANY))
    if not isinstance(values, Known):
        return unsettled("reverse", values.type if values.type.name == "list" else ANY, values)
    return Known(values.items[::-1], values.kind, element=values.element)


@function("slice", structural=True)
def slice_(values: Value, start: Value, end: Value) -> Value:
    if values.type.name == "set":
        raise invalid("list", "cannot slice a set, because its elements do not have indices")
    _require_list(values, invalid("list", "must be a list or tuple value"))
    first = _index_argument(start, "start")
    last = _index_argument(end, "end")
    if first is not None and last is not None:
        _check_slice(first, last, len(values.items) if isinstance(values, Known) else None)
    if isinstance(values, Known) and first is not None and last is not None:
        return Known(values.items[first:last], values.kind, element=values.element)
    return _unknown_slice(values, first, last, (start, end))


def _index_argument(value: Value, which: str) -> int | None:
    try:
        index = whole(value.number()) if isinstance(value, Known) else None
    except EvaluationError as error:
        raise invalid(f"{which}_index", f"invalid {which} index: {error}") from None
    if index is not None and index < 0:
        raise invalid(f"{which}_index", f"{which} index must not be less than zero")
    return index


def _check_slice(first: int, last: int, size: int | None) -> None:
    if size is not None and last > size:
        reason = "end index must not be greater than the length of the list"
        raise invalid("end_index", reason)
    if first > last:
        raise invalid("start_index", "start index must not be greater than end index")


def _unknown_slice(
    values: Value, first: int | None, last: int | None, limits: tuple[Value, Value]
) -> Value:
    """Of an unknown list, the elements by their positions: Terraform refuses a slice that is
    longer than the list."""
    element = part_type(values.type, None)
    bounded = first is not None and last is not None and last - first <= MAX_RANGE
    if isinstance(values, Symbolic) and bounded:
        items = tuple(model.element(values, known(at)) for at in range(first or 0, last or 0))
        operations.doubt(values)
        return Known(items, "list" if element != ANY else "tuple", element=element)
    type_ = list_of(element) if values.type.name == "list" else ANY
    return unsettled("slice", type_, values, *limits)


@function("sort", structural=True)
def sort(values: Value) -> Value:
    if not isinstance(values, Known):
        return unsettled("sort", list_of(STRING), values)
    for at, item in enumerate(values.items):
        if isinstance(item, Known) and item.kind == "null":
            raise failed("sort", f"given list element {at} is null; a null string cannot be sorted")
    if len(values.items) < 2:
        return values
    if not values.is_wholly_known():
        return shuffled("sort", values, STRING)
    return Known(
        tuple(sorted(values.items, key=lambda item: item.string())), "list", element=STRING
    )


@function("range")
def range_(*limits: Number) -> Result:
    if not 1 <= len(limits) <= 3:
        raise failed("range", "must have one, two, or three arguments")
    start, end = (0, limits[0]) if len(limits) == 1 else limits[:2]
    step: Number = limits[2] if len(limits) == 3 else 1 if start <= end else -1
    if step < 0 and start < end:
        raise invalid("params", "end must be less than start when step is negative")
    if step > 0 and start > end:
        raise invalid("params", "end must be greater than start when step is positive")
    numbers: list[Number] = []
    while start < end if step >= 0 else start > end:
        if len(numbers) == MAX_RANGE:
            raise failed(
                "range",
                f"more than {MAX_RANGE} values were generated; either decrease the difference "
                "between start and end or use a smaller step",
            )
        numbers.append(start)
        start = add(start, step)
    return Known(tuple(map(known, numbers)), "list", element=NUMBER)


# -- one element -------------------------------------------------------------------------------


@function("element", structural=True)
def element(values: Value, index: Value) -> Value:
    reason = f"cannot read elements from {friendly(values.type)}"
    _require_list(values, failed("element", reason))
    at = _whole(index, "element", "index")
    if at is not None and at < 0:
        raise failed("element", "cannot use element function with a negative index")
    if not isinstance(values, Known):
        return _unknown_element(values, index, at)
    if not values.items:
        raise failed("element", "cannot use element function with an empty list")
    if at is not None:
        return values.items[at % len(values.items)]
    return operations.any_element(values, _wrapped(index, len(values.items)))


def _wrapped(index: Value, size: int) -> Value:
    return operations.binary("%", index, known(size)) if size > 1 else known(0)


def _unknown_element(values: Value, index: Value, at: int | None) -> Value:
    """The first is the first however long the list; of a region's zones there are two at least.
    Any other position may be beyond the end and count from the start again."""
    symbol = values.symbol
    sure = 1 if symbol is not None and compare.has_distinct_elements(symbol) else 0
    if isinstance(values, Symbolic) and at is not None:
        if at <= sure:
            operations.doubt(values)
            return model.element(values, index)
        if isinstance(symbol, Applied) and symbol.element is not None:
            found = symbol.element(index)
            if found is not None:
                return found
    return unsettled("element", part_type(values.type, None), values, index)


@function("index", structural=True)
def index(values: Value, wanted: Value) -> Value:
    _require_list(values, failed("index", "argument must be a list or tuple"))
    if not isinstance(values, Known):
        return unsettled("index", NUMBER, values, wanted)
    if not values.items:
        raise failed("index", "cannot search an empty list")
    for at, item in enumerate(values.items):
        answer = operations.equality(item, wanted).truth()
        if answer is None:
            return unsettled("index", NUMBER, values, wanted)
        if answer:
            return known(at)
    raise failed("index", "item not found")


@function("one", structural=True)
def one(values: Value) -> Value:
    reason = "must be a list, set, or tuple value with either zero or one elements"
    _require_list(values, invalid("list", reason), SEQUENCES)
    part = part_type(values.type, None)
    if isinstance(values, Known):
        if len(values.items) > 1:
            raise invalid("list", reason)
        return values.items[0] if values.items else Known(None, "null", element=part)
    if not isinstance(values, Symbolic) or values.type.name == "set":
        return unsettled("one", part, values)
    filled = operations.binary(">", length(values), known(0))
    return choice(filled, model.element(values, known(0)), NULL, part)


# -- questions ---------------------------------------------------------------------------------


@function("contains", structural=True)
def contains(values: Value, wanted: Value) -> Value:
    _require_list(values, failed("contains", "argument must be list, tuple, or set"), SEQUENCES)
    items = _sure_members(values)
    answers = [operations.equality(item, wanted).truth() for item in items]
    if any(answers):
        return TRUE
    if isinstance(values, Known) and None not in answers:
        return FALSE
    return unsettled("contains", BOOL, values, wanted)


def _sure_members(value: Value) -> list[Value]:
    """Elements that surely are in a collection, all of them where it is known."""
    if isinstance(value, Known):
        return list(unshuffled(value.items))
    symbol = value.symbol
    if not isinstance(symbol, Applied):
        return []
    if symbol.function in ("concat", "distinct", "toset", "reverse", "setunion"):
        return [item for argument in symbol.arguments for item in _sure_members(argument)]
    return []


@function("length", structural=True)
def length(value: Value) -> Value:
    if isinstance(value, Known):
        return known(_known_length(value))
    if isinstance(value.type, TupleType):
        return known(len(value.type.elements))
    if value.type in (NUMBER, BOOL):
        raise _no_length()
    entries = operations.entries(value)
    return unsettled("length", NUMBER, value) if entries is None else known(len(entries))


def _known_length(value: Known) -> int:
    if value.kind == "string":
        from cloudlint.parsers.terraform.functions.strings import graphemes

        return len(graphemes(value.string()))
    if value.kind in SEQUENCES or value.kind in MAPPINGS:
        return len(value)
    raise _no_length()


def _no_length() -> EvaluationError:
    reason = "argument must be a string, a collection type, or a structural type"
    return failed("length", reason)


# -- numbers -----------------------------------------------------------------------------------


@function("max", structural=True)
def max_(*numbers: Value) -> Value:
    return _extreme("max", numbers, max)


@function("min", structural=True)
def min_(*numbers: Value) -> Value:
    return _extreme("min", numbers, min)


def _extreme(
    name: str, numbers: Sequence[Value], pick: Callable[[Iterable[Number]], Number]
) -> Value:
    if not numbers:
        raise failed(name, "must pass at least one number")
    open_ = list({value.key: value for value in numbers if not isinstance(value, Known)}.values())
    decided = [value.number() for value in numbers if isinstance(value, Known)]
    arguments = [*open_, known(pick(decided))] if decided else open_
    return arguments[0] if len(arguments) == 1 else unsettled(name, NUMBER, *arguments)


@function("sum", structural=True)
def sum_(values: Value) -> Value:
    if values.type in PRIMITIVES:
        raise invalid("list", "cannot sum noniterable")
    _require_list(values, invalid("list", "argument must be list, set, or tuple"), SEQUENCES)
    if not isinstance(values, Known):
        return unsettled("sum", NUMBER, values)
    if not values.items:
        raise invalid("list", "cannot sum an empty list")
    return _added([_summand(item) for item in unshuffled(values.items)])


def _summand(item: Value) -> Value:
    error = invalid("list", "argument must be list, set, or tuple of number values")
    if isinstance(item, Known) and item.kind == "null":
        raise error
    try:
        return convert(item, NUMBER)
    except EvaluationError:
        raise error from None


def _added(numbers: Sequence[Value]) -> Value:
    """The sum; what is known is added up first."""
    ordered = sorted(numbers, key=lambda number: not isinstance(number, Known))
    total = ordered[0]
    for number in ordered[1:]:
        total = operations.binary("+", total, number)
    return total
