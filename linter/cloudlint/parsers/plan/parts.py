"""Parts of a planned resource: what the plan, its configuration and the sources say of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from cloudlint.parsers.plan.model import Json, mapping, sequence
from cloudlint.parsers.plan.references import Target
from cloudlint.source import Span
from cloudlint.values import Known, Value, known
from cloudlint.values.model import MAPPINGS

T = TypeVar("T")
_MAX_PAIRED = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A resource, or an argument, nested block or element of one.

    `unknown` and `secrets` have the shape of `data`, with `true` where it is so. `expression` is
    the expression of an argument, whose elements share it, or the expressions of a block; None
    where the plan does not show them. `written` is the value in the sources, `is_exact` says that
    it is the value for this very instance. `references` are what each reference of the expression
    leads to.
    """

    path: str
    data: Json
    unknown: Json
    secrets: tuple[Json, ...]
    expression: Json
    written: Value | None
    is_exact: bool
    span: Span
    is_block: bool = True
    is_element: bool = False
    references: tuple[tuple[Target, ...], ...] = ()
    depth: int = 0

    @property
    def is_unknown(self) -> bool:
        return self.unknown is True or (self.data is None and holds_true(self.unknown))

    @property
    def is_secret(self) -> bool:
        return any(secret is True for secret in self.secrets)

    @property
    def has_expression(self) -> bool:
        """Whether `expression` is one, not the expressions of a block."""
        expression = self.expression
        if self.is_block or not isinstance(expression, dict):
            return False
        return (
            not expression
            or "constant_value" in expression
            or isinstance(expression.get("references"), list)
        )

    def entry(self, name: str) -> Part:
        """The argument, nested block or element of a name."""
        shared = self.has_expression
        return self._below(
            f"{self.path}.{name}",
            mapping(self.data).get(name),
            mapping(self.unknown).get(name),
            tuple(s is True or mapping(s).get(name) for s in self.secrets),
            self.expression if shared else mapping(self.expression).get(name),
            self.written.mapping.get(name) if isinstance(self.written, Known) else None,
        )

    def items(self) -> Iterator[Part]:
        """The elements of a list, each with the block that it comes from where that shows."""
        data, unknown = sequence(self.data), sequence(self.unknown)
        written = self.written.items if isinstance(self.written, Known) else ()
        values = paired(data, written, _contradicts)
        blocks = paired(data, sequence(self.expression), _contradicts_expressions)
        shared = self.has_expression
        for at, (item, is_unknown) in enumerate(zip_longest(data, unknown)):
            yield self._below(
                f"{self.path}[{at}]",
                item,
                is_unknown,
                tuple(s is True or _at(sequence(s), at) for s in self.secrets),
                self.expression if shared else _at(blocks, at),
                _at(values, at),
                is_block=not shared,
            )

    def _below(
        self,
        path: str,
        data: Json,
        unknown: Json,
        secrets: tuple[Json, ...],
        expression: Json,
        written: Value | None,
        *,
        is_block: bool = False,
    ) -> Part:
        place = written.place if written is not None else None
        shared = self.has_expression
        return Part(
            path, data, unknown, secrets, expression, written, self.is_exact, place or self.span,
            is_block, shared, self.references if shared else (), self.depth + 1,
        )  # fmt: skip

    def may_set(self, name: str) -> bool:
        """Whether an entry may have been given: true where that does not show."""
        shows = self.expression is not None and not self.has_expression
        if isinstance(self.written, Known) and self.written.kind in MAPPINGS:
            if name in self.written.mapping:
                return True
            shows = shows or self.is_exact
        return not shows or name in mapping(self.expression)

    def names(self, *, all_unknown: bool = False) -> Iterator[str]:
        """The entries that are there: those with a value, and those that will have one because
        the configuration sets them; with `all_unknown` also those that the provider sets."""
        data, unknown = mapping(self.data), mapping(self.unknown)
        for name in dict.fromkeys((*data, *unknown)):
            entry = data.get(name)
            if entry is None and holds_true(unknown.get(name)):
                is_there = all_unknown or self.may_set(name)
            elif entry == "" or entry == [] or entry == {}:
                # Providers keep these of what nobody gave.
                is_there = self.may_set(name)
            else:
                is_there = entry is not None
            if is_there:
                yield name

    @property
    def targets(self) -> list[Target]:
        """What the expression refers to, in order."""
        return [target for reference in self.references for target in reference]

    def referring(self, references: Sequence[Sequence[Target]]) -> Part:
        return replace(self, references=tuple(map(tuple, references)))


def holds_true(data: Json) -> bool:
    """Whether there is a `true` in it, at any depth."""
    stack = [data]
    while stack:
        current = stack.pop()
        if current is True:
            return True
        stack.extend(mapping(current).values() or sequence(current))
    return False


def distributed(items: list[Part], references: Sequence[Sequence[Target]]) -> list[Part]:
    """The unknown elements of a list, with a reference each where it shows which is whose: there
    is one reference for each element, or one to a resource with as many instances."""
    each: Sequence[Sequence[Target]] = references
    if len(references) == 1 and [len(target.instances) for target in references[0]] == [len(items)]:
        each = [[single] for single in references[0][0].singles()]
    if len(each) != len(items) or not all(map(_fits, items, each)):
        return items
    return [
        item.referring([own]) if item.is_unknown else item
        for item, own in zip(items, each, strict=True)
    ]


def _fits(item: Part, own: Sequence[Target]) -> bool:
    if item.is_unknown:
        return len(own) == 1 and len(own[0].instances) == 1
    return not own or any(target.holding(item.data) for target in own)


def paired(
    data: Sequence[Json], blocks: Sequence[T], contradicts: Callable[[Json, T], bool]
) -> list[T]:
    """The block of each element, where there are as many: sets come in an order of their own.
    Nothing where there are not."""
    if len(blocks) != len(data):
        return []
    if len(blocks) > _MAX_PAIRED:
        return list(blocks)
    rest = list(blocks)
    found = []
    for item in data:
        fitting = (at for at, block in enumerate(rest) if not contradicts(item, block))
        found.append(rest.pop(next(fitting, 0)))
    return found


def _contradicts(data: Json, value: Value) -> bool:
    if not isinstance(value, Known):
        return False
    if isinstance(data, dict):
        shared = (name for name in data if name in value.mapping)
        return any(_differ(data[name], _plain(value.mapping[name])) for name in shared)
    return _differ(data, _plain(value))


def _contradicts_expressions(data: Json, block: Json) -> bool:
    expressions = mapping(block)
    constants = {name: mapping(e).get("constant_value") for name, e in expressions.items()}
    return any(_differ(entry, constants.get(name)) for name, entry in mapping(data).items())


def _plain(value: Value) -> Json:
    is_scalar = isinstance(value, Known) and value.kind in ("bool", "number", "string")
    return value.data if is_scalar else None  # type: ignore[attr-defined]


def _differ(one: Json, other: Json) -> bool:
    """Whether two known scalars differ, written as texts: the provider converts."""
    if isinstance(one, dict | list | None) or isinstance(other, dict | list | None):
        return False
    return _text(one) != _text(other)


def _text(data: Json) -> str:
    return data if isinstance(data, str) else str(known(data))  # type: ignore[arg-type]


def _at(items: Sequence[T], index: int) -> T | None:
    return items[index] if index < len(items) else None
