"""The resource graph: what a repository declares, whatever format it is written in.

A resource refers to others through its values; the graph answers who refers to whom, by index
and never by comparing pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cloudlint.graph.environment import Environment
from cloudlint.source import Span
from cloudlint.values import EvaluationError, Known, Value, choice, known, same, template
from cloudlint.values.convert import convert
from cloudlint.values.symbols import Choice
from cloudlint.values.types import ANY, BOOL, NUMBER, STRING, unify

_MAX_STRAYS = 100
"""How many resources that may belong to another are looked at; of more, one may."""
_INSTANCE_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]')
_LAST_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\[\]"]*)\]\Z')

Format = Literal["terraform", "dockerfile", "compose", "dotenv"]


@dataclass(slots=True, eq=False, repr=False)
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
    judged: Callable[[], Environment] = lambda: Environment.PRODUCTION
    """Finds out the environment when it is first asked for: tags may have to be evaluated."""
    conditions: tuple[Value, ...] = ()
    open: bool = False
    module: str = ""
    """The address of the module instance it belongs to, with its root: what shares names."""
    declared: str = ""
    """The address without instance keys: the same for all instances of one declaration."""
    model: object = None
    _environment: Environment | None = None

    @property
    def environment(self) -> Environment:
        if self._environment is None:
            self._environment = self.judged()
        return self._environment

    def __getitem__(self, name: str) -> Value:
        """An argument or nested blocks; null where absent, then with the header as its place."""
        return self.body[name]

    @property
    def root(self) -> str:
        """The root module it belongs to; the same for all that share a state."""
        return self.key[: self.key.find("#") + 1]

    def get(self, name: str, default: bool | int | str) -> Value:
        """An argument as the type of `default`, which stands in where it is absent or null."""
        return given(self.body, name, default)

    def __str__(self) -> str:
        return self.address

    def __repr__(self) -> str:
        return f"<{self.key}>"


def given(body: Value, name: str, default: bool | int | str) -> Value:
    """An entry of an object, converted as the provider does to the type of `default`.

    Where it is absent or null it is the default: known, and placed at the object's header. A
    choice of null and something else becomes one of the default and something else. Raises
    `Undecided` where the entry has no such type.
    """
    value = body[name]
    wanted = BOOL if isinstance(default, bool) else NUMBER if isinstance(default, int) else STRING
    try:
        return convert(_filled(value, known(default, body.span)), wanted)
    except EvaluationError:
        raise value.misfit(f"a {wanted}") from None


def _filled(value: Value, default: Known) -> Value:
    if isinstance(value, Known):
        return default.used_at(value.place) if value.kind == "null" else value
    symbol = value.symbol
    if isinstance(symbol, Choice):
        arms = (_filled(symbol.then, default), _filled(symbol.otherwise, default))
        return choice(symbol.condition, *arms, unify([a.type for a in arms]) or ANY).used_at(
            value.place
        )
    return value


_Index = dict[str, list[Resource]]


@dataclass(frozen=True, slots=True)
class Join:
    """How resources of a type say that they belong to another: their `argument` refers to it, or
    is the same text as its `own` one, `prefix` before it."""

    type: str
    argument: str
    own: str
    prefix: str = ""

    def name(self, target: Resource) -> Value:
        """The text that `target` is joined by."""
        own = target[self.own]
        if not self.prefix or (isinstance(own, Known) and own.kind == "null"):
            return own
        return template([self.prefix, own])


@dataclass(slots=True)
class Graph:
    """All resources of a repository."""

    resources: list[Resource] = field(default_factory=list)
    root: str = "."
    today: date | None = None
    """The day as of which the repository is judged: policies do not ask for it themselves."""
    _types: dict[str, list[Resource]] = field(default_factory=dict)
    _keys: dict[str, Resource] = field(default_factory=dict)
    _stems: dict[str, list[Resource]] = field(default_factory=dict)
    _indexes: dict[tuple[str, str], _Index] = field(default_factory=dict)
    _texts: dict[tuple[str, str], tuple[_Index, _Index]] = field(default_factory=dict)
    _strays: dict[tuple[Join, str], _Index] = field(default_factory=dict)

    def add(self, resource: Resource) -> None:
        self.resources.append(resource)
        self._types.setdefault(resource.type, []).append(resource)
        self._keys[resource.key] = resource
        for stem in {_stem(resource.key), without_keys(resource.key)}:
            self._stems.setdefault(stem, []).append(resource)

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
        for stem in (_stem(address), without_keys(address)):
            if stem in self._stems:
                return self._stems[stem]
        return ()

    def referring(self, target: Resource, type_: str, argument: str) -> list[Resource]:
        """The resources of a type whose argument refers to `target`."""
        index = self._indexes.get((type_, argument))
        if index is None:
            index = self._indexes[(type_, argument)] = {}
            for resource in self.of(type_):
                for found in self.referenced(resource[argument]):
                    index.setdefault(found.key, []).append(resource)
        return index.get(target.key, [])

    def naming(self, target: Resource, name: Value, type_: str, argument: str) -> list[Resource]:
        """The resources of a type in the same root whose argument is the same text as `name`,
        without referring to `target`: AWS joins by text."""
        if isinstance(name, Known) and name.kind == "null":
            return []
        linked = {resource.key for resource in self.referring(target, type_, argument)}
        found = self._by_text(type_, argument)[0].get(target.root + name.key, [])
        return [resource for resource in found if resource.key not in linked]

    def adrift(self, target: Resource, type_: str, argument: str) -> list[Resource]:
        """The resources of a type in the same root whose argument is not known and refers to no
        resource: they may or may not belong to `target`."""
        return self._by_text(type_, argument)[1].get(target.root, [])

    def joined(self, target: Resource, join: Join) -> list[Resource]:
        """The resources that belong to `target`, by reference or by name."""
        type_, argument = join.type, join.argument
        linked = self.referring(target, type_, argument)
        return [*linked, *self.naming(target, join.name(target), type_, argument)]

    def unjoined(
        self, target: Resource, join: Join, may_be: Callable[[Resource], bool] = lambda one: True
    ) -> Value | None:
        """What keeps open whether more resources belong to `target`: an argument that is not known;
        the target's own name where that is not, and arguments name nothing here. None where
        nothing does. Only those count that `may_be`."""
        known_ones = {resource.key for resource in self.joined(target, join)}
        adrift = self.adrift(target, join.type, join.argument)
        for resource in adrift[: _MAX_STRAYS + len(known_ones)]:
            if resource.key not in known_ones and may_be(resource):
                return resource[join.argument]
        if len(adrift) > _MAX_STRAYS + len(known_ones):
            return adrift[0][join.argument]
        name = join.name(target)
        strays = [] if isinstance(name, Known) else self._strays_of(join, target)[target.root]
        for stray in strays[:_MAX_STRAYS]:
            if may_be(stray) and same(stray[join.argument], name) is not False:
                return name
        return name if len(strays) > _MAX_STRAYS else None

    def _strays_of(self, join: Join, target: Resource) -> _Index:
        """By root, the resources whose argument is a text that is the name of none of the
        target's type."""
        index = self._strays.get((join, target.type))
        if index is None:
            index = self._strays[join, target.type] = defaultdict(list)
            names = {other.root + join.name(other).key for other in self.of(target.type)}
            for resource in self.of(join.type):
                value = resource[join.argument]
                is_text = isinstance(value, Known) and value.kind == "string"
                if (
                    is_text
                    and not self.referenced(value)
                    and resource.root + value.key not in names
                ):
                    index[resource.root].append(resource)
        return index

    def _by_text(self, type_: str, argument: str) -> tuple[_Index, _Index]:
        """Resources by root and text of an argument; and by root those whose text is unknown."""
        index = self._texts.get((type_, argument))
        if index is None:
            named: _Index = {}
            adrift: _Index = {}
            for resource in self.of(type_):
                value = resource[argument]
                named.setdefault(resource.root + value.key, []).append(resource)
                if not isinstance(value, Known) and not self.referenced(value):
                    adrift.setdefault(resource.root, []).append(resource)
            index = self._texts[(type_, argument)] = (named, adrift)
        return index


def without_keys(address: str) -> str:
    """An address without instance keys: the same for all instances of one declaration."""
    return _INSTANCE_KEY.sub("", address) if "[" in address else address


def _stem(key: str) -> str:
    """A key without the last instance key: `aws_subnet.a["x"]` and `aws_subnet.a[*]` share it."""
    return _LAST_KEY.sub("", key) if key.endswith("]") else key
