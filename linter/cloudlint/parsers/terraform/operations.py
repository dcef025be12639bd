"""Terraform's operators on known, symbolic and partly known values.

Everything here raises `EvaluationError` for what Terraform would refuse, and answers with a
symbolic value where it cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from cloudlint.values import (
    FALSE,
    TRUE,
    EvaluationError,
    Known,
    Root,
    Symbolic,
    Value,
    applied,
    choice,
    compare,
    known,
    model,
    numbers,
    same,
    unknown,
)
from cloudlint.values.convert import convert, shuffled, unshuffled, without_repetitions
from cloudlint.values.lifting import lifted
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.numbers import Number
from cloudlint.values.symbols import Applied
from cloudlint.values.types import (
    ANY,
    BOOL,
    NUMBER,
    PRIMITIVES,
    STRING,
    ObjectType,
    Type,
    element_types,
    friendly,
    list_of,
    unify,
)

MAX_CANDIDATES = 16
"""Of how many elements an unknown index keeps the choice; of more, it is just unknown."""

_NULL_OPERAND = "Error during operation: argument must not be null."
_NO_ELEMENT = "The given key does not identify an element in this collection value"
_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": numbers.add,
    "-": lambda left, right: numbers.add(left, -right),
    "*": numbers.multiply,
    "/": numbers.divide,
    "%": numbers.remainder,
}
_ORDER: dict[str, Callable[[Number, Number], bool]] = {
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


# -- what may fail -----------------------------------------------------------------------------

_doubts: ContextVar[list[Value] | None] = ContextVar("doubts", default=None)


def doubt(value: Value) -> None:
    """Note, for a `try` or `can` around, that Terraform may yet refuse what led to `value`."""
    doubts = _doubts.get()
    if doubts is not None:
        doubts.append(value)


@contextmanager
def apart() -> Iterator[None]:
    """Evaluate something that is no part of the `try` or `can` at hand (a local value that it
    refers to): what may fail there does not concern it."""
    token = _doubts.set(None)
    try:
        yield
    finally:
        _doubts.reset(token)


def attempt(name: str, attempts: Sequence[Callable[[], Value]]) -> Value:
    """`try` or `can` of expressions: an attempt that may fail leaves a choice."""
    if name == "can" and len(attempts) != 1:
        raise EvaluationError(_wrong_count(len(attempts)))
    if not attempts:
        message = "at least one argument is required"
        raise EvaluationError(f'Call to function "try" failed: {message}.')
    return _can(attempts[0]) if name == "can" else _try(attempts)


def _wrong_count(count: int) -> str:
    if count:
        return 'Function "can" expects only 1 argument(s).'
    return 'Function "can" expects 1 argument(s). Missing value for "expression".'


def _attempted(thunk: Callable[[], Value]) -> tuple[Value | EvaluationError, list[Value]]:
    """A value or the error, and on account of what Terraform may refuse the value nevertheless."""
    doubts: list[Value] = []
    token = _doubts.set(doubts)
    try:
        return thunk(), doubts
    except EvaluationError as error:
        return error, []
    finally:
        _doubts.reset(token)


def _has_value(result: Value, doubts: Sequence[Value]) -> Value:
    """Whether Terraform accepts what led to a value; of a known one the doubts tell why not."""
    causes = doubts[:1] if result.symbol is None else ()
    return applied("can", result, *causes, type_=BOOL)


def _can(thunk: Callable[[], Value]) -> Value:
    result, doubts = _attempted(thunk)
    if isinstance(result, EvaluationError):
        return FALSE
    return _has_value(result, doubts) if doubts else TRUE


def _try(attempts: Sequence[Callable[[], Value]]) -> Value:
    candidates: list[tuple[Value, list[Value]]] = []
    errors: list[EvaluationError] = []
    for thunk in attempts:
        result, doubts = _attempted(thunk)
        if isinstance(result, EvaluationError):
            errors.append(result)
            continue
        candidates.append((result, doubts))
        if not doubts:
            break
    if not candidates:
        reasons = "; ".join(map(str, errors))
        raise EvaluationError(f'Call to function "try" failed: no expression succeeded: {reasons}')
    *doubted, (value, _) = candidates
    for candidate, doubts in reversed(doubted):
        value = choice(_has_value(candidate, doubts), candidate, value)
    return value


# -- operators ---------------------------------------------------------------------------------


def binary(operator: str, left: Value, right: Value) -> Value:
    """`left operator right`."""
    if operator in ("==", "!="):
        equal = equality(left, right)
        return equal if operator == "==" else unary("!", equal)
    type_ = BOOL if operator in ("&&", "||") else NUMBER
    operands = (_operand(left, type_, "left"), _operand(right, type_, "right"))
    for operand in operands:
        _refuse_null(operand)

    def compute(values: Sequence[Value]) -> Value:
        return _compute(operator, *values)

    if operator not in ("&&", "||"):
        result = lifted(operands, compute)
        if result is not None:
            return result
    return compute(operands)


def decides(operator: str, left: Value) -> bool:
    """Whether the right side is of no account, even where it has no value: so since
    Terraform 1.12, and what an earlier one refuses is never deployed by it."""
    if operator not in ("&&", "||"):
        return False
    return left.truth() is (operator == "||")


def _operand(value: Value, type_: Type, which: str) -> Value:
    try:
        return convert(value, type_)
    except EvaluationError as error:
        raise EvaluationError(f"Unsuitable value for {which} operand: {error}.") from None


def _refuse_null(operand: Value) -> None:
    if isinstance(operand, Known) and operand.kind == "null":
        raise EvaluationError(_NULL_OPERAND)
    if isinstance(operand, Symbolic):
        doubt(operand)


def _compute(operator: str, left: Value, right: Value) -> Value:
    for operand in (left, right):
        _refuse_null(operand)
    if operator in ("&&", "||"):
        return _logic(operator, left, right)
    if isinstance(left, Known) and isinstance(right, Known):
        result = _calculate(operator, left.number(), right.number())
        return known(result).derived_from(left, right)
    return applied(operator, left, right, type_=NUMBER if operator in _ARITHMETIC else BOOL)


def _calculate(operator: str, left: Number, right: Number) -> Number | bool:
    if operator in _ORDER:
        return _ORDER[operator](left, right)
    if right == 0 and operator == "%":
        return left
    try:
        return _ARITHMETIC[operator](left, right)
    except ZeroDivisionError:
        raise EvaluationError("Error during operation: division by zero.") from None


def _logic(operator: str, left: Value, right: Value) -> Value:
    """A known side decides or leaves the answer to the other side."""
    deciding = operator == "||"
    for one, other in ((left, right), (right, left)):
        answer = one.truth()
        if answer is not None:
            result = known(deciding) if answer is deciding else other
            return result.written_at(None).derived_from(left, right)
    if left.key == right.key:
        return left
    return applied(operator, left, right, type_=BOOL)


def equality(left: Value, right: Value) -> Value:
    """`left == right`: nothing is converted, values of different types differ."""
    answer = same(left, right)
    if answer is None and _different_types(left, right):
        answer = False
    if answer is None:
        return applied("==", left, right, type_=BOOL)
    return known(answer).derived_from(left, right)


def _different_types(left: Value, right: Value) -> bool:
    """Whether two values differ by their types: both are settled, and one value is not null."""
    if not any(isinstance(value, Known) and value.kind != "null" for value in (left, right)):
        return False
    return left.type != right.type and _is_settled(left.type) and _is_settled(right.type)


def _is_settled(type_: Type) -> bool:
    return type_ != ANY and all(map(_is_settled, element_types(type_)))


def unary(operator: str, value: Value) -> Value:
    """`-value` or `!value`."""
    type_ = NUMBER if operator == "-" else BOOL
    operand = _operand(value, type_, "unary")
    _refuse_null(operand)
    if isinstance(operand, Known):
        result = known(-operand.number() if operator == "-" else not operand.data)
        return result.derived_from(operand)
    symbol = operand.symbol
    if isinstance(symbol, Applied) and (symbol.function, len(symbol.arguments)) == (operator, 1):
        return symbol.arguments[0]
    chosen = lifted([operand], lambda values: unary(operator, values[0]))
    return applied(operator, operand, type_=type_) if chosen is None else chosen


# -- conditional -------------------------------------------------------------------------------


def to_bool(value: Value, what: str) -> bool | None:
    """The truth of a condition, None where it is not known; `what` names it in messages."""
    try:
        converted = convert(value, BOOL)
    except EvaluationError as error:
        raise EvaluationError(f"{what} must be a bool: {error}.") from None
    if isinstance(converted, Known) and converted.kind == "null":
        raise EvaluationError(f"{what} is null.")
    return converted.truth()


def conditional(
    condition: Value,
    then: Callable[[], Value],
    otherwise: Callable[[], Value],
    types: tuple[Type, Type] = (ANY, ANY),
) -> Value:
    """`condition ? then : otherwise`. Both sides are evaluated, for both decide the type; an
    error in the one not taken is none, and its type then the one in `types`."""
    answer = to_bool(condition, "The condition")
    if answer is None:
        return _undecided_conditional(convert(condition, BOOL), then, otherwise)
    taken = (then if answer else otherwise)()
    other = _other(*((otherwise, types[1]) if answer else (then, types[0])))
    type_ = _conditional_type(taken, other, answer)
    result = convert(taken, type_).chosen_by(condition)
    return result.marked_sensitive() if condition.sensitive else result


def _other(thunk: Callable[[], Value], type_: Type) -> Type:
    """The type of the side not taken, `type_` where it has no value."""
    with apart():
        try:
            return thunk().type
        except EvaluationError:
            return type_


def _conditional_type(taken: Value, other: Type, answer: bool) -> Type:
    if other == ANY:
        return ANY
    if _is_bare_null(taken):
        return other
    type_ = unify([taken.type, other])
    if type_ is None:
        names = [friendly(taken.type), friendly(other)]
        then, otherwise = names if answer else reversed(names)
        raise EvaluationError(
            "The true and false result expressions must have consistent types. "
            f"The 'true' value is {then}, but the 'false' value is {otherwise}."
        )
    return type_


def _is_bare_null(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null" and value.type == ANY


def _undecided_conditional(
    condition: Value, then: Callable[[], Value], otherwise: Callable[[], Value]
) -> Value:
    first, second = _side(then), _side(otherwise)
    if isinstance(first, EvaluationError):
        if isinstance(second, EvaluationError):
            raise first
        return choice(condition, _failing(first), second)
    if isinstance(second, EvaluationError):
        return choice(condition, first, _failing(second))
    type_ = _conditional_type(first, second.type, True)
    one, other = convert(first, type_), convert(second, type_)
    if type_ == BOOL and (one.truth(), other.truth()) == (True, False):
        return condition
    return choice(condition, one, other, type_)


def _side(thunk: Callable[[], Value]) -> Value | EvaluationError:
    try:
        return thunk()
    except EvaluationError as error:
        return error


def _failing(error: EvaluationError) -> Value:
    failing = unknown("a side of a conditional", f"has no value: {error}")
    doubt(failing)
    return failing


# -- parts -------------------------------------------------------------------------------------


def attribute(value: Value, name: str) -> Value:
    """`value.name`."""
    result = lifted([value], lambda values: attribute(values[0], name))
    if result is not None:
        return result
    if isinstance(value, Symbolic):
        return _unknown_attribute(value, name)
    if not isinstance(value, Known) or value.kind in ("string", "number", "bool"):
        type_ = friendly(value.type)
        raise EvaluationError(f"Can't access attributes on a primitive-typed value ({type_}).")
    if value.kind == "null":
        raise EvaluationError("This value is null, so it does not have any attributes.")
    if value.kind not in MAPPINGS:
        raise EvaluationError("This value does not have any attributes.")
    found = value.mapping.get(name)
    if found is not None:
        return found.derived_from(value)
    if value.kind == "map":
        raise EvaluationError(f'This map does not have an element with the key "{name}".')
    raise EvaluationError(f'This object does not have an attribute named "{name}".')


def _unknown_attribute(value: Symbolic, name: str) -> Value:
    type_ = value.type
    if type_ in PRIMITIVES:
        raise EvaluationError(f"Can't access attributes on a primitive-typed value ({type_}).")
    if type_ != ANY and type_.name not in MAPPINGS:
        raise EvaluationError("This value does not have any attributes.")
    declared = isinstance(type_, ObjectType)
    if isinstance(type_, ObjectType) and name not in type_.attributes:
        raise EvaluationError(f'This object does not have an attribute named "{name}".')
    result = model.attribute(value, name)
    if not declared and not _has_schema(value):
        doubt(value if result.symbol is None else result)
    return result


def _has_schema(value: Symbolic) -> bool:
    """Whether a provider says what attributes there are, so that none is missing."""
    return isinstance(value.symbol, Root) and bool(value.symbol.address)


def index(value: Value, key: Value) -> Value:
    """`value[key]`."""
    result = lifted([value, key], lambda values: index(*values))
    if result is not None:
        return result
    if isinstance(value, Known) and value.kind == "null":
        raise EvaluationError("This value is null, so it does not have any indices.")
    if isinstance(key, Known) and key.kind == "null":
        raise EvaluationError("Can't use a null value as an indexing key.")
    if value.type.name == "set":
        raise EvaluationError(
            "Elements of a set are identified only by their value and don't have any separate "
            "index or key to select with."
        )
    if value.type in PRIMITIVES:
        raise EvaluationError("This value does not have any indices.")
    return _index(value, key)


def _index(value: Value, key: Value) -> Value:
    type_ = {"list": NUMBER, "tuple": NUMBER, "map": STRING, "object": STRING}.get(value.type.name)
    try:
        converted = convert(key, type_ or ANY)
    except EvaluationError as error:
        raise EvaluationError(f"{_NO_ELEMENT}: {error}.") from None
    if isinstance(value, Symbolic):
        result = model.element(value, converted)
        doubt(value if result.symbol is None else result)
        return result
    if not isinstance(value, Known):
        raise EvaluationError("This value does not have any indices.")
    if not isinstance(converted, Known):
        result = any_element(value, converted)
        doubt(result)
        return result
    found = _entry(value, converted) if value.kind in MAPPINGS else _item(value, converted.number())
    return found.derived_from(value, converted)


def _entry(value: Known, key: Known) -> Value:
    found = value.mapping.get(key.string())
    if found is None:
        raise EvaluationError(f"{_NO_ELEMENT}.")
    return found


def _item(value: Known, at: Number) -> Value:
    if not value.items:
        raise EvaluationError(f"{_NO_ELEMENT}: the collection has no elements.")
    if at.denominator != 1:
        raise EvaluationError(
            f"{_NO_ELEMENT}: indexing a sequence requires a whole number, but the given index "
            "has a fractional part."
        )
    if at < 0:
        raise EvaluationError(
            f"{_NO_ELEMENT}: a negative number is not a valid index for a sequence."
        )
    if at >= len(value.items):
        raise EvaluationError(
            f"{_NO_ELEMENT}: the given index is greater than or equal to the length of the "
            "collection."
        )
    return value.items[int(at)]


def any_element(value: Known, key: Value) -> Value:
    """The element of a known collection at a key that is not known: one of those there are."""
    entries: list[tuple[Value, Value]]
    if value.kind in MAPPINGS:
        entries = [(known(name), item) for name, item in value.mapping.items()]
    else:
        entries = [(known(at), item) for at, item in enumerate(value.items)]
    if not entries:
        raise EvaluationError(f"{_NO_ELEMENT}: the collection has no elements.")
    if len(entries) > MAX_CANDIDATES:
        return applied("index", value, key)
    result = entries[-1][1]
    for name, item in reversed(entries[:-1]):
        result = choice(equality(key, name), item, result, unify([item.type, result.type]) or ANY)
    return result.derived_from(value, key)


# -- objects with keys that are not known ---------------------------------------------------------


def keyed(entries: Sequence[tuple[Value, Value]]) -> Symbolic:
    """An object of which not all keys are known; an element is known for one of its keys."""

    def element(wanted: Value) -> Value | None:
        return next((item for key, item in entries if same(key, wanted)), None)

    return applied("object", *(part for entry in entries for part in entry), element=element)


def entries(value: Value) -> list[tuple[Value, Value]] | None:
    """The keys and elements of an object whose keys are known to differ, though not what they
    are; None for anything else."""
    symbol = value.symbol
    if not isinstance(symbol, Applied) or symbol.function != "object":
        return None
    keys = symbol.arguments[::2]
    unique = without_repetitions(keys)
    if unique is None or len(unique) < len(keys):
        return None
    return list(zip(keys, symbol.arguments[1::2], strict=True))


def in_some_order(items: Sequence[Value], cause: Value, type_: Type = ANY) -> Known:
    """A list of these elements in an order that hangs on `cause`."""
    source = Known(tuple(items), "tuple")
    if len(items) < 2 or _are_alike(items):
        return source
    return shuffled("shuffled", source, type_, cause)


def _are_alike(items: Sequence[Value]) -> bool:
    """Whether these are one primitive, so that their order does not matter."""
    primitive = all(isinstance(item, Known) and item.type in PRIMITIVES for item in items)
    return primitive and len({item.key for item in items}) == 1


# -- splat -------------------------------------------------------------------------------------


def splat(value: Value, each: Callable[[Value], Value], *, full: bool = True) -> Value:
    """`value[*]` (`value.*` where `full` is false), with `each` done for every element. What is
    no list counts as a list of one, null as none."""
    result = lifted([value], lambda values: splat(values[0], each, full=full))
    if result is not None:
        return result
    if isinstance(value, Symbolic):
        return _unknown_splat(value, each)
    if not isinstance(value, Known):
        return Known((each(value),), "tuple")
    if value.kind == "null":
        return _null_splat(value)
    if value.kind not in SEQUENCES:
        return Known((each(value),), "tuple")
    source = convert(value, list_of(ANY)) if value.kind == "set" else value
    listed = tuple(source)
    loose = unshuffled(listed)
    items = [each(item.derived_from(value)) for item in loose]
    if loose is not listed:
        return in_some_order(items, value).derived_from(value)
    result = Known(tuple(items), "tuple").derived_from(value)
    return result if value.kind == "tuple" else _as_list(result)


def _null_splat(value: Known) -> Value:
    if value.type.name in SEQUENCES:
        raise EvaluationError(
            "Splat expressions (with the * symbol) cannot be applied to null sequences."
        )
    return Known((), "tuple").derived_from(value)


def _as_list(value: Value) -> Value:
    try:
        return convert(value, list_of(ANY))
    except EvaluationError:
        return value


def _unknown_splat(value: Symbolic, each: Callable[[Value], Value]) -> Value:
    if _is_one(value):
        return Known((each(value),), "tuple")
    _, item = any_pair(value)
    result = each(item)
    type_ = list_of(result.type) if value.type.name in ("list", "set") else ANY
    if result.key == item.key and type_ != ANY:
        return convert(value, type_)

    def at(key: Value) -> Value | None:
        return each(model.element(value, key)) if value.type.name != "set" else None

    return applied("splat", value, result, type_=type_, element=at)


def _is_one(value: Symbolic) -> bool:
    """Whether an unknown is surely a single value, neither a list nor null."""
    single = value.type != ANY and value.type.name not in SEQUENCES
    return single and compare.never_null(value)


def any_pair(value: Symbolic) -> tuple[Value, Value]:
    """A key and an element that stand for all those of an unknown collection."""
    key = applied("each_key", value, type_=STRING if value.type.name in MAPPINGS else ANY)
    return key, model.element(value, key)
