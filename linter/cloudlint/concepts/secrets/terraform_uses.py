"""Which resources get a literal that stands in a Terraform file.

Most literals stand in the resource that gets them. Where one is the default of a variable, a line
of a variable file or a local value, its way is followed by name through locals, module calls and
outputs; a variable's value is asked for, since it may come from somewhere else. This is done for
what was found to be a secret only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname

from cloudlint.graph import Environment, Graph, Resource
from cloudlint.graph.terraform import roots
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
    _mentions: dict[tuple[str, str], list[_Mention]] = field(default_factory=dict)

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
                yield from self._flow(instance, f"local.{owner.attribute}", (), set())
        elif block.type == "module":
            yield from self._here(owner)
            for instance in self.instances(owner.directory):
                yield from self._into(instance, block.labels[0].value, owner.attribute, (), set())
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
                yield from self._flow(instance, f"var.{name}", (), set())

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
        self, instance: ModuleInstance, name: str, steps: Steps, seen: set[tuple[int, str]]
    ) -> Iterator[tuple[Resource, Steps]]:
        """The resources of an instance, and of those around it, that use a name."""
        if (id(instance), name) in seen:
            return
        seen.add((id(instance), name))
        for mention in self._mentioning(instance.config, name):
            block, way = mention.block, (*steps, (f"`{name}` is used here", mention.span))
            match block.type:
                case "resource" | "data" | "ephemeral":
                    yield from ((resource, way) for resource, _ in self._made(instance, block))
                case "locals":
                    yield from self._flow(instance, f"local.{mention.attribute}", way, seen)
                case "module":
                    callee = block.labels[0].value
                    yield from self._into(instance, callee, mention.attribute, way, seen)
                case "output":
                    yield from self._out_of(instance, block.labels[0].value, way, seen)

    def _into(
        self,
        instance: ModuleInstance,
        call: str,
        argument: str,
        steps: Steps,
        seen: set[tuple[int, str]],
    ) -> Iterator[tuple[Resource, Steps]]:
        if call not in instance.config.calls:
            return
        for _, callee in instance.called(call):
            if isinstance(callee, ResourceInstance):
                found = self.graph.get(instance.root.scope + callee.address)
                if found is not None:
                    yield found, steps
            elif argument in callee.config.variables:
                yield from self._flow(callee, f"var.{argument}", steps, seen)

    def _out_of(
        self, instance: ModuleInstance, output: str, steps: Steps, seen: set[tuple[int, str]]
    ) -> Iterator[tuple[Resource, Steps]]:
        if instance.parent is not None and instance.call is not None:
            name = f"module.{instance.call.labels[0]}.{output}"
            yield from self._flow(instance.parent, name, steps, seen)

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
        key = (config.directory, name)
        if key not in self._mentions:
            self._mentions[key] = list(_mentions(config, name))
        return self._mentions[key]

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
            if resource.format == "terraform":
                found.setdefault((resource.span.path, resource.span.start), []).append(resource)
        return found


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place that names something, and the attribute of the top-level block it is in."""

    block: syntax.Block
    attribute: str
    span: Span


def _mentions(config: ModuleConfig, name: str) -> Iterator[_Mention]:
    root, _, rest = name.partition(".")
    steps = r"(?:\[[^\]]{0,100}\])?\.".join(re.escape(part) for part in rest.split("."))
    pattern = re.compile(rf"(?<![\w.-]){root}\.{steps}(?![\w-])")
    for file, body in config.bodies:
        comments = config.comments.get(file.path, [])
        for found in pattern.finditer(file.text):
            at = found.start()
            if any(comment.start <= at < comment.end for comment in comments):
                continue
            for block in body.blocks:
                if block.start <= at < block.end:
                    yield _Mention(block, attribute_at(block.body, at), file.span(at, found.end()))


def attribute_at(body: syntax.Body, offset: int) -> str:
    """The attribute, or the nested block, of a body that an offset is in."""
    for attribute in body.attributes:
        if attribute.start <= offset < attribute.end:
            return attribute.name
    inside = (block for block in body.blocks if block.start <= offset < block.end)
    return next((block.type for block in inside), "")


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
