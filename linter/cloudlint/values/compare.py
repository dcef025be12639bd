"""Comparing values that may not be known: three-valued, without any conversion."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cloudlint.values.model import MAPPINGS, SEQUENCES, Known, Symbolic, Template, Value
from cloudlint.values.symbols import Applied, Attribute, Choice, Element, Root, Symbol
from cloudlint.values.undecided import Undecided


def same(left: Value, right: Value) -> bool | None:
    """Whether two values are equal: three-valued, without any conversion."""
    if left.key == right.key:
        return True
    if isinstance(left, Known) and isinstance(right, Known):
        return _same_known(left, right)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Symbolic) and isinstance(one.symbol, Choice):
            answer = agreed(one.symbol, lambda arm, other=other: same(arm, other))  # type: ignore[misc]
            if answer is not None:
                return answer
    return False if _distinct(left, right) else None


def _same_known(left: Known, right: Known) -> bool | None:
    if left.kind != right.kind:
        return False
    if left.kind in MAPPINGS:
        if set(left.mapping) != set(right.mapping):
            return False
        return _all(same(left.mapping[name], right.mapping[name]) for name in left.mapping)
    if left.kind == "set":
        return _same_sets(left.items, right.items)
    if left.kind in SEQUENCES:
        if len(left.items) != len(right.items):
            return False
        return _all(same(a, b) for a, b in zip(left.items, right.items, strict=True))
    return left.data == right.data


def _same_sets(left: tuple[Value, ...], right: tuple[Value, ...]) -> bool | None:
    if {item.key for item in left} == {item.key for item in right}:
        return True
    if all(item.is_wholly_known() for item in (*left, *right)):
        return False
    return None


def _all(answers: Iterator[bool | None]) -> bool | None:
    verdict: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        verdict = None if answer is None else verdict
    return verdict


def agreed(symbol: Choice, ask: Callable[[Value], bool | None]) -> bool | None:
    """The answer on which both arms of a choice agree."""
    answer = ask(symbol.then)
    return answer if answer is not None and ask(symbol.otherwise) is answer else None


def nullness(value: Value) -> bool | None:
    try:
        return value.is_null
    except Undecided:
        return None


def _distinct(left: Value, right: Value) -> bool:
    """Whether two values, at least one of them unknown, can be shown to differ."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Known) and one.kind != "string":
            if one.kind == "null":
                return never_null(other)
            return isinstance(other, Template)
    return _distinct_texts(_parts(left), _parts(right))


_ALWAYS_COMPUTED = frozenset(
    {"id", "identifier", "cluster_identifier", "bucket", "name", "dns_name"}
)
"""Attributes that a provider fills in where the configuration does not, on any resource."""


_MAYBE_NULL = frozenset(
    {
        "conditional",
        "element",
        "ephemeralasnull",
        "index",
        "jsondecode",
        "lookup",
        "one",
        "templatefile",
        "try",
    }
    | {"object", "templatefile", "try", "yamldecode"}
)


def never_null(value: Value) -> bool:
    """Whether an unknown is known not to be null: what a provider computes never is."""
    symbol = value.symbol
    if symbol is None:
        return not isinstance(value, Known) or value.kind != "null"
    match symbol:
        case Root():
            return bool(symbol.kind)
        case Attribute(base=Root() as base, name=name):
            return name in base.unique | base.distinct or (
                _is_provided(base) and name in _ALWAYS_COMPUTED
            )
        case Applied(function=function):
            return function not in _MAYBE_NULL and "::" not in function
    return False


def _is_provided(root: Root) -> bool:
    """Whether a provider says what attributes there are: of modules, outputs may be null."""
    return root.kind not in ("", "module")


def _parts(value: Value) -> list[str | Value]:
    """A text as its known and unknown parts; the unknown parts are symbolic."""
    if isinstance(value, Template):
        return list(value.parts)
    return [value.string()] if isinstance(value, Known) else [value]


def _distinct_texts(left: list[str | Value], right: list[str | Value]) -> bool:
    """Two texts differ when, equal ends taken off, they begin or end with different known text,
    or known text is left on one side only, or two symbols are left that differ."""
    if _strip_common(left, right, 0) or _strip_common(left, right, -1):
        return True
    if not left or not right:
        return any(isinstance(part, str) for part in (*left, *right))
    if len(left) == len(right) == 1:
        one, other = left[0], right[0]
        if isinstance(one, Symbolic) and isinstance(other, Symbolic):
            return _distinct_symbols(one.symbol, other.symbol)
    return False


def _strip_common(left: list[str | Value], right: list[str | Value], at: int) -> bool:
    """Take the equal parts off one end (0 or -1) of both; True where known text there differs."""
    while left and right:
        one, other = left[at], right[at]
        if isinstance(one, str) and isinstance(other, str):
            size = min(len(one), len(other))
            if _end(one, size, at) != _end(other, size, at):
                return True
            for parts, text in ((left, one), (right, other)):
                rest = text[size:] if at == 0 else text[: len(text) - size]
                parts[at : at + 1 or None] = [rest] if rest else []
        elif isinstance(one, Value) and isinstance(other, Value) and one.key == other.key:
            left.pop(at)
            right.pop(at)
        else:
            return False
    return False


def _end(text: str, size: int, at: int) -> str:
    return text[:size] if at == 0 else text[len(text) - size :]


def _distinct_symbols(left: Symbol, right: Symbol) -> bool:
    if isinstance(left, Element) and isinstance(right, Element) and left.base.key == right.base.key:
        return has_distinct_elements(left.base) and same(left.index, right.index) is False
    if isinstance(left, Attribute) and isinstance(right, Attribute) and left.name == right.name:
        return _distinct_roots(left.base, right.base, left.name)
    return False


def has_distinct_elements(base: Symbol) -> bool:
    """Whether elements at different positions surely are different."""
    return (
        isinstance(base, Attribute)
        and isinstance(base.base, Root)
        and base.name in base.base.distinct
    )


def _distinct_roots(left: Symbol, right: Symbol, name: str) -> bool:
    return (
        isinstance(left, Root)
        and isinstance(right, Root)
        and left.kind == right.kind
        and name in left.unique
        and left.key != right.key
    )
