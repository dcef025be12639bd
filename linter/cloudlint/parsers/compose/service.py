"""A service from its merged long form: types settled, defaults known, environment resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cloudlint.discovery import Repository, Unreadable
from cloudlint.parsers.compose import dotenv
from cloudlint.parsers.compose.inline import inline_file
from cloudlint.parsers.compose.interpolation import Environment
from cloudlint.parsers.compose.model import (
    Build,
    Dependency,
    EnvFile,
    FileGrant,
    HealthCheck,
    Port,
    Service,
    Volume,
)
from cloudlint.parsers.compose.paths import in_repository
from cloudlint.parsers.compose.short import shown
from cloudlint.parsers.compose.tree import Table, entries, is_list, is_object, items, list_value
from cloudlint.source import Diagnostic, SourceFile, Span
from cloudlint.values import FALSE, NULL, TRUE, Known, Step, Value, applied, known, unknown
from cloudlint.values.types import BOOL

_Casts = Mapping[str, "str | _Casts"]
_CASTS: _Casts = {
    **dict.fromkeys(("init", "oom_kill_disable", "privileged", "read_only"), "a boolean"),
    **dict.fromkeys(("stdin_open", "tty"), "a boolean"),
    "scale": "a number",
    "depends_on": {"*": {"required": "a boolean", "restart": "a boolean"}},
    "deploy": {"replicas": "a number"},
    "healthcheck": {"disable": "a boolean", "retries": "a number"},
    "volumes": {"*": {"read_only": "a boolean"}},
    **{hook: {"*": {"privileged": "a boolean"}} for hook in ("post_start", "pre_stop")},
}
_TRUTHS = {
    **dict.fromkeys(("true", "y", "yes", "on"), True),
    **dict.fromkeys(("false", "n", "no", "off"), False),
}
MAX_VARIABLES = 100_000
_NAMES = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_STARTED = known("service_started")
_NAMESPACES = ("network_mode", "ipc", "pid")


class ServiceBuilder:
    """Makes the services of one project; what is wrong is added to `problems`."""

    def __init__(
        self,
        repository: Repository,
        directory: str,
        environment: Environment,
        problems: list[Diagnostic],
    ) -> None:
        self.repository = repository
        self.directory = directory
        self.environment = environment
        self.problems = problems
        self._env_files: dict[object, dotenv.EnvironmentFile] = {}
        self._names: dict[str, set[str]] = {}
        self._variables = 0

    def service(self, name: str, merged: Value, span: Span, files: Iterable[str]) -> Service:
        body = self._cast(merged, _CASTS)
        table = body.data if isinstance(body, Known) and isinstance(body.data, Table) else Table()
        body = table.object(span)
        env_files, environment = self._environment(body)
        return Service(
            name=name,
            span=span,
            body=body,
            files=tuple(sorted(files)),
            build=self._build(body),
            environment=environment,
            env_files=env_files,
            dependencies=tuple(_dependencies(body)),
            healthcheck=_healthcheck(body),
            ports=tuple(_port(item) for item in items(body["ports"])),
            volumes=tuple(self._volume(item) for item in items(body["volumes"])),
            secrets=tuple(_grant(item, "/run/secrets/") for item in items(body["secrets"])),
            configs=tuple(_grant(item, "/") for item in items(body["configs"])),
        )

    def _report(self, message: str, span: Span | None, *, warning: bool = False) -> None:
        path = span.path if span else self.directory
        severity = "warning" if warning else "error"
        self.problems.append(Diagnostic(message, path, span, severity=severity))  # type: ignore[arg-type]

    # -- types -------------------------------------------------------------------------------

    def _cast(self, value: Value, casts: str | _Casts) -> Value:
        if isinstance(casts, str):
            return self._settled(value, casts)
        if is_list(value) and "*" in casts:
            return list_value([self._cast(item, casts["*"]) for item in items(value)], value.place)
        if not is_object(value):
            return value
        table = Table()
        for name, span, item in entries(value):
            below = casts.get(name) or casts.get("*")
            table.add(name, self._cast(item, below) if below else item, span)
        return table.object(value.span)._copy(value.span, value.marks)

    def _settled(self, value: Value, wanted: str) -> Value:
        """A text as the boolean or number it must be; an unknown where it is neither."""
        if not isinstance(value, Known) or value.kind == "null":
            return value
        text = str(value.data).lower()
        data: bool | int | None = None
        if wanted == "a boolean":
            data = value.data if isinstance(value.data, bool) else _TRUTHS.get(text)
        elif text.isdecimal() and len(text) < 20:
            data = int(text)
        if data is not None:
            return known(data)._copy(value.span, value.marks)
        self._report(f"{shown(text)} is not {wanted}", value.place)
        return unknown(shown(text), f"is not {wanted}", value.span).used_at(value.place)

    # -- parts -------------------------------------------------------------------------------

    def _build(self, body: Known) -> Build | None:
        build = body["build"]
        if not is_object(build):
            return None
        context, inline = build["context"], build["dockerfile_inline"]
        if context.key == "null":
            context = known(".", build.place)
        directory = in_repository(self.repository, self.directory, context)
        dockerfile = build["dockerfile"]
        if dockerfile.key == "null" and inline.key == "null":
            dockerfile = known("Dockerfile", context.place)
        path = None if directory is None else in_repository(self.repository, directory, dockerfile)
        file = inline_file(inline)
        path = path if file is None else file.path
        args = self._resolved(build["args"])
        target = build["target"]
        return Build(context, directory, dockerfile, path, inline, file, target, args, build.place)

    def _volume(self, value: Value) -> Volume:
        kind, source = value["type"], value["source"]
        path = None
        if isinstance(kind, Known) and kind.data == "bind":
            path = in_repository(self.repository, self.directory, source)
        read_only = value["read_only"]
        if read_only.key == "null":
            read_only = FALSE.written_at(value.place)
        return Volume(kind, source, value["target"], read_only, path, value, value.place)

    # -- environment -------------------------------------------------------------------------

    def _resolved(self, table: Value) -> dict[str, Value]:
        """Variables by name; one without a value has that of `.env`, or an unknown one."""
        result: dict[str, Value] = {}
        for name, span, value in entries(table):
            if value.key == "null":
                value = self._handed_over(name, span)
            result[name] = value
        return result

    def _handed_over(self, name: str, span: Span | None) -> Value:
        value = self.environment.values.get(name)
        if value is None:
            where = self.environment.where
            return unknown(name, f"has no value in {where}", span, scope=self.environment.scope)
        if value.span is not None:
            value = value.via(Step(f"`{name}` is set in `{value.span.path}`", value.span))
        return value.used_at(span)

    def _environment(self, body: Known) -> tuple[tuple[EnvFile, ...], dict[str, Value]]:
        own = self._resolved(body["environment"])
        lookup = self.environment.over(own)
        result: dict[str, Value] = {}
        env_files = []
        for item in items(body["env_file"]):
            env_file, values = self._env_file(item, lookup)
            env_files.append(env_file)
            result |= values
        return tuple(env_files), result | own

    def _env_file(self, item: Value, lookup: Environment) -> tuple[EnvFile, dict[str, Value]]:
        value = item["path"]
        required = self._settled(item["required"], "a boolean")
        if required.key == "null":
            required = TRUE
        path = in_repository(self.repository, self.directory, value)
        found = path is not None and self.repository.is_file(path)
        env_file = EnvFile(value, path, required, found)
        if path is None or not found:
            if required.truth() is not False and isinstance(value, Known):
                self._report_missing(value)
            return env_file, {}
        return env_file, dict(self._read(path, item, lookup))

    def _report_missing(self, value: Known) -> None:
        message = f"the environment file {shown(str(value.data))} is not in the repository"
        self._report(f"{message}: its variables are not known", value.place, warning=True)

    def _read(self, path: str, item: Value, lookup: Environment) -> Iterator[tuple[str, Value]]:
        place = item["path"].place
        parsed = self._parsed(path, item["format"].key == '"raw"', lookup)
        self.problems += parsed.problems
        self._variables += len(parsed.variables)
        if self._variables > MAX_VARIABLES:
            self._report("environment files set too many variables: not checked", place)
            return
        step = Step(f"the variables of `{path}` are set by `env_file`", place)
        for variable in parsed.variables:
            value = variable.value
            if value is None:
                value = self.environment.values.get(variable.name)
            if value is not None:
                yield variable.name, value.via(step).used_at(place)

    def _parsed(self, path: str, raw: bool, lookup: Environment) -> dotenv.EnvironmentFile:
        """What a file says; read once for services that agree on the variables it uses."""
        try:
            source = self.repository.read(path)
        except Unreadable as error:
            return dotenv.EnvironmentFile(problems=[error.diagnostic])
        given = {name: lookup.values[name].key for name in self._used(source) & set(lookup.values)}
        key = (path, raw, frozenset(given.items()))
        if key not in self._env_files:
            self._env_files[key] = dotenv.parse(source, lookup, raw=raw)
        return self._env_files[key]

    def _used(self, source: SourceFile) -> set[str]:
        """The names in a file that may be those of variables."""
        names = self._names.get(source.path)
        if names is None:
            names = set(_NAMES.findall(source.text)) if "$" in source.text else set()
            self._names[source.path] = names
        return names


def _dependencies(body: Known) -> Iterator[Dependency]:
    named: set[str] = set()
    for name, span, value in entries(body["depends_on"]):
        condition, required = value["condition"], value["required"]
        condition = _STARTED.written_at(span) if condition.key == "null" else condition
        required = TRUE.written_at(span) if required.key == "null" else required
        named.add(name)
        yield Dependency(name, condition, required, "depends_on", span)
    for reason, name, span in _implied(body):
        if name not in named:
            named.add(name)
            yield Dependency(name, _STARTED.written_at(span), TRUE, reason, span)


def _implied(body: Known) -> Iterator[tuple[str, str, Span | None]]:
    """The services that other attributes need: attribute, service, place."""
    for value in items(body["links"]):
        if text := _text(value):
            yield "links", text.partition(":")[0], value.place
    for value in items(body["volumes_from"]):
        text = _text(value)
        if text and not text.startswith("container:"):
            yield "volumes_from", text.partition(":")[0], value.place
    for namespace in _NAMESPACES:
        text = _text(body[namespace])
        if text.startswith("service:"):
            yield namespace, text.removeprefix("service:"), body[namespace].place


def _text(value: Value) -> str:
    return str(value.data) if isinstance(value, Known) and value.kind == "string" else ""


def _healthcheck(body: Known) -> HealthCheck | None:
    value = body["healthcheck"]
    if not is_object(value):
        return None
    test, disabled = value["test"], value["disable"]
    first = items(test)[0] if items(test) else test
    if _text(first) == "NONE":
        disabled = known(True)._copy(first.span, first.marks)
    elif not isinstance(first, Known):
        none = known("NONE")
        disabled = disabled | applied("==", first, none, type_=BOOL).used_at(first.place)
    elif disabled.key == "null":
        disabled = FALSE.written_at(value.place)
    return HealthCheck(value, test, disabled, value.place)


def _port(value: Value) -> Port:
    protocol = value["protocol"]
    if protocol.key == "null":
        protocol = known("tcp", value.place)
    host, published = value["host_ip"], value["published"]
    return Port(host, published, value["target"], protocol, value.place)


def _grant(value: Value, folder: str) -> FileGrant:
    source, target = value["source"], value["target"]
    if target.key == "null":
        target = NULL
        if isinstance(source, Known):
            target = known(f"{folder}{source.data}", source.place)
    return FileGrant(source, target, value.place)
