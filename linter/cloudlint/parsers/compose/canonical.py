"""One form for everything: short syntax becomes long, wrong types become diagnostics.

A service is brought into its long form before anything is merged into it. Entries that cannot be
read are left out and told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cloudlint.parsers.compose.short import Refused, checked_port, pair, port, text, volume
from cloudlint.parsers.compose.tree import (
    Table,
    entries,
    is_list,
    is_object,
    items,
    list_value,
    tags,
)
from cloudlint.source import Diagnostic, Span
from cloudlint.values import Known, Value, known

Shape = Literal[
    "a mapping",
    "a list",
    "a string",
    "a list or a mapping",
    "a string or a list",
    "a string or a mapping",
]
Report = Callable[[str, Span | None], None]

SECTIONS = ("services", "volumes", "networks", "secrets", "configs")
_BY_SHAPE: dict[Shape, str] = {
    "a mapping": "blkio_config credential_spec deploy develop healthcheck logging provider"
    " storage_opt ulimits",
    "a list": "cap_add cap_drop configs device_cgroup_rules devices dns_opt expose external_links"
    " group_add links ports post_start pre_stop profiles secrets security_opt volumes"
    " volumes_from",
    "a list or a mapping": "annotations depends_on environment extra_hosts labels models networks"
    " sysctls",
    "a string or a list": "command dns dns_search entrypoint env_file label_file tmpfs",
    "a string or a mapping": "build extends",
    "a string": "cgroup container_name domainname hostname image init ipc isolation network_mode"
    " pid platform privileged pull_policy read_only restart runtime scale shm_size stdin_open"
    " stop_grace_period stop_signal tty user userns_mode uts working_dir",
}
_SHAPES: dict[str, Shape] = {
    key: shape for shape, keys in _BY_SHAPE.items() for key in keys.split()
}


class Canonical:
    """Brings the parts of one file into their long form; what is wrong is added to `problems`."""

    def __init__(self, path: str, problems: list[Diagnostic]) -> None:
        self.path = path
        self.problems = problems

    def report(self, message: str, span: Span | None, hint: str = "") -> None:
        place = span.path if span else self.path
        self.problems.append(Diagnostic(message, place, span.header if span else None, hint))

    def sections(self, top: Value) -> dict[str, Table]:
        """The sections of a file by name; `services` holds the services' long forms."""
        result: dict[str, Table] = {}
        for name, span, value in entries(top):
            if name not in SECTIONS or _is_null(value):
                continue
            if not is_object(value):
                self.report(f"`{name}` must be a mapping", value.place or span)
                continue
            result[name] = self._section(name, value)
        return result

    def _section(self, section: str, value: Value) -> Table:
        table = Table()
        table.tags.update(tags(value))
        for name, span, body in entries(value):
            if not (is_object(body) or _is_null(body)):
                self.report(f"`{section}.{name}` must be a mapping", body.place or span)
            elif section == "services":
                table.add(name, self.service(name, body), span)
            else:
                table.add(name, body, span)
        return table

    def service(self, name: str, body: Value) -> Known:
        table = Table()
        table.tags.update(tags(body))
        for key, span, value in entries(body):
            long = self._attribute(name, key, span, value)
            if long is not None:
                table.add(key, long, span)
        return table.object(body.place)

    def _attribute(self, service: str, key: str, span: Span | None, value: Value) -> Value | None:
        """The long form of one attribute; None where there is nothing to keep."""
        if _is_null(value):
            return value if key in ("command", "entrypoint") else None
        shape = _SHAPES.get(key)
        if shape and not _fits(value, shape):
            self.report(f"`{key}` of service `{service}` must be {shape}", value.place or span)
            return None
        convert = _CONVERSIONS.get(key)
        return convert(value, self.report) if convert else value


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null"


def _fits(value: Value, shape: Shape) -> bool:
    if not isinstance(value, Known):
        return shape.startswith("a string")
    match shape:
        case "a mapping":
            return is_object(value)
        case "a list":
            return is_list(value)
        case "a list or a mapping":
            return is_list(value) or is_object(value)
        case "a string":
            return not (is_list(value) or is_object(value))
        case "a string or a list":
            return not is_object(value)
    return not is_list(value)


def _as_list(value: Value, report: Report) -> Value:
    return value if is_list(value) else list_value([value], value.span)


def _key_values(value: Value, report: Report) -> Value:
    """`[A=b]` as `{A: b}`; a name alone is given null. Scalars become texts. A name that is not
    known is left out: nothing can ask for it."""
    table = Table()
    table.tags.update(tags(value))
    if is_object(value):
        for name, span, item in entries(value):
            if is_list(item) or is_object(item):
                report(f"`{name}` must be a text", item.place)
            else:
                table.add(name, text(item), span)
        return table.object(value.place)
    if not is_list(value):
        report("this must be a list or a mapping", value.place)
    for item in items(value):
        if is_list(item) or is_object(item):
            report("this must be a text like `NAME=value`", item.place)
            continue
        variable, given = pair(text(item))
        if variable is None:
            continue
        null = Known(None, "null", span=item.span, marks=item.marks)
        table.add(variable, null if given is None else given, item.place)
    return table.object(value.place)


def _names_to_mapping(default: Callable[[Span | None], Value]) -> Callable[[Value, Report], Value]:
    def convert(value: Value, report: Report) -> Value:
        table = Table()
        table.tags.update(tags(value))
        for key, span, item in entries(value):
            if _is_null(item):
                item = default(span)
            if is_object(item) or _is_null(item):
                table.add(key, item, span)
            else:
                report(f"`{key}` must be a mapping here", item.place)
        for item in items(value):
            name = item.data if isinstance(item, Known) else None
            if isinstance(name, str):
                table.add(name, default(item.place), item.place)
            else:
                report("this must be a name", item.place)
        return table.object(value.place)

    return convert


def _started(span: Span | None) -> Value:
    table = Table()
    table.add("condition", known("service_started", span), span)
    table.add("required", known(True, span), span)
    return table.object(span)


def _null(span: Span | None) -> Value:
    return known(None, span)


def _objects(name: str) -> Callable[[Value, Report], Value]:
    """Every element an object: a text becomes its entry `name`."""

    def convert(value: Value, report: Report) -> Value:
        listed = _as_list(value, report)
        return list_value([_object(item, name) for item in items(listed)], value.place)

    return convert


def _object(value: Value, name: str) -> Value:
    if is_object(value):
        return value
    table = Table()
    table.add(name, value, value.place)
    return table.object(value.place)


def _shortened(
    parse: Callable[[Value], Value], check: Callable[[Value], Value]
) -> Callable[[Value, Report], Value]:
    """A list whose texts are a short form that `parse` reads; `check` looks at long forms."""

    def convert(value: Value, report: Report) -> Value:
        result = []
        for item in items(value):
            try:
                result.append(check(item) if is_object(item) else parse(_scalar(item)))
            except Refused as error:
                report(str(error), item.place)
        return list_value(result, value.place)

    return convert


def _port(value: Value) -> Value:
    table = Table()
    for name, span, item in entries(value):
        table.add(name, checked_port(item) if name in ("target", "published") else item, span)
    if "target" not in table:
        raise Refused("this port has no `target`")
    return table.object(value.place)


def _volume(value: Value) -> Value:
    if _is_null(value["type"]):
        raise Refused("this volume has no `type`")
    return value


def _scalar(value: Value) -> Value:
    if isinstance(value, Known) and value.kind not in ("string", "number"):
        raise Refused("this is neither a text nor a mapping")
    return text(value)


def _build(value: Value, report: Report) -> Value:
    table = Table()
    table.tags.update(tags(value))
    for name, span, item in entries(_object(value, "context")):
        lists = ("args", "labels", "additional_contexts")
        table.add(name, _key_values(item, report) if name in lists else item, span)
    return table.object(value.place)


def _extends(value: Value, report: Report) -> Value:
    return _object(value, "service")


_CONVERSIONS: dict[str, Callable[[Value, Report], Value]] = {
    "annotations": _key_values,
    "build": _build,
    "configs": _objects("source"),
    "depends_on": _names_to_mapping(_started),
    "dns": _as_list,
    "dns_search": _as_list,
    "env_file": _objects("path"),
    "environment": _key_values,
    "extends": _extends,
    "label_file": _as_list,
    "labels": _key_values,
    "models": _names_to_mapping(_null),
    "networks": _names_to_mapping(_null),
    "ports": _shortened(port, _port),
    "secrets": _objects("source"),
    "sysctls": _key_values,
    "tmpfs": _as_list,
    "volumes": _shortened(volume, _volume),
}
