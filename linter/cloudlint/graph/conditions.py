"""In which environments a condition can hold: `var.env == "dev" ? 1 : 0` makes something for
development only, `!local.is_production` nothing for production."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cloudlint.graph.environment import ALL, Environment, is_plainly_production, of_value
from cloudlint.values import Known, Value, known, same
from cloudlint.values.symbols import Applied, Attribute, Choice, Element, walk

Environments = frozenset[Environment]
_NONE: Environments = frozenset()
_NAME = re.compile(r"(?:^|[_-])(?:env|environment|stage|workspace)(?:[_-]|$)")
_TEXT_TESTS = ("startswith", "endswith", "strcontains")


class _Holds(NamedTuple):
    """Where a condition may be true, and where it may be false."""

    true: Environments
    false: Environments


_ANYWHERE = _Holds(ALL, ALL)


def environments_of(conditions: Iterable[Value]) -> Environments:
    """The environments in which all of these conditions can hold."""
    possible = ALL
    for condition in conditions:
        possible &= _holds(condition, {}).true
    return possible


def _holds(condition: Value, seen: dict[str, _Holds]) -> _Holds:
    key = condition.key
    if key not in seen:
        seen[key] = _ANYWHERE  # should it be nested too deep to be followed twice
        seen[key] = _found(condition, seen)
    return seen[key]


def _found(condition: Value, seen: dict[str, _Holds]) -> _Holds:
    symbol = condition.symbol
    if isinstance(condition, Known) and condition.kind == "bool":
        return _Holds(ALL, _NONE) if condition.truth() else _Holds(_NONE, ALL)
    if isinstance(symbol, Choice):
        return _of_choice(symbol, lambda value: _holds(value, seen), seen)
    if isinstance(symbol, Applied):
        return _of_operation(symbol, seen)
    return _ANYWHERE


def _of_choice(symbol: Choice, ask: Callable[[Value], _Holds], seen: dict[str, _Holds]) -> _Holds:
    """What is asked of both arms."""
    asked, then, otherwise = _holds(symbol.condition, seen), ask(symbol.then), ask(symbol.otherwise)
    return _Holds(
        asked.true & then.true | asked.false & otherwise.true,
        asked.true & then.false | asked.false & otherwise.false,
    )


def _of_operation(symbol: Applied, seen: dict[str, _Holds]) -> _Holds:
    match symbol.function, symbol.arguments:
        case "!", (operand,):
            return _negated(_holds(operand, seen))
        case "&&", (left, right):
            one, other = _holds(left, seen), _holds(right, seen)
            return _Holds(one.true & other.true, one.false | other.false)
        case "||", (left, right):
            one, other = _holds(left, seen), _holds(right, seen)
            return _Holds(one.true | other.true, one.false & other.false)
        case "==", (Known() as answer, operand) | (operand, Known() as answer):
            return _of_equality(operand, answer, seen)
    return _named(symbol)


def _of_equality(operand: Value, answer: Known, seen: dict[str, _Holds]) -> _Holds:
    symbol = operand.symbol
    if answer.kind == "bool":
        holds = _holds(operand, seen)
        return holds if answer.truth() else _negated(holds)
    if isinstance(symbol, Choice):
        return _of_choice(symbol, lambda arm: _of_equality(arm, answer, seen), seen)
    equal = same(operand, answer)
    if equal is None:
        return _named(Applied("==", (operand, answer)))
    return _holds(known(equal), seen)


def _negated(holds: _Holds) -> _Holds:
    return _Holds(holds.false, holds.true)


def _names_asked_for(symbol: Applied) -> Sequence[Value] | None:
    """The names of environments that a test compares with; None where it does no such thing."""
    match symbol.function, symbol.arguments:
        case "==", (Known() as name, _) | (_, Known() as name):
            return (name,)
        case "contains", (Known() as listed, _):
            return tuple(listed.items)
        case function, (_, Known() as part) if function in _TEXT_TESTS:
            return (part,)
    return None


def _named(symbol: Applied) -> _Holds:
    """Of a test of the environment's name, which is true for the names it compares with only.
    Where it is false, it is not production if one of them is just that; but there may be other
    names for the same environment (`prod-eu`)."""
    names = _names_asked_for(symbol)
    if names is None or not any(map(_names_environment, _called(symbol))):
        return _ANYWHERE
    spoken_of = {of_value(name) for name in names}
    true = ALL if None in spoken_of else frozenset(env for env in spoken_of if env)
    plain = any(map(is_plainly_production, names))
    return _Holds(true, ALL - {Environment.PRODUCTION} if plain else ALL)


def _called(symbol: Applied) -> Iterator[str]:
    """What the things are called that a test is about: variables, and parts of what is known
    only to others (`data.aws_default_tags.current.tags["environment-name"]`)."""
    for origin in symbol.origins():
        yield origin.name.rpartition(".")[2]
    for part in walk(symbol):
        if isinstance(part, Attribute):
            yield part.name
        elif isinstance(part, Element) and isinstance(part.index, Known):
            yield str(part.index.data)


def _names_environment(name: str) -> bool:
    return bool(_NAME.search(name.lower()))
