"""The resource graph: what a repository declares, whatever format it is written in.

A resource refers to others through its values; the graph answers who refers to whom, by index
and never by comparing pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from cloudlint.graph.environment import Environment
from cloudlint.source import Span
from cloudlint.values import Known, Plain, Value, known

Format = Literal["terraform", "dockerfile", "compose"]


@dataclass(slots=True, eq=False)
class Resource:
    """A node of the graph.

    `key` is unique in the graph, `address` is what people call it. `body` is an object: its
    arguments and nested blocks. `span` is the header. `conditions` have to be true for it to
    exist, as far as they are not known; `open` marks the one that stands for an unknown number.
    `model` is the parser's own object for formats that have one (a stage, a service).
    """

    key: str
    address: str
    type: str
    format: Format
    body: Value
    span: Span
    environment: Environment = Environment.PRODUCTION
    conditions: tuple[Value, ...] = ()
    open: bool = False
    module: str = ""
    """The address of the module instance it belongs to, with its root: what shares names."""
    declared: str = ""
    """The address without instance keys: the same for all instances of one declaration."""
    model: object = None

    def __getitem__(self, name: str) -> Value:
        """An argument or nested blocks; null where absent, then with the header as its place."""
        return self.body[name]

    def get(self, name: str, default: Plain) -> Value:
        """An argument, or the provider's default where it is absent or null."""
        return or_default(self.body[name], default, self.span)

    def __str__(self) -> str:
        return self.address


def or_default(value: Value, default: Plain, span: Span | None = None) -> Value:
    """The value, or a known default in its place where it is null."""
    if isinstance(value, Known) and value.kind == "null":
        return known(default, span or value.place).used_at(value.marks.site)
    return value


@dataclass(slots=True)
class Graph:
    """All resources of a repository."""

    resources: list[Resource] = field(default_factory=list)
    root: str = "."
    _types: dict[str, list[Resource]] = field(default_factory=dict)
    _keys: dict[str, Resource] = field(default_factory=dict)
    _stems: dict[str, list[Resource]] = field(default_factory=dict)
    _indexes: dict[tuple[str, str], dict[str, list[Resource]]] = field(default_factory=dict)

    def add(self, resource: Resource) -> None:
        self.resources.append(resource)
        self._types.setdefault(resource.type, []).append(resource)
        self._keys[resource.key] = resource
        self._stems.setdefault(_stem(resource.key), []).append(resource)

    @property
    def formats(self) -> set[Format]:
        return {resource.format for resource in self.resources}

    def of(self, *types: str) -> Iterator[Resource]:
        """The resources of these types, in order."""
        for type_ in types:
            yield from self._types.get(type_, ())

    def get(self, key: str) -> Resource | None:
        return self._keys.get(key)

    def referenced(self, value: Value, *types: str) -> list[Resource]:
        """The resources that a value was made from, each once; of these types, if any are given.

        A reference to an instance that is only known as one of many finds the one that stands
        for them.
        """
        found: dict[str, Resource] = {}
        for reference in value.references():
            for resource in self._resolve(reference.address):
                if not types or resource.type in types:
                    found.setdefault(resource.key, resource)
        return list(found.values())

    def _resolve(self, address: str) -> Iterable[Resource]:
        exact = self._keys.get(address)
        if exact is not None:
            return (exact,)
        return self._stems.get(_stem(address), ())

    def referring(self, target: Resource, type_: str, argument: str) -> list[Resource]:
        """The resources of a type whose argument refers to `target`."""
        index = self._indexes.get((type_, argument))
        if index is None:
            index = self._indexes[(type_, argument)] = {}
            for resource in self.of(type_):
                for found in self.referenced(resource[argument]):
                    index.setdefault(found.key, []).append(resource)
        return index.get(target.key, [])


def _stem(key: str) -> str:
    """A key without the last instance key: `aws_subnet.a["x"]` and `aws_subnet.a[*]` share it."""
    return key[: key.rindex("[")] if key.endswith("]") else key
