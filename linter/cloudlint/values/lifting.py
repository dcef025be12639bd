"""Operations on values of which some are one of two: done for both, the choice kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cloudlint.values.model import Symbolic, Value, choice, outcomes
from cloudlint.values.symbols import Choice
from cloudlint.values.types import ANY, unify
from cloudlint.values.undecided import EvaluationError

_MAX_OUTCOMES = 16


def lifted(arguments: Sequence[Value], compute: Callable[[Sequence[Value]], Value]) -> Value | None:
    """`compute(arguments)` done with either side of every argument that is a choice.

    None where no argument is a choice, where that would be too many computations, or where only
    one side has a value; raises EvaluationError where neither has.
    """
    total = 1
    for argument in arguments:
        total *= outcomes(argument)
        if total > _MAX_OUTCOMES:
            return None
    return _split(arguments, compute) if total > 1 else None


def _split(arguments: Sequence[Value], compute: Callable[[Sequence[Value]], Value]) -> Value | None:
    decisive = next((a for a in arguments if isinstance(a.symbol, Choice)), None)
    symbol = None if decisive is None else decisive.symbol
    if decisive is None or not isinstance(symbol, Choice):
        return compute(arguments)
    arms: list[Value] = []
    errors: list[EvaluationError] = []
    for side in (True, False):
        taken = [_taking(argument, symbol.condition.key, side) for argument in arguments]
        try:
            arm = _split(taken, compute)
        except EvaluationError as error:
            errors.append(error)
        else:
            if arm is None:
                return None
            arms.append(arm)
    if len(errors) == 2:
        raise errors[0]
    if errors:
        return None
    type_ = unify([arms[0].type, arms[1].type]) or ANY
    return choice(symbol.condition, arms[0], arms[1], type_).on_the_trail_of(decisive)


def _taking(value: Value, condition: str, side: bool) -> Value:
    """The arm of a choice by this condition; any other value as it is."""
    while isinstance(value, Symbolic) and isinstance(value.symbol, Choice):
        symbol = value.symbol
        if symbol.condition.key != condition:
            break
        value = (symbol.then if side else symbol.otherwise).derived_from(value)
    return value
