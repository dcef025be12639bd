"""How often a block exists: `count` and `for_each`, whether they are known or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from cloudlint.parsers.terraform import operations
from cloudlint.parsers.terraform.evaluate import any_pair, pairs
from cloudlint.values import (
    FALSE,
    NULL,
    TRUE,
    EvaluationError,
    Known,
    Origin,
    Root,
    Symbolic,
    Template,
    Value,
    choice,
    element,
    known,
)
from cloudlint.values.convert import convert
from cloudlint.values.filtered import filtered, optional_entries
from cloudlint.values.model import outcomes
from cloudlint.values.symbols import Choice, digest
from cloudlint.values.types import NUMBER

MAX_INSTANCES = 10_000
MAX_ALTERNATIVES = 16

Shape = Literal["single", "count", "for_each"]


@dataclass(frozen=True, slots=True)
class Repetition:
    """One instance of a block with `count` or `for_each`.

    `suffix` is what follows the address (`[0]`, `["eu"]`, `[*]` for one that stands for others or
    whose key is not known); `bound` are `count` or `each`; `condition` is what the existence
    depends on, where that is not known; `open` marks the one that stands for an unknown number.
    """

    suffix: str = ""
    bound: Mapping[str, Value] = field(default_factory=dict)
    condition: Value | None = None
    open: bool = False

    @property
    def index(self) -> Value:
        """The `count.index` or `each.key`; null for the only instance."""
        for name, part in (("count", "index"), ("each", "key")):
            bound = self.bound.get(name)
            if isinstance(bound, Known):
                return bound.mapping[part]
        return NULL

    @property
    def identity(self) -> str:
        """What tells it from others with the same suffix."""
        return "" if isinstance(self.index, Known) else self.index.key


@dataclass(frozen=True, slots=True)
class Expansion:
    """All instances of a block. `shape` tells what a reference to the whole is; `collection` is
    the value of `count` or `for_each`. Where that is a choice, `sides` are what either side of it
    makes."""

    shape: Shape
    repetitions: tuple[Repetition, ...]
    collection: Value = NULL
    sides: tuple[Expansion, Expansion] | None = None

    @property
    def is_indexed(self) -> bool:
        """Whether all instances are told apart by their keys, so that the whole is a collection."""
        return not any(r.open or r.suffix == _ANY for r in self.repetitions)

    def arranged(self, values: Mapping[str, Value]) -> Value:
        """The instances' values, by suffix, in the shape in which the whole is referred to."""
        if self.sides is not None and isinstance(self.collection.symbol, Choice):
            return self._either_of(*self.sides, self.collection.symbol.condition, values)
        if self.shape == "single":
            return values[""]
        if self.shape == "count":
            return Known(tuple(values[r.suffix] for r in self.repetitions), "tuple")
        if any(r.condition is not None for r in self.repetitions):
            return filtered([(r.index, values[r.suffix], _existing(r)) for r in self.repetitions])
        entries = [(r.index, values[r.suffix]) for r in self.repetitions]
        if any(r.identity for r in self.repetitions):
            return operations.keyed(entries)
        return Known({key.string(): value for key, value in entries}, "object")

    def _either_of(
        self, then: Expansion, otherwise: Expansion, condition: Value, values: Mapping[str, Value]
    ) -> Value:
        """The instances of one side or the other: they are not compared, for that would evaluate
        all outputs of a module."""
        one, other = then.arranged(values), otherwise.arranged(values)
        if [r.suffix for r in then.repetitions] == [r.suffix for r in otherwise.repetitions]:
            return one
        return Symbolic(Choice(condition, one, other)).derived_from(condition)

    def repetition(self, index: Value) -> Repetition:
        """The instance at an index, of a block whose instances are not all known by their keys."""
        for repetition in self.repetitions:
            if repetition.index.key == index.key:
                return repetition
        return Repetition(suffix_of(index), self._bound(index))

    def _bound(self, index: Value) -> Mapping[str, Value]:
        if self.shape == "count":
            return {"count": Known({"index": index}, "object")}
        value = index
        if isinstance(self.collection, Symbolic) and self.collection.type.name != "set":
            value = element(self.collection, index)
        return {"each": Known({"key": index, "value": value}, "object")}


_ANY = "[*]"
SINGLE = Expansion("single", (Repetition(),))


def suffix_of(index: Value) -> str:
    """What stands after the address of the instance at an index, as Terraform writes it."""
    if not isinstance(index, Known):
        return _ANY
    if index.kind != "string":
        return f"[{index}]"
    text = index.string().replace("\\", "\\\\").replace('"', '\\"')
    for plain, escaped in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'["{text.replace("${", "$${").replace("%{", "%%{")}"]'


def by_count(value: Value) -> Expansion:
    """Raises `EvaluationError` for what is no count."""
    if isinstance(value, Known):
        return Expansion("count", tuple(map(_counted, range(_count(value)))), value)
    if _is_choice(value):
        return _either(value, by_count)
    index = _any_index(value)
    bound = {"count": Known({"index": index}, "object")}
    return Expansion("count", (Repetition("[*]", bound, open=True),), value)


def _any_index(count: Value) -> Value:
    """The index that stands for all those below a count that is not known."""
    cause = next(count.symbol.origins(), None) if count.symbol else None
    reason = f"is not known: `count` depends on {cause}" if cause else "is not known"
    origin = Origin("count.index", reason, count.place, cause.settle if cause else "")
    return Symbolic(Root(origin, scope=f"{count.key}:"), NUMBER, span=count.place)


def _counted(index: int) -> Repetition:
    return Repetition(f"[{index}]", {"count": Known({"index": known(index)}, "object")})


def _count(value: Value) -> int:
    try:
        converted = convert(value, NUMBER)
    except EvaluationError:
        converted = NULL
    if not isinstance(converted, Known) or converted.kind != "number":
        raise EvaluationError(f"`count` must be a whole number, not {value}")
    number = converted.number()
    if number.denominator != 1 or number < 0:
        raise EvaluationError(f"`count` must be a whole number of at least 0, not {converted}")
    if number > MAX_INSTANCES:
        raise EvaluationError(f"`count` is {converted}; cloudlint follows up to {MAX_INSTANCES}")
    return int(number)


def by_for_each(value: Value) -> Expansion:
    """Raises `EvaluationError` for what cannot be iterated over."""
    if _is_choice(value):
        return _either(value, by_for_each)
    if value.type.name in ("tuple", "list"):
        raise EvaluationError("`for_each` takes a map or a set of strings, not a list: use toset()")
    optional = optional_entries(value)
    if optional is not None:
        return Expansion("for_each", tuple(map(_optional, optional)), value)
    known_pairs = pairs(value)
    if known_pairs is None:
        bound = _each(*any_pair(value))
        return Expansion("for_each", (Repetition("[*]", bound, open=True),), value)
    listed = [(_checked_key(key), item) for key, item in known_pairs]
    several = sum(not isinstance(key, Known) for key, _ in listed) > 1
    repetitions = [
        Repetition(_told_apart(key) if several else suffix_of(key), _each(key, item))
        for key, item in listed
    ]
    if len(repetitions) > MAX_INSTANCES:
        raise EvaluationError(f"`for_each` has more than {MAX_INSTANCES} elements")
    return Expansion("for_each", tuple(repetitions), value)


def _optional(entry: tuple[Value, Value, Value]) -> Repetition:
    key, item, exists = entry
    condition = None if exists.truth() is True else exists
    return Repetition(suffix_of(_checked_key(key)), _each(key, item), condition)


def _told_apart(key: Value) -> str:
    """The suffix of one of several instances whose keys differ, known or not."""
    if isinstance(key, Known):
        return suffix_of(key)
    text = key.text if isinstance(key, Template) else f"${{{key}}}"
    shown = text.replace('"', "'").replace("\\", "/")
    if len(shown) > _LONGEST_TEXT or shown != text:
        shown = f"{shown[:_LONGEST_TEXT]}…{digest(key.key)[:8]}"
    return f'["{shown}"]'


_LONGEST_TEXT = 60


def _each(key: Value, value: Value) -> Mapping[str, Value]:
    return {"each": Known({"key": key, "value": value}, "object")}


def _checked_key(key: Value) -> Value:
    if isinstance(key, Known) and key.kind != "string":
        raise EvaluationError(f"`for_each` takes a set of strings, not one that holds {key}")
    return key


# -- either of two -----------------------------------------------------------------------------


def _is_choice(value: Value) -> bool:
    return isinstance(value.symbol, Choice) and outcomes(value) <= MAX_ALTERNATIVES


def _either(value: Value, expand: Callable[[Value], Expansion]) -> Expansion:
    """The instances that one side of a choice or the other makes."""
    symbol = value.symbol
    assert isinstance(symbol, Choice)  # noqa: S101 - what `_is_choice` answers
    sides: list[Expansion] = []
    errors: list[EvaluationError] = []
    for arm in (symbol.then, symbol.otherwise):
        try:
            sides.append(expand(arm))
        except EvaluationError as error:
            errors.append(error)
    if not sides:
        raise errors[0]
    if len(sides) == 1:  # Terraform would refuse the other side
        return sides[0]
    then, otherwise = sides
    repetitions = tuple(_merged(symbol.condition, then, otherwise))
    if not (then.is_indexed and otherwise.is_indexed):
        return Expansion(then.shape, repetitions, value)
    return Expansion(then.shape, repetitions, value, (then, otherwise))


def _merged(condition: Value, then: Expansion, otherwise: Expansion) -> list[Repetition]:
    """The instances of both sides; one that both have is one instance."""
    left, right = ({r.suffix: r for r in side.repetitions} for side in (then, otherwise))
    merged = []
    for suffix in left | right:
        one, other = left.get(suffix), right.get(suffix)
        either = one or other
        assert either is not None  # noqa: S101 - the suffix is one of theirs
        bound = either.bound if one is None or other is None else _bound(condition, one, other)
        exists = _exists(condition, one, other)
        merged.append(Repetition(suffix, bound, exists, either.open))
    return merged


def _exists(condition: Value, one: Repetition | None, other: Repetition | None) -> Value | None:
    """What an instance depends on that one side of a choice or both have; None for nothing."""
    first, second = _existing(one), _existing(other)
    if (first.truth(), second.truth()) == (False, True):
        return operations.unary("!", condition)
    exists = operations.conditional(condition, lambda: first, lambda: second)
    return None if exists.truth() is True else exists


def _existing(repetition: Repetition | None) -> Value:
    if repetition is None:
        return FALSE
    return TRUE if repetition.condition is None else repetition.condition


def _bound(condition: Value, one: Repetition, other: Repetition) -> Mapping[str, Value]:
    each, second = one.bound.get("each"), other.bound.get("each")
    if not isinstance(each, Known) or not isinstance(second, Known):
        return one.bound
    value = choice(condition, each.mapping["value"], second.mapping["value"])
    return _each(each.mapping["key"], value)
