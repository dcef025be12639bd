"""The bodies of planned resources as values.

What is known after apply only is symbolic: what the sources say of it where they stand beside
the plan, else a symbol of its own with the references that the configuration shows. What the
configuration does not set and the provider has not settled is absent, as it is in the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from cloudlint.parsers.plan.model import Plan, PlannedResource
from cloudlint.parsers.plan.parts import Part, distributed
from cloudlint.parsers.plan.references import Resolver, Target
from cloudlint.source import Span
from cloudlint.values import Known, Origin, Reference, Root, Symbolic, Value, known

if TYPE_CHECKING:
    from cloudlint.parsers.plan.sources import Sources, Written

MAX_DEPTH = 64
_UNSETTLED = "is known only after apply"


class Bodies:
    """Makes the bodies of a plan's resources, and finds their places."""

    def __init__(self, plan: Plan, sources: Sources | None, scope: str) -> None:
        self.plan = plan
        self.scope = scope
        self._sources = sources
        self._resolver = Resolver(plan)
        self._written: dict[str, Written | None] = {}

    def body(self, resource: PlannedResource) -> Known:
        """The body of a resource; its span is the header. Evaluated when it is asked for."""
        return Known(Body(self, resource), "object", span=self.header(resource))

    def header(self, resource: PlannedResource) -> Span:
        """The block's header in the sources, else the address in the plan."""
        written = self.written(resource)
        return written.header if written else self.plan.place(resource.address)

    def written(self, resource: PlannedResource) -> Written | None:
        """The resource's block in the sources, if they are at hand and hold it."""
        if self._sources is None:
            return None
        if resource.address not in self._written:
            self._written[resource.address] = self._sources.find(resource)
        return self._written[resource.address]

    def part(self, resource: PlannedResource) -> Part:
        """The whole of a resource."""
        written = self.written(resource)
        configured = self.plan.configured(resource)
        return Part(
            path=resource.address,
            data=resource.values,
            unknown=resource.unknown,
            secrets=tuple(resource.sensitive),
            expression=configured.expressions if configured else None,
            written=written.body if written else None,
            is_exact=written is not None and written.is_exact,
            span=self.header(resource),
        )

    # -- values ----------------------------------------------------------------------------------

    def value(self, resource: PlannedResource, part: Part) -> Value:
        """A part of a resource as a value."""
        if part.depth > MAX_DEPTH:
            return self._symbol(part, "is nested too deeply to be read")
        if part.has_expression and not part.is_element:
            part = part.referring(self._resolver.targets(resource, part.expression))
        if part.is_unknown:
            value = self._unknown(part)
        elif isinstance(part.data, dict):
            entries = {name: self.value(resource, part.entry(name)) for name in part.names()}
            value = self._collection(Known(entries, "object", span=part.span), part)
        elif isinstance(part.data, list):
            items = distributed(list(part.items()), part.references)
            values = tuple(self.value(resource, item) for item in items)
            value = self._collection(Known(values, "tuple", span=part.span), part)
        else:
            value = self._scalar(part)
        return value.marked_sensitive() if part.is_secret else value

    def _unknown(self, part: Part) -> Value:
        """What the sources know of it, unless they claim to know what the plan does not."""
        written = part.written
        if written is not None and part.is_exact and not written.is_wholly_known():
            references = list(written.references())
            is_followed = bool(references) or not part.targets
            if is_followed and all(map(self._is_planned, references)):
                return written
        return self._symbol(part, _UNSETTLED).referring(*self._references(part.targets))

    def _symbol(self, part: Part, reason: str) -> Symbolic:
        # What is made of one unknown and nothing else is null only by a condition on that unknown.
        kind = "argument" if len(part.references) == 1 else ""
        root = Root(Origin(part.path, reason, part.span), scope=self.scope, kind=kind)
        return Symbolic(root, span=part.span).used_at(part.span)

    def _collection(self, value: Known, part: Part) -> Value:
        """Nested blocks and elements are where they are written; only arguments are used."""
        if part.is_element or not part.has_expression:
            return value
        return self._placed(value.referring(*self._references(part.targets)), part)

    def _scalar(self, part: Part) -> Value:
        value = known(part.data, part.span)  # type: ignore[arg-type]
        targets = [held for target in part.targets if (held := target.holding(part.data))]
        if not targets and not part.is_element:
            targets = list(part.targets)
        return self._placed(value.referring(*self._references(targets)), part)

    def _placed(self, value: Known, part: Part) -> Value:
        """The value with the places, the way and the references that it has in the sources."""
        written = part.written
        if written is None:
            return value.used_at(part.span)
        references = filter(self._is_planned, written.references()) if part.is_exact else ()
        if part.is_exact and written.key == value.key:
            return written.referring(*references, *value.marks.references)
        return value.used_at(written.place).referring(*references)

    # -- references ------------------------------------------------------------------------------

    def _references(self, targets: Iterable[Target]) -> list[Reference]:
        return [r for target in targets for r in target.references(self.scope)]

    def _is_planned(self, reference: Reference) -> bool:
        return reference.address.removeprefix(self.scope) in self._planned

    @cached_property
    def _planned(self) -> frozenset[str]:
        instances = (resource.address for resource in self.plan.resources)
        stems = self.plan.instances
        return frozenset((*instances, *stems, *(f"{stem}[*]" for stem in stems)))


class Body(Mapping[str, Value]):
    """The entries of a planned resource, each evaluated when it is first asked for; `count` is
    among them where the resource has one."""

    def __init__(self, bodies: Bodies, resource: PlannedResource) -> None:
        self._bodies = bodies
        self._resource = resource
        self._values: dict[str, Value] = {}

    @cached_property
    def _part(self) -> Part:
        return self._bodies.part(self._resource)

    @cached_property
    def _names(self) -> dict[str, None]:
        names = dict.fromkeys(self._part.names(all_unknown=self._resource.mode == "data"))
        return names | {"count": None} if isinstance(self._resource.key, int) else names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> Value:
        if name not in self._names:
            raise KeyError(name)
        value = self._values.get(name)
        if value is None:
            value = self._values[name] = self._evaluate(name)
        return value

    def _evaluate(self, name: str) -> Value:
        part = self._part.entry(name)
        if name == "count" and isinstance(self._resource.key, int):
            count = len(self._bodies.plan.instances[self._resource.stem])
            return known(count, part.span).used_at(part.span)
        found = self._found(name, part)
        return self._bodies.value(self._resource, part) if found is None else found

    def _found(self, name: str, part: Part) -> Value | None:
        """An attribute of a data source that follows from what the sources say."""
        if self._resource.mode != "data" or not part.is_unknown:
            return None
        written = self._bodies.written(self._resource)
        return written.computed(name) if written else None
