"""A block's body as a value: arguments and nested blocks, evaluated when asked for.

An argument is the value of its expression, used at the argument; nested blocks of one type are a
list of objects, whether written as blocks, made by `dynamic`, or given as an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from cloudlint.parsers.terraform import operations, syntax
from cloudlint.parsers.terraform.call_sites import CallSite
from cloudlint.parsers.terraform.config import BodyView, Located
from cloudlint.parsers.terraform.evaluate import Scope, any_pair, evaluate, pairs
from cloudlint.source import SourceFile, Span
from cloudlint.values import (
    EvaluationError,
    Known,
    Undecided,
    Value,
    applied,
    known,
    unknown,
)
from cloudlint.values.lifting import lifted

KEYWORD_ARGUMENTS = frozenset({"provider", "providers", "depends_on", "ignore_changes"})
"""Arguments that hold names of things, not values."""

_SELF_BLOCKS = frozenset({"provisioner", "connection", "lifecycle"})
"""Blocks in which a resource can refer to itself."""

Problem = Callable[[str, Span], None]


_Make = Callable[[Value, Value], Value]


class Owner(Protocol):
    """The resource that a body belongs to."""

    @property
    def value(self) -> Value:
        """What a reference to it is."""


class LazyBody(Mapping[str, Value]):
    """The entries of a block, each evaluated once, when it is first asked for.

    What Terraform would refuse is told to `problem` and becomes an unknown value. In a stub,
    `site` is the call that everything is shown at.
    """

    def __init__(
        self,
        view: BodyView,
        scope: Scope,
        problem: Problem,
        site: CallSite | None = None,
        owner: Owner | None = None,
    ) -> None:
        self._scope = scope
        self._problem = problem
        self._site = site
        self._owner = owner
        self._attributes = view.attributes()
        self._blocks = view.blocks()
        self._values: dict[str, Value] = {}
        self._running: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        yield from self._attributes
        yield from (type_ for type_ in self._blocks if type_ not in self._attributes)

    def __len__(self) -> int:
        return len(self._attributes.keys() | self._blocks.keys())

    def __contains__(self, name: object) -> bool:
        return name in self._attributes or name in self._blocks

    def __getitem__(self, name: str) -> Value:
        value = self._values.get(name)
        if value is None:
            if name in self._running:
                return self._circular(name)
            self._running.add(name)
            try:
                value = self._values[name] = self._evaluate(name)
            finally:
                self._running.discard(name)
        return value

    def _circular(self, name: str) -> Value:
        located = self._attributes.get(name)
        span = located.span if located else self._header(*self._blocks[name][0])
        self._problem(f"`{name}` depends on itself", span)
        return unknown(f"`{name}`", "depends on itself", span, scope=f"{id(self)}:")

    def is_of_blocks(self, name: str) -> bool:
        """Whether an entry is written as blocks, not as an argument."""
        return name in self._blocks and name not in self._attributes

    def add(self, name: str, value: Value) -> None:
        """Put in an entry that no argument or block gives."""
        self._blocks.setdefault(name, [])
        self._values[name] = value

    def _evaluate(self, name: str) -> Value:
        located = self._attributes.get(name)
        if located is None:
            return self._nested(name, self._blocks[name])
        value = self._argument(name, located)
        if name in self._blocks and isinstance(value, Known):
            nested = self._nested(name, self._blocks[name])
            if isinstance(nested, Known):
                return Known((*value.items, *nested.items), "list", span=value.span)
        return value

    def _argument(self, name: str, located: Located) -> Value:
        if name in KEYWORD_ARGUMENTS:
            names = names_in(located.expression, located.file)
            return names.used_at(self._site.header if self._site else located.span)
        scope = self._scope.within(located.file)
        value = guarded(name, located, scope, self._problem)
        return self._site.place(value) if self._site else value.used_at(located.span)

    def _nested(self, name: str, blocks: list[tuple[SourceFile, syntax.Block]]) -> Value:
        """All blocks of a type; symbolic where a `dynamic` one's number is not known."""
        parts = [self._made(name, file, block) for file, block in blocks]
        span = self._header(*blocks[0])
        chosen = lifted(parts, _joined)
        return (_joined(parts) if chosen is None else chosen).written_at(span)

    def _made(self, name: str, file: SourceFile, block: syntax.Block) -> Value:
        """The blocks that one block makes: itself, or what a `dynamic` one says."""
        scope = self._scope.within(file)
        if self._owner is not None and block.type in _SELF_BLOCKS:
            scope = scope.bind({"self": self._owner.value})
        if block.type == "dynamic":
            return self._dynamic(name, file, block, scope)
        return _list([block_value(file, block, scope, self._problem, self._site)])

    def _dynamic(self, name: str, file: SourceFile, block: syntax.Block, scope: Scope) -> Value:
        view = BodyView(((file, block.body),))
        content, collection = view.block("content"), view.attribute("for_each")
        if content is None or collection is None:
            problem = "a dynamic block needs `for_each` and a `content` block"
            self._problem(problem, self._header(file, block))
            return _list([])
        iterator = view.attribute("iterator")
        label = name if iterator is None else str(names_in(iterator.expression, file).python())
        labels = view.attribute("labels")

        def make(key: Value, element: Value) -> Value:
            bound = Known({"key": key, "value": element}, "object")
            around = scope.bind({label: bound})
            inner = LazyBody(content, around, self._problem, self._site)
            if labels is not None:
                inner.add("labels", guarded("labels", labels, around, self._problem))
            return Known(inner, "object", span=self._header(file, block))

        value = guarded("for_each", collection, scope, self._problem)
        chosen = lifted([value], lambda values: self._repeated(values[0], make, collection))
        return self._repeated(value, make, collection) if chosen is None else chosen

    def _repeated(self, value: Value, make: _Make, collection: Located) -> Value:
        """A block for every element of a collection."""
        if isinstance(value, Known) and value.kind == "null":
            return _list([])
        try:
            known_pairs = pairs(value)
            if known_pairs is not None:
                return _list([make(*pair) for pair in self._counted(known_pairs)])
        except EvaluationError as error:
            self._problem(str(error), collection.span)
            value = unknown("`for_each`", f"cannot be used: {error}", collection.span)
        return applied("dynamic", value, make(*any_pair(value)))

    def _counted(self, entries: Iterator[tuple[Value, Value]]) -> Iterator[tuple[Value, Value]]:
        """The entries, each counted as work."""
        for entry in entries:
            self._scope.names.spend(1)
            yield entry

    def _header(self, file: SourceFile, block: syntax.Block) -> Span:
        return self._site.header if self._site else file.span(block.start, block.header_end)


def _list(items: Sequence[Value]) -> Known:
    return Known(tuple(items), "list")


def _joined(parts: Sequence[Value]) -> Value:
    if any(not isinstance(part, Known) for part in parts):
        return applied("concat", *parts)
    return _list([item for part in parts if isinstance(part, Known) for item in part.items])


def block_value(
    file: SourceFile,
    block: syntax.Block,
    scope: Scope,
    problem: Problem,
    site: CallSite | None = None,
) -> Known:
    """A nested block as an object; its span is the block's header. Labels stand under `labels`."""
    inner = LazyBody(BodyView(((file, block.body),)), scope, problem, site)
    if block.labels:
        inner.add("labels", known([label.value for label in block.labels]))
    span = site.header if site else file.span(block.start, block.header_end)
    return Known(inner, "object", span=span)


def guarded(name: str, located: Located, scope: Scope, problem: Problem) -> Value:
    """The value of an argument; what Terraform would refuse is told and becomes unknown."""
    try:
        with operations.apart():
            return evaluate(located.expression, scope.within(located.file))
    except EvaluationError as error:
        problem(f"`{name}` cannot be evaluated: {error}", located.span)
        reason = f"cannot be evaluated: {str(error).rstrip('.')}"
    except Undecided as undecided:
        asked = undecided.value
        return applied("undecided", unknown(name, str(undecided)) if asked is None else asked)
    except RecursionError:
        problem(f"`{name}` is nested too deeply to be evaluated", located.span)
        reason = "is nested too deeply to be evaluated"
    place = f"@{located.span.place}"
    return unknown(f"`{name}`", reason, located.span, scope=place)


def names_in(node: syntax.Expression, file: SourceFile) -> Value:
    """A reference as text, a list of references as a list of texts."""
    span = file.span(node.start, node.end)
    match node:
        case syntax.Tuple(items=items):
            return Known(tuple(names_in(item, file) for item in items), "tuple", span=span)
        case syntax.Object(items=entries):
            named = {
                file.text[item.key.start : item.key.end]: names_in(item.value, file)
                for item in entries
            }
            return Known(named, "object", span=span)
        case syntax.Literal(value=value):
            return known(value, span)
    return known(file.text[node.start : node.end], span)
