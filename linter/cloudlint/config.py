"""The configuration: `cloudlint.toml`, `.cloudlint.toml` or `[tool.cloudlint]` in pyproject.toml.

It belongs to the scanned repository and is as little trusted: it can name policies but not where
to load them from, and its paths stay inside the repository.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any, cast

from cloudlint.discovery import Repository, Unreadable
from cloudlint.graph import Environment
from cloudlint.policy import Option, Policy
from cloudlint.severity import Severity
from cloudlint.source import SourceFile
from cloudlint.usage import Misuse, did_you_mean

NAMES = ("cloudlint.toml", ".cloudlint.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is configured for one policy."""

    options: Mapping[str, object]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Deployed:
    """A `[[deployments]]` table; paths are relative to the repository root, `environment` and
    `workspace` are empty where they are not said."""

    root: str
    name: str
    var_files: tuple[str, ...] = ()
    environment: str = ""
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration; the defaults are those of a repository that has none.

    `fail_on` is None for `never`. Globs and `var_files` are relative to the repository root.
    """

    fail_on: Severity | None = Severity.MEDIUM
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False
    include_staging: bool = False
    environments: tuple[tuple[str, Environment], ...] = ()
    var_files: tuple[str, ...] = ()
    deployments: tuple[Deployed, ...] = ()
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The `[policies.NAME]` tables as written; `settings` checks them."""
    source: _Toml | None = None

    def excluded(self, path: str) -> bool:
        return any(matches(path, glob) for glob in self.exclude)

    def misuse(self, message: str, *keys: str, hint: str = "") -> Misuse:
        """Something wrong that only shows later, placed at a key."""
        place = self.source.place(keys) if self.source else ""
        return Misuse(message, place, hint)


def matches(path: str, glob: str) -> bool:
    """Whether a glob takes in a path, or a folder that the path is in. `*` matches `/` too, and
    a leading `**/` also nothing."""
    glob = glob.rstrip("/")
    globs = (glob, f"{glob}/*")
    return any(fnmatchcase(path, g) or fnmatchcase(f"/{path}", g) for g in globs)


# -- finding and reading it ----------------------------------------------------------------------


def find(repository: Repository, folder: str) -> Config:
    """The nearest configuration from a folder of the repository upward to its root."""
    for directory in (PurePosixPath(folder), *PurePosixPath(folder).parents):
        for name in NAMES:
            path = str(directory / name)
            if repository.is_file(path):
                toml = _found(repository, path)
                if toml is not None:
                    base = "" if str(directory) == "." else f"{directory}/"
                    return _config(toml, base)
    return Config()


def read(path: Path) -> Config:
    """The configuration in a file that the user names; its paths start at the repository root.
    A `[tool.cloudlint]` table is taken where there is one, else the whole file."""
    try:
        source = SourceFile(str(path), path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise Misuse(f"the configuration {path} cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise Misuse(f"the configuration {path} is not valid UTF-8") from None
    return _config(_toml(source, in_tool=path.name == "pyproject.toml") or _Toml(source, {}), "")


def _found(repository: Repository, path: str) -> _Toml | None:
    """None where it is a pyproject.toml of somebody else's."""
    shared = path.rpartition("/")[2] == "pyproject.toml"
    try:
        source = repository.read(path)
    except Unreadable as problem:
        if shared:
            return None
        diagnostic = problem.diagnostic
        raise Misuse(diagnostic.message, path, diagnostic.hint) from None
    if shared and "cloudlint" not in source.text:
        return None
    return _toml(source, in_tool=shared)


def _toml(source: SourceFile, *, in_tool: bool) -> _Toml | None:
    import tomllib

    try:
        document = tomllib.loads(source.text)
    except RecursionError:
        raise Misuse("this TOML is nested too deeply", source.path) from None
    except ValueError as error:
        line = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = f"{source.path}:{line[1]}:{line[2]}" if line else source.path
        message = str(error).partition(" (at ")[0]
        raise Misuse(f"this is no valid TOML: {message}", place) from None
    if not in_tool:
        return _Toml(source, document)
    tool = document.get("tool")
    table = tool.get("cloudlint") if isinstance(tool, dict) else None
    return _Toml(source, table, ("tool", "cloudlint")) if isinstance(table, dict) else None


@dataclass(frozen=True, slots=True)
class _Toml:
    """A table of a TOML file; `prefix` is where it stands."""

    source: SourceFile
    table: dict[str, Any]
    prefix: tuple[str, ...] = ()

    def place(self, keys: tuple[str, ...]) -> str:
        """`path:line` of a key, or of the nearest table around it that can be found."""
        for length in range(len(keys), 0, -1):
            line = _line_of(self.source.text, (*self.prefix, *keys[:length]))
            if line:
                return f"{self.source.path}:{line}"
        return self.source.path


_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_KEY = re.compile(r"\s*([^=#\[{]+?)\s*=")
_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([\w-]+)')


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """The line on which a key or table is first written; tomllib does not tell."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        here: tuple[str, ...] = ()
        if header := _HEADER.match(line):
            here = table = _parts(header[1])
        elif key := _KEY.match(line):
            here = (*table, *_parts(key[1]))
        if here[: len(keys)] == keys:
            return number
    return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(match[match.lastindex or 0] for match in _PART.finditer(dotted))


# -- checking it ---------------------------------------------------------------------------------


def _config(toml: _Toml, base: str) -> Config:
    """`base` is put in front of globs and paths, with its own special characters escaped."""
    read = _Reader(toml)
    escaped = re.sub(r"([*?[])", r"[\1]", base)
    config = Config(
        fail_on=read.threshold("fail-on"),
        select=read.texts("select"),
        ignore=read.texts("ignore"),
        exclude=tuple(_based(escaped, glob) for glob in read.texts("exclude")),
        strict=read.flag("strict"),
        include_staging=read.flag("include-staging"),
        environments=read.environments(escaped),
        var_files=tuple(base + path for path in read.texts("var-files")),
        deployments=read.deployments(base),
        tables=read.policies(),
        source=toml,
    )
    read.finish()
    return config


def _based(base: str, glob: str) -> str:
    return base + glob.removeprefix("./").removeprefix("/")


class _Reader:
    """Takes the keys out of a table one by one; what is left at the end is not known."""

    def __init__(self, toml: _Toml) -> None:
        self._toml = toml
        self._known: list[str] = []

    def _take(self, key: str, default: object, fits: Callable[[Any], bool], what: str) -> Any:
        self._known.append(key)
        value = self._toml.table.get(key, default)
        if not fits(value):
            raise Misuse(f"`{key}` must be {what}", self._toml.place((key,)))
        return value

    def flag(self, key: str) -> bool:
        return cast(bool, self._take(key, False, lambda v: isinstance(v, bool), "true or false"))

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._take(key, [], _is_texts, "a list of strings"))

    def threshold(self, key: str) -> Severity | None:
        allowed = [*map(str, reversed(Severity)), "never"]
        text = self._take(key, "medium", lambda v: v in allowed, f"one of {', '.join(allowed)}")
        return None if text == "never" else Severity.parse(text)

    def environments(self, base: str) -> tuple[tuple[str, Environment], ...]:
        allowed = {str(environment): environment for environment in Environment}
        table = self._table("environments")
        for glob, name in table.items():
            if name not in list(allowed):  # whatever is not hashable included
                message = f"`{glob}` must be one of {', '.join(allowed)}"
                raise Misuse(message, self._toml.place(("environments", glob)))
        return tuple((_based(base, glob), allowed[name]) for glob, name in table.items())

    def deployments(self, base: str) -> tuple[Deployed, ...]:
        """Each is read as a table of its own, so that it is checked as strictly."""
        tables = self._take("deployments", [], _is_tables, "tables: [[deployments]]")
        found = tuple(self._deployment(table, base) for table in tables)
        names = [(deployed.root, deployed.name) for deployed in found]
        for root, name in names:
            if names.count((root, name)) > 1:
                message = f"two deployments of {root} are called `{name}`"
                raise Misuse(message, self._toml.place(("deployments",)), "Give each a `name`.")
        return found

    def _deployment(self, table: dict[str, Any], base: str) -> Deployed:
        read = _Reader(_Toml(self._toml.source, table, (*self._toml.prefix, "deployments")))
        root = read.text("root", required=True)
        files = read.texts("var-files")
        environment, workspace = read.text("environment"), read.text("workspace")
        if environment and environment not in map(str, Environment):
            message = f"`environment` must be one of {', '.join(map(str, Environment))}"
            raise Misuse(message, self._toml.place(("deployments", "environment")))
        last = PurePosixPath(files[-1]).name.partition(".")[0] if files else ""
        name = read.text("name") or last or workspace or environment or "default"
        read.finish()
        paths = tuple(normpath(base + file) for file in files)
        return Deployed(normpath(base + root), name, paths, environment, workspace)

    def text(self, key: str, *, required: bool = False) -> str:
        def fits(value: object) -> bool:
            return isinstance(value, str) and bool(value or not required)

        return cast(str, self._take(key, "", fits, "a string" + (" and given" * required)))

    def policies(self) -> Mapping[str, Mapping[str, Any]]:
        tables = self._table("policies")
        for name, table in tables.items():
            if not isinstance(table, dict):
                message = f"`policies.{name}` must be a table: [policies.{name}]"
                raise Misuse(message, self._toml.place(("policies", name)))
        return tables

    def _table(self, key: str) -> dict[str, Any]:
        return cast("dict[str, Any]", self._take(key, {}, lambda v: isinstance(v, dict), "a table"))

    def finish(self) -> None:
        for key in self._toml.table:
            if key not in self._known:
                hint = did_you_mean(key, self._known)
                raise Misuse(f"unknown key `{key}`", self._toml.place((key,)), hint)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


# -- settings of policies ------------------------------------------------------------------------


def settings(config: Config, policies: Iterable[Policy]) -> dict[str, Settings]:
    """What the configuration sets for these policies, checked against what they declare."""
    configured = (policy for policy in policies if policy.name in config.tables)
    return {policy.name: _settings(config, policy) for policy in configured}


def _settings(config: Config, policy: Policy) -> Settings:
    table = dict(config.tables[policy.name])
    severity = table.pop("severity", None)
    if severity is not None and severity not in map(str, Severity):
        message = f"`severity` must be one of {', '.join(map(str, reversed(Severity)))}"
        raise config.misuse(message, "policies", policy.name, "severity")
    options = {}
    for key, value in table.items():
        option = policy.options.get(key.replace("-", "_"))
        if option is None:
            known = [*(name.replace("_", "-") for name in policy.options), "severity"]
            message = f"the policy `{policy.name}` has no option `{key}`"
            hint = did_you_mean(key, known)
            raise config.misuse(message, "policies", policy.name, key, hint=hint)
        if not _fits(value, option):
            message = f"`{key}` must be {_KINDS[option.type]}"
            raise config.misuse(message, "policies", policy.name, key)
        options[option.name] = value
    return Settings(options, Severity.parse(severity) if severity else None)


_KINDS = {
    bool: "true or false",
    int: "a whole number",
    str: "a string",
    list[str]: "a list of strings",
}


def _fits(value: object, option: Option) -> bool:
    if option.type == list[str]:
        return _is_texts(value)
    return type(value) is option.type
