"""Which resources get a literal that stands in a Terraform file.

Most literals stand in the resource that gets them. Where one is the default of a variable, a line
of a variable file or a local value, its way is followed by name through locals, module calls and
outputs; a variable's value is asked for, since it may come from somewhere else. This is done for
what was found to be a secret only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname
from typing import Protocol, TypeVar

from cloudlint.graph import Environment, Graph, Resource
from cloudlint.graph.terraform import ROOT_TYPE, roots
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.config import Mode, ModuleConfig
from cloudlint.parsers.terraform.evaluate import Scope
from cloudlint.parsers.terraform.module import ModuleInstance, Repetition, ResourceInstance
from cloudlint.source import SourceFile, Span
from cloudlint.values import EvaluationError, Known, Value

MAX_USERS = 500
_MODES: dict[str, Mode] = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}

Steps = tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """The top-level block or attribute that a literal stands in; no block in a variable file."""

    file: SourceFile
    block: syntax.Block | None
    attribute: str

    @property
    def directory(self) -> str:
        return dirname(self.file.path) or "."

    @property
    def address(self) -> str:
        """What the block is called in its module: `var.x`, `local.y`, `provider.aws`."""
        if self.block is None:
            return f"var.{self.attribute}"
        labels = [label.value for label in self.block.labels]
        match self.block.type:
            case "resource":
                return ".".join(labels)
            case "variable":
                return f"var.{labels[0]}"
            case "locals":
                return f"local.{self.attribute}"
        return ".".join([self.block.type, *labels])

    def span(self) -> Span:
        if self.block is None:
            return self.file.span(0, 0)
        return self.file.span(self.block.start, self.block.header_end)


@dataclass(eq=False)
class Uses:
    """Answers who gets a literal; see the module's docstring."""

    graph: Graph
    _mentions: dict[str, dict[str, list[_Mention]]] = field(default_factory=dict)

    def of(self, owner: Owner, literal: Span) -> list[tuple[Resource, Steps]]:
        """The resources that get a literal, each with the way there; what holds it where there
        are none."""
        found: dict[str, tuple[Resource, Steps]] = {}
        for resource, steps in self._users(owner, literal):
            found.setdefault(resource.key, (resource, steps))
        return list(found.values())[:MAX_USERS] or [(self._holder(owner), ())]

    def scopes(self, owner: Owner) -> Iterator[tuple[Resource, Scope]]:
        """The places in which an expression of `owner` is evaluated, and what it is part of."""
        for instance in self.instances(owner.directory):
            made = list(self._made(instance, owner.block))
            for resource, repetition in made:
                yield resource, Scope(instance, owner.file, repetition.bound)
            if not made:
                yield self._holder(owner), Scope(instance, owner.file)

    def instances(self, directory: str) -> list[ModuleInstance]:
        """The instances of the module in a directory."""
        return self._instances.get(directory, [])

    def _users(self, owner: Owner, literal: Span) -> Iterator[tuple[Resource, Steps]]:
        block = owner.block
        if block is None:
            yield from self._of_variable(owner, owner.attribute, literal)
        elif block.type == "variable":
            yield from self._of_variable(owner, block.labels[0].value, literal)
        elif block.type == "locals":
            for instance in self.instances(owner.directory):
                way = _Way(literal)
                yield from self._flow(instance, f"local.{owner.attribute}", (), way)
        elif block.type == "module":
            yield from self._here(owner)
            argument = _Mention(block, owner.attribute, literal)
            for instance in self.instances(owner.directory):
                yield from self._into(instance, argument, (), _Way(literal))
        else:
            yield from self._here(owner)

    def _here(self, owner: Owner) -> Iterator[tuple[Resource, Steps]]:
        start = owner.block.start if owner.block else 0
        for resource in self._by_block.get((owner.file.path, start), ()):
            yield resource, ()

    def _of_variable(
        self, owner: Owner, name: str, literal: Span
    ) -> Iterator[tuple[Resource, Steps]]:
        for instance in self.instances(owner.directory):
            if name in instance.config.variables and _holds(instance.variable(name), literal):
                yield from self._flow(instance, f"var.{name}", (), _Way(literal))

    def _holder(self, owner: Owner) -> Resource:
        """The block itself as what a finding is about."""
        instances = self.instances(owner.directory)
        prefix = instances[0].prefix if instances else ""
        root = self._roots.get(instances[0].root.directory) if instances else None
        return Resource(
            key=f"{root.module if root else f'{owner.directory}#'}{prefix}{owner.address}",
            address=prefix + owner.address,
            type="terraform",
            format="terraform",
            body=Known({}, "object", span=owner.span()),
            span=owner.span(),
            judged=root.judged if root else _unknown_environment,
        )

    # -- by name -------------------------------------------------------------------------------

    def _flow(
        self, instance: ModuleInstance, name: str, steps: Steps, way: _Way
    ) -> Iterator[tuple[Resource, Steps]]:
        """The resources of an instance, and of those around it, that use a name."""
        if not way.enters(instance, name):
            return
        for mention in self._mentioning(instance.config, name):
            block = mention.block
            steps_here = (*steps, (f"`{name}` is used here", mention.span))
            match block.type:
                case "resource" | "data" | "ephemeral":
                    made = self._made(instance, block)
                    chosen = _chosen([(r, r_.bound) for r, r_ in made], mention, way)
                    yield from ((resource, steps_here) for resource in chosen)
                case "locals":
                    name_of_local = f"local.{mention.attribute}"
                    yield from self._flow(instance, name_of_local, steps_here, way)
                case "module":
                    yield from self._into(instance, mention, steps_here, way)
                case "output":
                    yield from self._out_of(instance, block.labels[0].value, steps_here, way)

    def _into(
        self, instance: ModuleInstance, mention: _Mention, steps: Steps, way: _Way
    ) -> Iterator[tuple[Resource, Steps]]:
        """The resources of a called module that get what one of the call's arguments holds."""
        call = mention.block.labels[0].value
        if call not in instance.config.calls:
            return
        made = [(callee, repetition.bound) for repetition, callee in instance.called(call)]
        for callee in _chosen(made, mention, way):
            if isinstance(callee, ResourceInstance):
                found = self.graph.get(instance.root.scope + callee.address)
                if found is not None:
                    yield found, steps
                continue
            for name in _given(callee, mention, way):
                yield from self._flow(callee, f"var.{name}", steps, way)

    def _out_of(
        self, instance: ModuleInstance, output: str, steps: Steps, way: _Way
    ) -> Iterator[tuple[Resource, Steps]]:
        if instance.parent is not None and instance.call is not None:
            name = f"module.{instance.call.labels[0]}.{output}"
            yield from self._flow(instance.parent, name, steps, way)

    def _made(
        self, instance: ModuleInstance, block: syntax.Block | None
    ) -> Iterator[tuple[Resource, Repetition]]:
        """The instances that a resource's block makes; none for any other block."""
        mode = _MODES.get(block.type) if block else None
        if block is None or mode is None:
            return
        type_, name = (label.value for label in block.labels)
        if (mode, type_, name) not in instance.config.resources:
            return
        for made in instance.resource(mode, type_, name):
            found = self.graph.get(instance.root.scope + made.address)
            if found is not None:
                yield found, made.repetition

    def _mentioning(self, config: ModuleConfig, name: str) -> list[_Mention]:
        if config.directory not in self._mentions:
            self._mentions[config.directory] = _mentions(config)
        return self._mentions[config.directory].get(name, [])

    # -- indexes -------------------------------------------------------------------------------

    @cached_property
    def _roots(self) -> dict[str, Resource]:
        return {root.directory: resource for resource, root in roots(self.graph)}

    @cached_property
    def _instances(self) -> dict[str, list[ModuleInstance]]:
        found: dict[str, list[ModuleInstance]] = {}
        for _, root in roots(self.graph):
            for instance in root.module.all_modules():
                found.setdefault(instance.config.directory, []).append(instance)
        return found

    @cached_property
    def _by_block(self) -> dict[tuple[str, int], list[Resource]]:
        found: dict[tuple[str, int], list[Resource]] = {}
        for resource in self.graph.resources:
            if resource.format == "terraform" and resource.type != ROOT_TYPE:
                found.setdefault((resource.span.path, resource.span.start), []).append(resource)
        return found


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place that names something, and the attribute of the top-level block it is in."""

    block: syntax.Block
    attribute: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Way:
    """A walk along the names that a literal is handed on by."""

    literal: Span
    _seen: set[tuple[int, str]] = field(default_factory=set)

    def enters(self, instance: ModuleInstance, name: str) -> bool:
        """Whether a name of an instance is new to the walk."""
        key = (id(instance), name)
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new


T = TypeVar("T")


def _chosen(made: list[tuple[T, Mapping[str, Value]]], mention: _Mention, way: _Way) -> Iterator[T]:
    """Of the instances that `for_each` makes of a map with the literal in it, those that get the
    entry it stands in; all of them where something else mentions it."""
    if mention.attribute == "for_each":
        holding = [
            (one, bound)
            for one, bound in made
            if "each" in bound and _holds(bound["each"], way.literal)
        ]
        made = holding or made
    yield from (one for one, _ in made)


def _given(callee: ModuleInstance, mention: _Mention, way: _Way) -> list[str]:
    """The variables of a called module that get what a call's attribute holds."""
    variables = callee.config.variables
    if mention.attribute != "for_each":
        return [mention.attribute] if mention.attribute in variables else []
    arguments = [name for name in callee.arguments if name in variables]
    return [name for name in arguments if _holds(callee.variable(name), way.literal)]


_NAME = re.compile(
    r"(?<![\w.-])(?:(?P<root>var|local)\.(?P<name>[A-Za-z_][\w-]{0,200})"
    r"|module\.(?P<call>[A-Za-z_][\w-]{0,200})(?:\[[^\]\n]{0,100}\])?\.(?P<out>[A-Za-z_][\w-]{0,200}))"
)


def _mentions(config: ModuleConfig) -> dict[str, list[_Mention]]:
    """Where a module's blocks mention variables, local values and outputs of calls, by name."""
    mentions: dict[str, list[_Mention]] = {}
    for file, body in config.bodies:
        comments = config.comments.get(file.path, [])
        attributes: dict[int, Attributes] = {}
        for found in _NAME.finditer(file.text):
            at = found.start()
            block = _covering(body.blocks, at)
            if block is None or _covering(comments, at) is not None:
                continue
            if block.start not in attributes:
                attributes[block.start] = Attributes(block.body)
            name = (
                f"{found['root']}.{found['name']}"
                if found["root"]
                else (f"module.{found['call']}.{found['out']}")
            )
            span = file.span(at, found.end())
            mention = _Mention(block, attributes[block.start].at(at), span)
            mentions.setdefault(name, []).append(mention)
    return mentions


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Stretch)


def _covering(stretches: Sequence[S], offset: int) -> S | None:
    """The one of these stretches, which are in order and apart, that an offset is in."""
    at = bisect_right(stretches, offset, key=lambda stretch: stretch.start)
    found = stretches[at - 1] if at else None
    return found if found is not None and offset < found.end else None


class Attributes:
    """The attributes and nested blocks of a body, by the offsets in them."""

    def __init__(self, body: syntax.Body) -> None:
        parts = [(part.start, part.end, part.name) for part in body.attributes]
        parts += [(block.start, block.end, block.type) for block in body.blocks]
        self._parts = sorted(parts)

    def at(self, offset: int) -> str:
        """The name of the attribute, or the type of the block, that an offset is in."""
        at = bisect_right(self._parts, offset, key=lambda part: part[0])
        _, end, name = self._parts[at - 1] if at else (0, 0, "")
        return name if offset < end else ""


def _unknown_environment() -> Environment:
    return Environment.PRODUCTION


def _holds(value: Value, literal: Span) -> bool:
    """Whether a value, or a part of it, was written where the literal stands."""
    stack, left = [value], 10_000
    while stack and left:
        current, left = stack.pop(), left - 1
        span = current.span
        if (
            span is not None
            and span.file.path == literal.path
            and span.start <= literal.start
            and literal.end <= span.end
        ):
            return True
        try:
            stack.extend(current.children())
        except EvaluationError:
            continue
    return False
