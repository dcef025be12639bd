"""Merging as Compose does, of long forms: what overrides, what adds, what is the same."""

from __future__ import annotations

from collections.abc import Callable

from cloudlint.parsers.compose.tree import (
    Table,
    entries,
    is_list,
    is_object,
    items,
    list_value,
    tags,
)
from cloudlint.values import Known, Value

Path = tuple[str, ...]
_REPLACED: frozenset[Path] = frozenset({("command",), ("entrypoint",), ("healthcheck", "test")})
# Here null is a value of its own: a variable that is handed over from the shell.
_NULL_WINS: frozenset[Path] = frozenset({("environment",), ("build", "args")})
_TEXTS = "cap_add cap_drop dns dns_opt dns_search expose label_file links profiles tmpfs".split()


def merge_tables(base: Table, over: Table, path: Path = ()) -> Table:
    """The entries of both; what stands in `over` wins. `!reset` there takes an entry away,
    `!override` replaces it; the tags stay, for the next base."""
    return _merged(base.object(None), over.object(None), path)


def merge_services(base: Table, over: Table) -> Table:
    """The services of two files, each merged by the rules for services."""
    result = Table()
    result.tags.update(over.tags)
    for name, span, body in entries(base.object(None)):
        if over.tags.get(name) == "!reset":
            continue
        other = over.get(name)
        if other is None:
            result.add(name, body, span)
        elif over.tags.get(name) != "!override":
            result.add(name, merge_service(body, other), span)
    for name, span, body in entries(over.object(None)):
        if name not in result:
            result.add(name, body, span)
    return result


def merge_service(base: Value, over: Value) -> Known:
    """One service's long form over another; the place is that of `base`."""
    return _merged(base, over, ()).object(base.place)


def _merged(base: Value, over: Value, path: Path) -> Table:
    result = Table()
    marked = tags(over)
    result.tags.update(marked)
    for name, span, value in entries(base):
        if marked.get(name) != "!reset":
            result.add(name, value, span)
    for name, span, value in entries(over):
        earlier = result.get(name)
        if earlier is None or marked.get(name) == "!override":
            result.add(name, value, span)
        else:
            merged = _value(earlier, value, (*path, name))
            result.add(name, merged, result.spans.get(name) if merged is earlier else span)
    return result


def _value(base: Value, over: Value, path: Path) -> Value:
    if path in _REPLACED:
        return over
    if isinstance(over, Known) and over.kind == "null":
        return over if path[:-1] in _NULL_WINS else base
    if is_object(base) and is_object(over):
        return _merged(base, over, path).object(over.place)
    if is_list(base) and is_list(over):
        return list_value(_unique([*items(base), *items(over)], path), over.place)
    return over


def _unique(values: list[Value], path: Path) -> list[Value]:
    """Of elements that are the same by the rules for their list, the last, at the first's place."""
    identify = _IDENTITIES.get(path[0]) if len(path) == 1 else None
    if identify is None:
        return values
    kept: dict[str, Value] = {}
    for value in values:
        kept[identify(value)] = value
    return list(kept.values())


def _text(value: Value) -> str:
    return value.key


def _entry(name: str) -> Callable[[Value], str]:
    return lambda value: value[name].key if is_object(value) else value.key


def _mount(value: Value) -> str:
    """A secret or config by its target, which is its source where none is given."""
    target = value["target"]
    if isinstance(target, Known) and target.kind == "null":
        target = value["source"]
    return target.key.rpartition("/")[2]


def _port(value: Value) -> str:
    fields = [value[name] for name in ("host_ip", "published", "target", "protocol")]
    defaults = ('"0.0.0.0"', "null", "null", '"tcp"')
    given = zip(fields, defaults, strict=True)
    return "|".join(default if field.key == "null" else field.key for field, default in given)


_IDENTITIES: dict[str, Callable[[Value], str]] = {
    **dict.fromkeys(_TEXTS, _text),
    "configs": _mount,
    "devices": _entry("target"),
    "env_file": _entry("path"),
    "ports": _port,
    "secrets": _mount,
    "volumes": _entry("target"),
}
