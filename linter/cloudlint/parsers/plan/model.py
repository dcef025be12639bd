"""What a plan says: resources as they will be, and the configuration they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cloudlint.source import Diagnostic, SourceFile, Span
from cloudlint.values.numbers import Number

Json = bool | Number | str | list["Json"] | dict[str, "Json"] | None
Key = str | int | None
"""The instance key of a resource or module: an index, a key of `for_each`, or none."""

_MODULE = re.compile(r'module\.([^.\[\]"]+)(?:\[("(?:[^"\\]|\\.)*"|[0-9]+)\])?(?:\.|\Z)')


def mapping(data: Json) -> dict[str, Json]:
    """An object's entries; none of anything else."""
    return data if isinstance(data, dict) else {}


def sequence(data: Json) -> list[Json]:
    """An array's elements; none of anything else."""
    return data if isinstance(data, list) else []


@dataclass(slots=True, eq=False)
class PlannedResource:
    """An instance of a resource or data source as it will be after the plan was applied.

    `module` is the address of its module instance, empty for the root. `unknown` and `sensitive`
    have the shape of `values`, with `true` for what is known after apply only, and for secrets;
    several shapes of secrets add up.
    """

    address: str
    module: str
    mode: str
    type: str
    name: str
    key: Key
    values: dict[str, Json]
    unknown: dict[str, Json] = field(default_factory=dict)
    sensitive: list[Json] = field(default_factory=list)

    @property
    def stem(self) -> str:
        """The address without the instance key."""
        mode = "data." if self.mode == "data" else ""
        return f"{self.module}{'.' if self.module else ''}{mode}{self.type}.{self.name}"


@dataclass(slots=True)
class ConfiguredResource:
    """A resource's block: `expressions` by argument and nested block; `repetition` is the
    expression of `count` or `for_each`."""

    expressions: dict[str, Json]
    repetition: dict[str, Json]


@dataclass(slots=True)
class ConfiguredModule:
    """A module's configuration, as far as a plan shows it (local values are not in it)."""

    resources: dict[tuple[str, str, str], ConfiguredResource] = field(default_factory=dict)
    outputs: dict[str, Json] = field(default_factory=dict)
    calls: dict[str, ConfiguredCall] = field(default_factory=dict)


@dataclass(slots=True)
class ConfiguredCall:
    """A module call: the expressions of its arguments, and what it calls."""

    expressions: dict[str, Json]
    repetition: dict[str, Json]
    module: ConfiguredModule


@dataclass(slots=True)
class Variable:
    """The value of a root variable."""

    value: Json
    sensitive: bool = False


@dataclass(eq=False)
class Plan:
    """A plan as read. `file` shows its addresses and nothing else: a place in it never shows a
    secret that stands nearby."""

    file: SourceFile
    resources: list[PlannedResource] = field(default_factory=list)
    configuration: ConfiguredModule = field(default_factory=ConfiguredModule)
    variables: dict[str, Variable] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)
    """The addresses of all module instances, the root not among them."""
    places: dict[str, Span] = field(default_factory=dict)
    """Where an address stands in the file."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _indexes: dict[tuple[str, str], dict[str | int, list[PlannedResource]]] = field(
        default_factory=dict
    )

    @cached_property
    def instances(self) -> Mapping[str, list[PlannedResource]]:
        """The instances of each resource, by address without key, in the order of their keys."""
        found: dict[str, list[PlannedResource]] = {}
        for resource in self.resources:
            found.setdefault(resource.stem, []).append(resource)
        for instances in found.values():
            instances.sort(key=lambda r: (isinstance(r.key, str), r.key or 0))
        return found

    @cached_property
    def callees(self) -> Mapping[tuple[str, str], list[tuple[Key, str]]]:
        """Keys and addresses of the instances of a call, by caller's address and call's name."""
        found: dict[tuple[str, str], dict[str, Key]] = {}
        for address in self.modules:
            for caller, name, key, callee in calls_in(address):
                found.setdefault((caller, name), {})[callee] = key
        return {
            call: [(key, callee) for callee, key in sorted(callees.items())]
            for call, callees in found.items()
        }

    def holders(self, stem: str, attribute: str, data: Json) -> list[PlannedResource]:
        """The instances of a resource whose attribute is known to be this text or number."""
        if not isinstance(data, str | int) or isinstance(data, bool):
            return []
        index = self._indexes.get((stem, attribute))
        if index is None:
            index = self._indexes[stem, attribute] = {}
            for resource in self.instances.get(stem, ()):
                value = resource.values.get(attribute)
                if isinstance(value, str | int) and not isinstance(value, bool):
                    index.setdefault(value, []).append(resource)
        return index.get(data, [])

    def configured(self, resource: PlannedResource) -> ConfiguredResource | None:
        """The block that a resource comes from; None where the plan does not show it."""
        module = self.configured_module(resource.module)
        key = (resource.mode, resource.type, resource.name)
        return module.resources.get(key) if module else None

    def configured_module(self, address: str) -> ConfiguredModule | None:
        """The configuration of a module instance."""
        module = self.configuration
        for _, name, _, _ in calls_in(address):
            call = module.calls.get(name)
            if call is None:
                return None
            module = call.module
        return module

    def place(self, address: str) -> Span:
        """Where the file speaks of an address, else its beginning."""
        return self.places.get(address) or self.file.span(0, 0)


def calls_in(address: str) -> Iterator[tuple[str, str, Key, str]]:
    """The calls that lead to a module instance, outermost first: the caller's address, the
    call's name, its key, and the address of what it calls."""
    caller = ""
    for match in _MODULE.finditer(address):
        callee = address[: match.end()].removesuffix(".")
        yield caller, match[1], key_of(match[2]), callee
        caller = callee


def key_of(text: str | None) -> Key:
    """The instance key that stands between the brackets of an address."""
    if text is None:
        return None
    return unquoted(text) if text.startswith('"') else int(text[:18])


def unquoted(text: str) -> str:
    """What a quoted string of an address says; what cannot be read is left as it is."""
    import json

    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]
