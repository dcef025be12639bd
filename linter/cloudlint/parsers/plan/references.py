"""What the expressions of a plan's configuration refer to.

A plan shows of an expression the references in it, not how they are put together. They are
followed through variables, module calls, outputs and `each.value` to resources. Where an
expression picks by `count.index`, `each.key` or a number, the instance of the same key is meant,
if there is one; else all instances are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from cloudlint.parsers.plan.model import (
    ConfiguredModule,
    Json,
    Key,
    Plan,
    PlannedResource,
    calls_in,
    key_of,
    mapping,
    sequence,
)
from cloudlint.values import Reference

MAX_HOPS = 64
"""Variables and outputs on the way to a resource."""
MAX_TARGETS = 1_000
"""Resources that one reference is followed to."""
_IDENTITIES = ("id", "arn", "name")
"""Attributes that a reference to a whole resource may have led to (`aws_subnet.a[*].id`)."""

_STEP = re.compile(r'\.?([^.\[\]"]+)|\[("(?:[^"\\]|\\.)*"|[0-9]+)\]')
_NOT_FOLLOWED = frozenset(
    {"count", "each", "local", "path", "terraform", "tofu", "self", "ephemeral"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Instances of one resource, and the attribute of them that is referred to."""

    plan: Plan
    stem: str
    instances: tuple[PlannedResource, ...]
    attribute: str
    is_whole: bool
    """Whether these are all instances of the resource."""

    def references(self, scope: str) -> Iterator[Reference]:
        """References as the graph resolves them; one stands for all instances."""
        if self.is_whole and len(self.instances) > 1:
            yield Reference(f"{scope}{self.stem}[*]", self.attribute)
        else:
            for instance in self.instances:
                yield Reference(scope + instance.address, self.attribute)

    def singles(self) -> Iterator[Target]:
        """The same reference to each instance by itself."""
        for instance in self.instances:
            yield replace(self, instances=(instance,), is_whole=len(self.instances) == 1)

    def holding(self, data: Json) -> Target | None:
        """The same reference to those instances whose attribute is known to be `data`; None
        where there are none."""
        names = (self.attribute,) if self.attribute else _IDENTITIES
        holders = {r: None for name in names for r in self.plan.holders(self.stem, name, data)}
        if not self.is_whole:
            holders = {r: None for r in self.instances if r in holders}
        is_whole = self.is_whole and len(holders) == len(self.instances)
        return replace(self, instances=tuple(holders), is_whole=is_whole) if holders else None


@dataclass(frozen=True, slots=True)
class Block:
    """A block in which an expression stands: the module instance it is in, its instance key,
    and its `count` or `for_each` (as a tuple of references, to be hashable)."""

    module: str
    key: Key = None
    repetition: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """A reference still to be followed: in which block, and which instance it picks."""

    block: Block
    reference: str
    picked: Key


def written_references(expression: Json) -> list[str]:
    """The references of an expression in order, each without the shorter ones that the plan
    lists after it (`aws_subnet.a[0].id`, then `aws_subnet.a[0]` and `aws_subnet.a`)."""
    found: list[str] = []
    last = ""
    for reference in sequence(mapping(expression).get("references")):
        if not isinstance(reference, str):
            continue
        rest = last[len(reference) :] if last.startswith(reference) else ""
        if not rest.startswith((".", "[")):
            found.append(reference)
        last = reference
    return found


class Resolver:
    """Follows references; see the module's docstring."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._modules: dict[str, ConfiguredModule | None] = {}
        self._blocks: dict[str, Block] = {}
        self._known: dict[_Step, list[Target]] = {}

    def targets(self, resource: PlannedResource, expression: Json) -> list[list[Target]]:
        """The instances that an expression in a resource's block refers to: a list for each
        reference in it, in order."""
        configured = self._plan.configured(resource)
        repetition = written_references(configured.repetition) if configured else []
        block = Block(resource.module, resource.key, tuple(repetition))
        return [self._reached(step) for step in self._steps(block, expression, None)]

    def _reached(self, step: _Step, hops: int = 0) -> list[Target]:
        """What a reference leads to; nothing more where it comes back to itself."""
        known = self._known.get(step)
        if known is None:
            self._known[step] = []
            found: dict[Target, None] = {}
            for below in self._follow(step) if hops < MAX_HOPS else ():
                reached = [below] if isinstance(below, Target) else self._reached(below, hops + 1)
                found.update(dict.fromkeys(reached))
            known = self._known[step] = list(islice(found, MAX_TARGETS))
        return known

    def _steps(self, block: Block, expression: Json, picked: Key) -> list[_Step]:
        references = written_references(expression)
        own = any(r == "count.index" or r.startswith("each.") for r in references)
        if not own:
            # The same for all instances of the block, so that it is followed once.
            return [_Step(Block(block.module), r, picked) for r in references]
        return [_Step(block, r, block.key) for r in references]

    def _follow(self, step: _Step) -> Iterator[_Step | Target]:
        names = [(match[1], key_of(match[2])) for match in _STEP.finditer(step.reference)]
        match [name for name, _ in names[:2]]:
            case ["var", str(name)]:
                yield from self._variable(step, name, _index(names[2:]))
            case ["module", str(name)]:
                yield from self._output(step, name, names[2:])
            case ["each", "value"]:
                for reference in step.block.repetition:
                    yield _Step(step.block, reference, step.block.key)
            case ["data", str(type_)] if len(names) > 2:
                yield from self._resource(step, f"data.{type_}.{names[2][0]}", names[3:])
            case [str(type_), str(name)] if type_ not in _NOT_FOLLOWED:
                yield from self._resource(step, f"{type_}.{name}", names[2:])

    def _variable(self, step: _Step, name: str, index: Key) -> Iterator[_Step]:
        calls = list(calls_in(step.block.module))
        if not calls:
            return
        caller, called, _, _ = calls[-1]
        module = self._module(caller)
        call = module.calls.get(called) if module else None
        if call is not None:
            picked = step.picked if index is None else index
            expression = call.expressions.get(name)
            yield from self._steps(self._block(step.block.module), expression, picked)

    def _output(self, step: _Step, name: str, rest: list[tuple[str, Key]]) -> Iterator[_Step]:
        """An output of a called module; all outputs where only the module is named."""
        key, rest = (rest[0][1], rest[1:]) if rest and not rest[0][0] else (None, rest)
        module = self._module(step.block.module)
        call = module.calls.get(name) if module else None
        if call is None:
            return
        outputs = [rest[0][0]] if rest else list(call.module.outputs)
        index = _index(rest[1:])
        for callee in self._callees(step.block.module, name, step.picked if key is None else key):
            for output in outputs:
                expression = call.module.outputs.get(output)
                picked = step.picked if index is None else index
                yield from self._steps(Block(callee), expression, picked)

    def _callees(self, caller: str, name: str, key: Key) -> list[str]:
        callees = self._plan.callees.get((caller, name))
        if not callees:
            return [f"{caller}{'.' if caller else ''}module.{name}"]
        return [a for k, a in callees if k == key] or [a for _, a in callees]

    def _resource(self, step: _Step, name: str, rest: list[tuple[str, Key]]) -> Iterator[Target]:
        stem = f"{step.block.module}{'.' if step.block.module else ''}{name}"
        instances = self._plan.instances.get(stem, [])
        key, rest = (rest[0][1], rest[1:]) if rest and not rest[0][0] else (step.picked, rest)
        picked = [r for r in instances if r.key == key] if key is not None else []
        chosen = tuple(picked or instances)
        if chosen:
            attribute = rest[0][0] if rest else ""
            yield Target(self._plan, stem, chosen, attribute, len(chosen) == len(instances))

    def _module(self, address: str) -> ConfiguredModule | None:
        if address not in self._modules:
            self._modules[address] = self._plan.configured_module(address)
        return self._modules[address]

    def _block(self, module: str) -> Block:
        """The call that a module instance comes from, as the block its arguments stand in."""
        block = self._blocks.get(module)
        if block is None:
            *_, (caller, name, key, _) = calls_in(module)
            configured = self._module(caller)
            call = configured.calls.get(name) if configured else None
            repetition = written_references(call.repetition) if call else []
            block = self._blocks[module] = Block(caller, key, tuple(repetition))
        return block


def _index(rest: list[tuple[str, Key]]) -> Key:
    """The instance that an index right behind a name picks."""
    return rest[0][1] if rest and not rest[0][0] else None
