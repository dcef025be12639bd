"""Why a value is not known, and the way from it to the reason."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.values.model import Step, Symbolic, Value
from cloudlint.values.symbols import Applied, Choice, Element, Origin, Root, Symbol

_Node = Value | Symbol


def explained(value: Value) -> tuple[Origin, tuple[Step, ...]] | None:
    """The nearest origin of what is not known in a value, and the steps to it; None for a value
    that is wholly known."""
    way = _shortest_way(value)
    if way is None:
        return None
    last = way[-1]
    assert isinstance(last, Root)  # noqa: S101 - where every way ends
    return last.origin, tuple(dict.fromkeys(_steps(way)))


def _shortest_way(value: Value) -> list[_Node] | None:
    ways: list[list[_Node]] = [[value]]
    seen: set[tuple[bool, str]] = set()
    while ways:
        longer: list[list[_Node]] = []
        for way in ways:
            node = way[-1]
            if isinstance(node, Root):
                return way
            identity = (isinstance(node, Value), node.key)
            if identity not in seen:
                seen.add(identity)
                longer += ([*way, part] for part in _unknown_parts(node))
        ways = longer
    return None


def _unknown_parts(node: _Node) -> Iterator[_Node]:
    for part in _parts(node):
        if isinstance(part, Symbol) or not part.is_wholly_known():
            yield part


def _parts(node: _Node) -> Iterator[_Node]:
    """What a value or symbol is made of, causes before effects."""
    match node:
        case Symbolic():
            yield node.symbol
        case Value():
            yield from node.children()
        case Applied():
            yield from node.arguments
        case Choice():
            yield from (node.condition, node.then, node.otherwise)
        case Element():
            yield node.base
            yield node.index
        case _:
            yield from node.parents()


def _steps(way: list[_Node]) -> Iterator[Step]:
    """The trails of the values on the way, without the steps of what stands beside it: a value
    carries the trail of the first thing it was made of."""
    for at, node in enumerate(way):
        if not isinstance(node, Value):
            continue
        onward = {step for later in way[at + 1 :] for step in _trail(later)}
        beside = {step for part in _beside(way, at) for step in _trail(part)} - onward
        yield from (step for step in node.marks.trail if step not in beside)


def _beside(way: list[_Node], at: int) -> Iterator[_Node]:
    for node, taken in zip(way[at:], way[at + 1 :], strict=False):
        # The arms of a choice do not count: they carry what the choice itself came by.
        if not isinstance(node, Choice):
            yield from (part for part in _parts(node) if part is not taken)


def _trail(node: _Node) -> tuple[Step, ...]:
    return node.marks.trail if isinstance(node, Value) else ()
