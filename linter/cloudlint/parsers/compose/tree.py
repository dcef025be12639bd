"""From YAML nodes to values: variables replaced, anchors and merge keys followed.

Mappings become objects whose data is a `Table`: it remembers where each key is written, and the
`!reset` and `!override` tags that only merging understands. A value that an alias repeats keeps
its own place and is used at the alias.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from cloudlint.parsers import yaml
from cloudlint.parsers.compose.interpolation import Environment, Invalid, interpolate
from cloudlint.source import Diagnostic, Span
from cloudlint.values import Known, Step, Value, known, numbers, unknown

Tag = Literal["!reset", "!override"]


class Table(dict[str, Value]):
    """The entries of an object, with the span of each key. A key tagged `!reset` has no entry."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: dict[str, Span] = {}
        self.tags: dict[str, Tag] = {}

    def add(self, name: str, value: Value, span: Span | None) -> None:
        self[name] = value
        if span is not None:
            self.spans[name] = span

    def object(self, span: Span | None) -> Known:
        return Known(self, "object", span=span)


class Entry(NamedTuple):
    """One entry of an object: its key, where the key is written (or where the alias that repeats
    it stands), and the value as seen through the object."""

    name: str
    span: Span | None
    value: Value


def is_object(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "object"


def is_list(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "tuple"


def entries(value: Value) -> Iterator[Entry]:
    """The entries of an object; nothing of any other value."""
    table = value.data if isinstance(value, Known) else None
    if not isinstance(table, Table):
        return
    if value.marks.site is None:
        for name, item in table.items():
            yield Entry(name, table.spans.get(name), item)
    else:
        for name in table:
            yield Entry(name, key_span(value, name), value[name])


def items(value: Value) -> list[Value]:
    """The elements of a list as seen through it; nothing of any other value."""
    return list(value) if is_list(value) else []


def key_span(value: Value, name: str) -> Span | None:
    """Where the key of an entry is written; the use where the object is used somewhere else."""
    table = value.data if isinstance(value, Known) else None
    span = table.spans.get(name) if isinstance(table, Table) else None
    site = value.marks.site
    return span if site is None or (span and _inside(span, site)) else site


def _inside(span: Span, other: Span) -> bool:
    return span.file is other.file and other.start <= span.start and span.end <= other.end


def tags(value: Value) -> Mapping[str, Tag]:
    table = value.data if isinstance(value, Known) else None
    return table.tags if isinstance(table, Table) else {}


def size(value: Value) -> int:
    """How many entries and elements a value has, those of its own entries included."""
    data = value.data if isinstance(value, Known) else None
    if isinstance(data, Table):
        return len(data) + sum(len(_elements(item)) for item in data.values())
    return len(_elements(value))


def _elements(value: Value) -> Sequence[Value] | Table:
    data = value.data if isinstance(value, Known) else None
    return data if isinstance(data, Table | tuple) else ()


def list_value(values: Sequence[Value], span: Span | None) -> Known:
    return Known(tuple(values), "tuple", span=span)


class TreeReader:
    """Turns the nodes of one file into values; what is wrong is added to `problems`."""

    def __init__(self, environment: Environment, problems: list[Diagnostic]) -> None:
        self.environment = environment
        self.problems = problems
        self._values: dict[int, Value] = {}

    def value(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.Alias):
            return _repeated(self.value(node.target), node)
        value = self._values.get(id(node))
        if value is None:
            value = self._values[id(node)] = self._converted(node)
        return value

    def _converted(self, node: yaml.Node) -> Value:
        match node:
            case yaml.Scalar():
                return self._scalar(node)
            case yaml.Sequence():
                kept = (item for item in node.items if _tag(item) != "!reset")
                return list_value([self.value(item) for item in kept], node.span)
            case yaml.Mapping():
                return self._mapping(node)
        raise AssertionError(node)

    def _scalar(self, node: yaml.Scalar) -> Value:
        data = yaml.resolve(node)
        if isinstance(data, float):
            exact = numbers.parse(node.text.replace("_", ""))
            if exact is not None:
                return Known(exact, "number", span=node.span)
        if not isinstance(data, str):
            return known(data, node.span)
        try:
            return interpolate(data, node.span, self.environment)
        except Invalid as error:
            hint = "Write `$$` for a dollar sign that begins no variable."
            self._report(str(error), node.span, hint)
            return unknown(f"the text at {node.span.place}", "could not be read", node.span)

    def _mapping(self, node: yaml.Mapping) -> Value:
        table = Table()
        for key, node_value, aliases in yaml.entries(node):
            name = self._name(key)
            if name is None:
                continue
            span = aliases[0].span if aliases else key.span
            tag = _tag(node_value)
            if tag is not None:
                table.tags[name] = tag
            if tag == "!reset":
                table.spans[name] = span
                continue
            value = self.value(node_value)
            for alias in reversed(aliases):
                value = _repeated(value, alias)
            if isinstance(value, Known) and value.kind == "null" and not aliases:
                value = value.written_at(span)
            table.add(name, value, span)
        return table.object(node.span)

    def _name(self, key: yaml.Node) -> str | None:
        """The text of a key; None where it has none."""
        target = key.target if isinstance(key, yaml.Alias) else key
        if not isinstance(target, yaml.Scalar):
            self._report("a key must be a string, not a list or a mapping", key.span.header)
            return None
        if yaml.is_merge_key(key):
            self._report("`<<` must be given a mapping or a list of mappings", key.span)
            return None
        if not isinstance(yaml.resolve(target), str):
            message = f"the key `{target.text}` is not a string"
            self._report(message, key.span, "Put it in quotes.")
        return target.text

    def _report(self, message: str, span: Span, hint: str = "") -> None:
        self.problems.append(Diagnostic(message, span.path, span, hint))


def _repeated(value: Value, alias: yaml.Alias) -> Value:
    """What stands at an anchor, said again elsewhere: still used where it is written, so that a
    mistake in it is one mistake."""
    return value.via(Step(f"`*{alias.name}` repeats it here", alias.span))


def _tag(node: yaml.Node) -> Tag | None:
    target = node.target if isinstance(node, yaml.Alias) else node
    match target.tag:
        case "!reset":
            return "!reset"
        case "!override":
            return "!override"
    return None
