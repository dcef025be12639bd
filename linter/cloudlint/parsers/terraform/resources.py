"""Instances of resources, and what a reference to them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cloudlint.parsers.terraform import data_sources
from cloudlint.parsers.terraform.body import LazyBody
from cloudlint.parsers.terraform.config import Declaration, Mode
from cloudlint.parsers.terraform.expansion import Expansion, Repetition
from cloudlint.source import Span
from cloudlint.values import Known, Origin, Root, Symbolic, Value
from cloudlint.values.lifting import lifted
from cloudlint.values.types import ANY, map_of

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.module import ModuleInstance

UNIQUE = frozenset({"id", "arn", "self_link"})
OBJECT = map_of(ANY)


@dataclass(slots=True, eq=False)
class ResourceInstance:
    """One instance of a resource, data source or unreadable module call.

    `address` is Terraform's (`module.db["eu"].aws_db_instance.main[0]`); `mode` is `call` for a
    module call whose source is not at hand, with the source as its type.
    """

    module: ModuleInstance
    mode: Mode | Literal["call"]
    type: str
    name: str
    address: str
    declaration: Declaration
    repetition: Repetition
    body: Known = field(init=False)
    _value: Symbolic | None = None

    @property
    def header(self) -> Span:
        """Where it is declared, or where the module is called that is known to declare it."""
        return self.module.shown(self.declaration.header)

    @property
    def conditions(self) -> list[Value]:
        """What has to be true for it to exist, as far as that is not known."""
        own = self.repetition.condition
        return [*([] if own is None else [own]), *self.module.conditions]

    @property
    def value(self) -> Symbolic:
        """What a reference to it is: known by its configuration where that decides, else only to
        the provider."""
        if self._value is None:
            identity = data_sources.identity(self) or f"{self.module.scope}{self.address}"
            shared = self.module.root.shared
            if identity not in shared:
                shared[identity] = self._symbol()
            self._value = shared[identity]
        return self._value

    def _symbol(self) -> Symbolic:
        module = self.module
        origin = Origin(self.address, data_sources.reason(self), self.header)
        root = Root(
            origin,
            scope=module.scope + self.repetition.identity,
            kind=f"data.{self.type}" if self.mode == "data" else self.type,
            address=module.root.scope + self.address,
            unique=UNIQUE if self.mode == "managed" else frozenset(),
            distinct=data_sources.DISTINCT.get(self.type, frozenset()),
            attribute=self._attribute,
        )
        return Symbolic(root, OBJECT, span=self.header)

    def _attribute(self, name: str) -> Value | None:
        """What the configuration says of an attribute; None where the provider decides."""
        if self.mode == "data":
            computed = data_sources.attribute(self, name)
            if computed is not None:
                return computed
        return self._written(self.body.mapping, name, self.address)

    def _written(self, body: Mapping[str, Value], name: str, path: str) -> Value | None:
        if name not in body:
            return None
        value = body[name]
        if isinstance(value, Known) and value.kind == "null":
            return None
        if isinstance(body, LazyBody) and body.is_of_blocks(name):
            opened = lifted([value], lambda values: self._opened(values[0], f"{path}.{name}"))
            return self._opened(value, f"{path}.{name}") if opened is None else opened
        return value

    def _opened(self, blocks: Value, path: str) -> Value:
        """Blocks as references see them: what they do not say, the provider may."""
        if not isinstance(blocks, Known):
            return blocks
        opened = [self._open(block, f"{path}[{at}]") for at, block in enumerate(blocks.items)]
        return Known(tuple(opened), "list", span=blocks.span, marks=blocks.marks)

    def _open(self, block: Value, path: str) -> Value:
        if not isinstance(block, Known):
            return block
        root = Root(
            Origin(path, data_sources.reason(self), block.span),
            scope=self.module.scope + self.repetition.identity,
            address=self.module.root.scope + self.address,
            attribute=lambda name: self._written(block.mapping, name, path),
        )
        return Symbolic(root, OBJECT, span=block.span)


def make(
    module: ModuleInstance, mode: Mode, declaration: Declaration, repetition: Repetition
) -> ResourceInstance:
    """One instance of a resource or data source."""
    type_, name = declaration.labels
    address = stem(module, mode, declaration) + repetition.suffix
    instance = ResourceInstance(module, mode, type_, name, address, declaration, repetition)
    scope = module.scope_of(declaration, repetition.bound)
    problem = _silent if repetition.identity else module.problem
    lazy = LazyBody(declaration.body, scope, problem, module.site, instance)
    instance.body = Known(lazy, "object", span=instance.header)
    return instance


def _silent(message: str, span: Span) -> None:
    """An instance that stands for an unknown number of them may stand for none."""


def stem(module: ModuleInstance, mode: Mode, declaration: Declaration) -> str:
    """The address without the key of the instance."""
    kind = "" if mode == "managed" else f"{mode}."
    return f"{module.prefix}{kind}{'.'.join(declaration.labels)}"


def open_reference(
    expansion: Expansion,
    module: ModuleInstance,
    address: str,
    header: Span,
    *,
    kind: str,
    pick: Callable[[Repetition], Value],
) -> Symbolic:
    """What a reference to all instances is, where it is not known which there are."""
    picked: dict[str, Value] = {}

    def element(index: Value) -> Value:
        if index.key not in picked:
            picked[index.key] = pick(expansion.repetition(index))
        return picked[index.key]

    subject = "count" if expansion.shape == "count" else "for_each"
    cause = next(origins(expansion.collection), None)
    reason = f"has an unknown number of instances: `{subject}` depends on {cause}"
    root = Root(
        Origin(address, reason, header, cause.settle if cause else ""),
        scope=module.scope,
        kind=f"{kind}[]",
        address=f"{module.root.scope}{address}[*]",
        element=element,
    )
    return Symbolic(root, ANY, span=header)


def origins(value: Value) -> Iterator[Origin]:
    """Why a value is not known, at any depth, nearest first."""
    if value.symbol is not None:
        yield from value.symbol.origins()
    for child in value.children():
        yield from origins(child)
