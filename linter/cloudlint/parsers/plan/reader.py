"""Reading plans: JSON of Terraform's documented format, from anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from cloudlint.discovery import Repository, Unreadable
from cloudlint.parsers.plan.model import (
    ConfiguredCall,
    ConfiguredModule,
    ConfiguredResource,
    Json,
    Key,
    Plan,
    PlannedResource,
    Variable,
    mapping,
    sequence,
    unquoted,
)
from cloudlint.source import Diagnostic, SourceFile, Span
from cloudlint.values import numbers
from cloudlint.values.numbers import Number

MAX_BYTES = 100_000_000
MAX_MODULE_DEPTH = 32
MAX_PROBLEMS = 10
HINT = "Write it with `terraform show -json plan.tfplan > plan.json`."

_PLAN_KEYS = re.compile(r'"(planned_values|resource_changes)"\s*:|"variables"\s*:\s*\{\s*"')
_VERSION = re.compile(r"[01]\.[0-9]+\Z")
_ADDRESS = re.compile(r'"address"\s*:\s*("(?:[^"\\]|\\.)*")')
_LINE = re.compile(r"[^\r\n]+")


def is_plan(prefix: str) -> bool:
    """Whether a text that begins like this is a plan as JSON; the more of it, the surer."""
    start = prefix.lstrip("\ufeff \t\r\n")
    return start.startswith("{") and '"format_version"' in start and bool(_PLAN_KEYS.search(start))


def read(repository: Repository, path: str) -> Plan:
    """Read a plan; raises `Unreadable`. What is wrong in parts of it is in its diagnostics."""
    text = _text(repository, path)
    try:
        data: Json = json.loads(text, parse_float=_number, parse_constant=_refused)
    except RecursionError:
        raise _unreadable(path, "is nested too deeply to be read", HINT) from None
    except ValueError as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise _unreadable(path, f"is no valid JSON{line}", HINT) from None
    return _Reader(path, text, _checked(path, data)).plan


def _text(repository: Repository, path: str) -> str:
    if not repository.is_file(path):
        repository.read_bytes(path)
    with (repository.root / path).open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise _unreadable(path, f"is larger than {limit}", "Plan parts of the configuration.")
    if data.startswith(b"PK"):
        raise _unreadable(path, "is a plan in Terraform's own format, not JSON", HINT)
    try:
        # PowerShell redirects to UTF-16.
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise _unreadable(path, "is not valid UTF-8", HINT) from None


def _checked(path: str, data: Json) -> dict[str, Json]:
    """The top level of what is a plan in a version known here; raises `Unreadable`."""
    top = mapping(data)
    version = top.get("format_version")
    if not isinstance(version, str) or not top.keys() & {"planned_values", "resource_changes"}:
        raise _unreadable(path, "is JSON, but no Terraform plan", HINT)
    if not _VERSION.match(version):
        message = f"is a plan of format {version[:20]!r}; cloudlint reads 0 and 1"
        raise _unreadable(path, message, "Update cloudlint.")
    return top


def _number(text: str) -> Number:
    number = numbers.parse(text)
    if number is None:
        raise ValueError
    return number


def _refused(text: str) -> Number:
    raise ValueError


def _unreadable(path: str, message: str, hint: str) -> Unreadable:
    return Unreadable(Diagnostic(f"{path} {message}", path, hint=hint))


# -- places --------------------------------------------------------------------------------------


def _addresses(path: str, text: str) -> tuple[SourceFile, dict[str, Span]]:
    """The file with all but its addresses blanked, and where each is first written."""
    shown: list[str] = []
    found: list[tuple[str, int, int]] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        shown += (_blank(text[end : match.start()]), match[0])
        end = match.end()
        found.append((unquoted(match[1]), match.start(1) + 1, end - 1))
    file = SourceFile(path, "".join((*shown, _blank(text[end:]))))
    places: dict[str, Span] = {}
    for address, start, stop in found:
        places.setdefault(address, file.span(start, stop))
    return file, places


def _blank(text: str) -> str:
    return _LINE.sub(lambda match: " " * (match.end() - match.start()), text)


# -- the parts of a plan -------------------------------------------------------------------------


class _Reader:
    def __init__(self, path: str, text: str, top: dict[str, Json]) -> None:
        file, places = _addresses(path, text)
        self.plan = Plan(file, places=places)
        self._changes = self._read_changes(top.get("resource_changes"))
        planned, prior = top.get("planned_values"), top.get("prior_state")
        if isinstance(planned, dict):
            self._add_all(self._in_modules("planned_values", planned.get("root_module")))
        else:
            self._add_all(self._changed())
        state = mapping(mapping(prior).get("values")).get("root_module")
        read = self._in_modules("prior_state", state)
        self._add_all(r for r in read if r.mode == "data")
        self._read_configuration(top.get("configuration"))
        self._read_variables(top.get("variables"))
        if top.get("errored") is True:
            self._problem("was made by a run that failed: it is not complete")

    def _problem(self, message: str, hint: str = HINT) -> None:
        path, told = self.plan.file.path, self.plan.diagnostics
        diagnostic = Diagnostic(f"{path} {message}", path, self.plan.file.span(0, 0), hint)
        if len(told) < MAX_PROBLEMS and diagnostic not in told:
            told.append(diagnostic)

    def _objects(self, where: str, data: Json) -> Iterator[dict[str, Json]]:
        """The objects of an array; tells of everything else."""
        if data is not None and not isinstance(data, list):
            self._problem(f"has something else than a list for {where}")
        for item in sequence(data):
            if isinstance(item, dict):
                yield item
            else:
                self._problem(f"has something else than an object in {where}")

    # -- resources -------------------------------------------------------------------------------

    def _read_changes(self, data: Json) -> dict[str, dict[str, Json]]:
        """Changes by address; what a replacement left behind (deposed objects) is none of them."""
        changes = {}
        for change in self._objects("resource_changes", data):
            address = change.get("address")
            if isinstance(address, str) and "deposed" not in change:
                changes[address] = change
        return changes

    def _changed(self) -> Iterator[PlannedResource]:
        """The resources of the changes alone, where there are no planned values."""
        for change in self._changes.values():
            module = change.get("module_address")
            values = mapping(change.get("change")).get("after")
            resource = {**change, "values": values}
            yield from self._resource(resource, module if isinstance(module, str) else "")

    def _in_modules(self, where: str, data: Json) -> Iterator[PlannedResource]:
        stack = [data]
        while stack:
            module = mapping(stack.pop())
            address = module.get("address", "")
            if not isinstance(address, str):
                self._problem(f"has a module without address in {where}")
                continue
            if address:
                self.plan.modules.add(address)
            for resource in self._objects(f"{where} of {address or 'the root'}",
                                          module.get("resources")):  # fmt: skip
                yield from self._resource(resource, address)
            stack.extend(reversed(list(self._objects(where, module.get("child_modules")))))

    def _resource(self, data: dict[str, Json], module: str) -> Iterator[PlannedResource]:
        names = [data.get(name) for name in ("address", "mode", "type", "name")]
        address, mode, type_, name = (n if isinstance(n, str) else "" for n in names)
        values = data.get("values")
        if not (address and mode and type_ and name) or not isinstance(values, dict | None):
            self._problem("holds a resource without address, type, name or values")
            return
        change = mapping(self._changes.get(address, {}).get("change"))
        if mode in ("managed", "data") and not _is_removal(change):
            yield PlannedResource(
                address, module, mode, type_, name, _key(data.get("index")), values or {},
                mapping(change.get("after_unknown")),
                [data.get("sensitive_values"), change.get("after_sensitive")],
            )  # fmt: skip

    def _add_all(self, resources: Iterator[PlannedResource]) -> None:
        """Take resources in; of an address that is there already the first counts."""
        known = {resource.address for resource in self.plan.resources}
        for resource in resources:
            if resource.address not in known:
                known.add(resource.address)
                self.plan.resources.append(resource)
                if resource.module:
                    self.plan.modules.add(resource.module)

    # -- configuration ---------------------------------------------------------------------------

    def _read_configuration(self, data: Json) -> None:
        root = mapping(data).get("root_module")
        self.plan.configuration = self._module(mapping(root), 0)
        for name, variable in mapping(mapping(root).get("variables")).items():
            if mapping(variable).get("sensitive") is True:
                self.plan.variables[name] = Variable(None, sensitive=True)

    def _module(self, data: dict[str, Json], depth: int) -> ConfiguredModule:
        module = ConfiguredModule()
        for resource in self._objects("configuration", data.get("resources")):
            names = (resource.get("mode"), resource.get("type"), resource.get("name"))
            mode, type_, name = (n if isinstance(n, str) else "" for n in names)
            module.resources[(mode, type_, name)] = ConfiguredResource(
                mapping(resource.get("expressions")), _repetition(resource)
            )
        for name, output in mapping(data.get("outputs")).items():
            module.outputs[name] = mapping(output).get("expression")
        for name, call in mapping(data.get("module_calls")).items():
            if depth == MAX_MODULE_DEPTH:
                self._problem(f"calls modules more than {MAX_MODULE_DEPTH} deep")
                break
            called = mapping(call)
            module.calls[name] = ConfiguredCall(
                mapping(called.get("expressions")),
                _repetition(called),
                self._module(mapping(called.get("module")), depth + 1),
            )
        return module

    def _read_variables(self, data: Json) -> None:
        for name, variable in mapping(data).items():
            declared = self.plan.variables.get(name)
            self.plan.variables[name] = Variable(
                mapping(variable).get("value"), sensitive=bool(declared and declared.sensitive)
            )


def _is_removal(change: dict[str, Json]) -> bool:
    actions = change.get("actions")
    return isinstance(actions, list) and actions in (["delete"], ["forget"])


def _repetition(data: dict[str, Json]) -> dict[str, Json]:
    return mapping(data.get("count_expression")) or mapping(data.get("for_each_expression"))


def _key(index: Json) -> Key:
    return index if isinstance(index, str | int) and not isinstance(index, bool) else None
