"""Unknown things that have an identity.

A symbol says *what* is unknown (`var.region`, `aws_subnet.a.id`, `upper(var.name)`): two symbols
with the same `key` are the same value whatever it will turn out to be. Every symbol leads back to
the roots that make it unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cloudlint.source import Span

if TYPE_CHECKING:
    from cloudlint.values.model import Value

_READABLE = 160


def digest(text: str) -> str:
    """What stands for a text that is too long to be kept whole."""
    # Imported late: a Dockerfile is checked before it is needed.
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """Why something is unknown: `name` (`var.multi_az`) `reason` (`has no value`), and where it is
    declared. `settle` is the option by which a user could tell: `--var multi_az`, or nothing."""

    name: str
    reason: str
    span: Span | None = None
    settle: str = ""

    def __str__(self) -> str:
        place = f" ({self.span.path}:{self.span.first.line})" if self.span else ""
        return f"{self.name}{place} {self.reason}"


class Symbol:
    """Base of all symbols; `key` is the identity, `str()` the text for people."""

    @cached_property
    def key(self) -> str:
        """Readable while short, a digest of itself when long."""
        # Keys are made from the innermost symbol outwards: chains are longer than Python's stack.
        pending = self._keyless()
        while pending:
            inner = pending[-1]._keyless()
            if inner:
                pending += inner
            else:
                pending.pop().key  # noqa: B018 - kept once computed
        text = self._identity()
        if len(text) <= _READABLE:
            return text
        return f"{text[:40]}…{digest(text)}"

    def _keyless(self) -> list[Symbol]:
        """The symbols it is made of whose keys are yet to be made."""
        own = (base for base in self.bases() if "key" not in base.__dict__)
        return [*own, *(s for value in self.operands() for s in _keyless_in(value))]

    def _identity(self) -> str:
        raise NotImplementedError

    @cached_property
    def text(self) -> str:
        """What people read, cut short where it is long: symbols share parts, so that written out
        they could be longer than any file."""
        try:
            text = self._written()
        except RecursionError:  # nested deeper than anybody reads
            return "…"
        return text if len(text) <= _READABLE else f"{text[: _READABLE - 1]}…"

    def _written(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return self.text

    def bases(self) -> Iterator[Symbol]:
        """The symbol that it is a part of."""
        return iter(())

    def operands(self) -> Sequence[Value]:
        """The values that it is made of."""
        return ()

    def parents(self) -> Iterator[Symbol]:
        """The symbols this one is made of."""
        yield from self.bases()
        for value in self.operands():
            yield from symbols_in(value)

    def origins(self) -> Iterator[Origin]:
        """The roots that make it unknown, nearest first, each once; what decides a choice comes
        before what there is to choose from."""
        seen: set[str] = set()
        for symbol in walk(self):
            for origin in symbol._own_origins():
                if origin.name not in seen:
                    seen.add(origin.name)
                    yield origin

    def _own_origins(self) -> Iterator[Origin]:
        return iter(())


class Root(Symbol):
    """Something unknown by itself. `scope` keeps the `var.x` of two roots apart; `distinct` says
    that elements at different positions in it are different values (zone names); `unique` names
    the attributes in which no two roots of the same `kind` ever agree (an `id`). `attribute` and
    `element` answer for what is known of its parts nevertheless: what a resource's configuration
    says, the instance of a resource at an index."""

    def __init__(
        self,
        origin: Origin,
        *,
        scope: str = "",
        kind: str = "",
        address: str = "",
        distinct: frozenset[str] = frozenset(),
        unique: frozenset[str] = frozenset(),
        attribute: Callable[[str], Value | None] | None = None,
        element: Callable[[Value], Value] | None = None,
    ) -> None:
        self.origin = origin
        self.scope = scope
        self.kind = kind
        self.address = address
        self.distinct = distinct
        self.unique = unique
        self.attribute = attribute
        self.element = element

    def _own_origins(self) -> Iterator[Origin]:
        yield self.origin

    def _identity(self) -> str:
        return f"{self.scope}{self.origin.name}"

    def _written(self) -> str:
        return self.origin.name


class Attribute(Symbol):
    """`base.name`."""

    def __init__(self, base: Symbol, name: str) -> None:
        self.base = base
        self.name = name

    def _identity(self) -> str:
        return f"{self.base.key}.{self.name}"

    def _written(self) -> str:
        return f"{self.base}.{self.name}"

    def bases(self) -> Iterator[Symbol]:
        yield self.base


class Element(Symbol):
    """`base[index]`; the index may itself be unknown."""

    def __init__(self, base: Symbol, index: Value) -> None:
        self.base = base
        self.index = index

    def _identity(self) -> str:
        return f"{self.base.key}[{self.index.key}]"

    def _written(self) -> str:
        return f"{self.base}[{self.index}]"

    def bases(self) -> Iterator[Symbol]:
        yield self.base

    def operands(self) -> Sequence[Value]:
        return (self.index,)


class Applied(Symbol):
    """A function or operator applied to arguments of which at least one is not known. `element`
    answers for what is known of its parts nevertheless, None where nothing is."""

    def __init__(
        self,
        function: str,
        arguments: tuple[Value, ...],
        element: Callable[[Value], Value | None] | None = None,
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.element = element

    def _identity(self) -> str:
        return f"{self.function}({','.join(argument.key for argument in self.arguments)})"

    def _written(self) -> str:
        if self.function.isidentifier() or len(self.arguments) != 2:
            return f"{self.function}({', '.join(map(str, self.arguments))})"
        left, right = self.arguments
        return f"{left} {self.function} {right}"

    def operands(self) -> Sequence[Value]:
        return self.arguments


class Choice(Symbol):
    """One of two values, by a condition that is not known; of `outcomes` values where these are
    choices themselves."""

    def __init__(self, condition: Value, then: Value, otherwise: Value) -> None:
        self.condition = condition
        self.then = then
        self.otherwise = otherwise
        arms = (then.symbol, otherwise.symbol)
        self.outcomes: int = sum(arm.outcomes if isinstance(arm, Choice) else 1 for arm in arms)

    def _own_origins(self) -> Iterator[Origin]:
        for symbol in symbols_in(self.condition):
            yield from symbol.origins()

    def _identity(self) -> str:
        return f"({self.condition.key}?{self.then.key}:{self.otherwise.key})"

    def _written(self) -> str:
        return f"{self.condition} ? {self.then} : {self.otherwise}"

    def operands(self) -> Sequence[Value]:
        return self.condition, self.then, self.otherwise


def symbols_in(value: Value) -> Iterator[Symbol]:
    """The symbols a value directly holds, those of its elements included."""
    stack = [value]
    while stack:
        current = stack.pop()
        symbol = current.symbol
        if symbol is not None:
            yield symbol
        else:
            stack.extend(reversed(list(current.children())))


def _keyless_in(value: Value) -> Iterator[Symbol]:
    """The symbols a value holds whose keys are yet to be made; not those of collections that have
    one themselves."""
    stack = [value]
    while stack:
        current = stack.pop()
        symbol = current.symbol
        if symbol is None:
            if not current.is_keyed:
                stack.extend(reversed(list(current.children())))
        elif "key" not in symbol.__dict__:
            yield symbol


def walk(symbol: Symbol) -> Iterator[Symbol]:
    """The symbol and all it is made of, nearest first, each once."""
    seen: set[str] = set()
    level = [symbol]
    while level:
        below: list[Symbol] = []
        for current in level:
            if current.key not in seen:
                seen.add(current.key)
                yield current
                below.extend(current.parents())
        level = below
