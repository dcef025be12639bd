"""Reading the files of one project: documents, `include`, `extends`, and one file over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from posixpath import dirname
from typing import Literal

from cloudlint.discovery import Repository, Unreadable
from cloudlint.parsers import yaml
from cloudlint.parsers.compose import dotenv
from cloudlint.parsers.compose.canonical import Canonical
from cloudlint.parsers.compose.interpolation import Environment
from cloudlint.parsers.compose.merge import merge_service, merge_services, merge_tables
from cloudlint.parsers.compose.paths import in_repository, is_remote, relocated
from cloudlint.parsers.compose.tree import (
    Table,
    TreeReader,
    entries,
    is_list,
    is_object,
    items,
    size,
    tags,
)
from cloudlint.source import Diagnostic, Span
from cloudlint.values import NULL, Known, Step, Value

MAX_INCLUDED = 500
MAX_CHAIN = 50
MAX_INCLUDED_TEXT = 10_000_000
MAX_INHERITED = 200_000
Sections = dict[str, Table]
_EMPTY = "this compose file is empty"
_EMPTY_HINT = "Write its services below `services:`, or remove the file."


@dataclass(slots=True, eq=False)
class Document:
    """One document of a compose file: its sections in long form, its name and its includes."""

    sections: Sections
    name: Value = NULL
    includes: Value = NULL


class Sources:
    """The files of a repository, read and composed once for all projects."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self._composed: dict[str, yaml.Composed | Diagnostic] = {}

    def composed(self, path: str) -> yaml.Composed | Diagnostic:
        """The nodes of a file, or why it cannot be read."""
        result = self._composed.get(path)
        if result is None:
            try:
                result = yaml.compose(self.repository.read(path))
            except (Unreadable, yaml.Malformed) as error:
                result = error.diagnostic
            self._composed[path] = result
        return result


@dataclass(slots=True, eq=False)
class Spent:
    """What files that bring in other files have cost so far."""

    files: int = 0
    text: int = 0
    inherited: int = 0


def directory_of(path: str) -> str:
    return dirname(path) or "."


@dataclass(slots=True, eq=False)
class Loader:
    """Loads files in one environment; what is wrong is added to `problems`, the files read to
    `read` with how they came in. `mentions` holds the files that say something of a service."""

    sources: Sources
    environment: Environment
    documents_read: dict[str, tuple[list[Document], list[Diagnostic]]]
    problems: list[Diagnostic] = field(default_factory=list)
    read: dict[str, Literal["file", "include", "extends"]] = field(default_factory=dict)
    mentions: dict[str, set[str]] = field(default_factory=dict)
    name: Value = NULL
    spent: Spent = field(default_factory=lambda: Spent())
    _extended: dict[tuple[str, str], Value | None] = field(default_factory=dict)

    # -- files -------------------------------------------------------------------------------

    def load(self, paths: Sequence[str], directory: str, chain: tuple[str, ...] = ()) -> Sections:
        """The sections of files merged one over another; relative paths start at `directory`."""
        merged: Sections = {}
        for path in paths:
            self.read[path] = "include" if chain else "file"
            for document in self.documents(path):
                if document.name.key != "null" and not chain:
                    self.name = document.name
                for name in document.sections.get("services", ()):
                    self.mentions.setdefault(name, set()).add(path)
                sections = self._with_includes(document, directory, (*chain, path))
                sections = self._with_extends(sections, path, directory)
                merged = _over(merged, sections)
        return merged

    def documents(self, path: str) -> list[Document]:
        """The documents of a file; none where it cannot be read."""
        found = self.documents_read.get(path)
        if found is None:
            problems: list[Diagnostic] = []
            found = _read(self.sources.composed(path), path, self.environment, problems), problems
            self.documents_read[path] = found
        documents, problems = found
        self.problems += problems
        return documents

    # -- include -----------------------------------------------------------------------------

    def _with_includes(
        self, document: Document, directory: str, chain: tuple[str, ...]
    ) -> Sections:
        sections = document.sections
        includes = document.includes
        if includes.key != "null" and not is_list(includes):
            self._report("`include` must be a list", includes.place, chain[-1])
        for item in items(includes):
            included = self._include(item, directory, chain)
            if included is not None:
                sections = _over(included, sections)
        return sections

    def _include(self, item: Value, directory: str, chain: tuple[str, ...]) -> Sections | None:
        given = item["path"] if is_object(item) else item
        paths = [
            path
            for value in (items(given) if is_list(given) else [given])
            if (path := self._existing(value, directory, chain)) is not None
        ]
        if not paths:
            return None
        own = self._project_directory(item, directory, paths[0])
        loader = self._inner(item, directory, own)
        sections = loader.load(paths, own, chain)
        self.spent.inherited += sum(size(body) for body in sections.get("services", {}).values())
        if self.spent.inherited > MAX_INHERITED:
            self._report("too much is included: this is not checked", item.place, chain[-1])
            return None
        return relocated(sections, own, directory)

    def _existing(self, value: Value, directory: str, chain: tuple[str, ...]) -> str | None:
        """The path of an included file that is there and not being read already."""
        text = value.data if isinstance(value, Known) else None
        if not isinstance(text, str):
            self._report("the path of this include is not known", value.place, chain[-1])
            return None
        if is_remote(text):
            message = f"`{text}` is not in the repository: its services are not known"
            self._report(message, value.place, chain[-1], severity="warning")
            return None
        path = in_repository(self.sources.repository, directory, value)
        if path is None or not self.sources.repository.is_file(path):
            self._report(f"there is no file `{text}` to include", value.place, chain[-1])
            return None
        if path in chain:
            self._report(f"`{path}` includes itself", value.place, chain[-1])
            return None
        if self._is_too_much(path, chain):
            message = "too many files are included: this one is not checked"
            self._report(message, value.place, chain[-1])
            return None
        return path

    def _is_too_much(self, path: str, chain: tuple[str, ...]) -> bool:
        composed = self.sources.composed(path)
        self.spent.files += 1
        if isinstance(composed, yaml.Composed):
            self.spent.text += sum(node.span.end for node in composed.documents)
        return (
            self.spent.files > MAX_INCLUDED
            or self.spent.text > MAX_INCLUDED_TEXT
            or len(chain) > MAX_CHAIN
        )

    def _project_directory(self, item: Value, directory: str, first: str) -> str:
        given = item["project_directory"] if is_object(item) else NULL
        if given.key == "null":
            return directory_of(first)
        return in_repository(self.sources.repository, directory, given) or directory

    def _inner(self, item: Value, directory: str, own: str) -> Loader:
        """A loader for included files: this environment, and the variables of their own files."""
        given = item["env_file"] if is_object(item) else NULL
        paths = []
        for value in items(given) if is_list(given) else [given]:
            path = in_repository(self.sources.repository, directory, value)
            if path is not None:
                paths.append(path)
        if given.key == "null":
            paths = [f"{own}/.env".removeprefix("./")]
        environment = self.environment
        if given.key != "null" or own != directory:
            environment = with_files(self.sources.repository, environment, paths, self.problems)
        documents = self.documents_read if environment is self.environment else {}
        return Loader(
            self.sources, environment, documents, self.problems, self.read, self.mentions,
            spent=self.spent,
        )  # fmt: skip

    # -- extends -----------------------------------------------------------------------------

    def _with_extends(self, sections: Sections, path: str, directory: str) -> Sections:
        services = sections.get("services")
        if services is None or all(body["extends"].key == "null" for body in services.values()):
            return sections
        extended = Table()
        extended.tags.update(services.tags)
        for name, span, body in entries(services.object(None)):
            chain = ((path, name),)
            extended.add(name, self._with_base(body, services, path, directory, chain), span)
        return {**sections, "services": extended}

    def _with_base(
        self,
        body: Value,
        services: Table,
        path: str,
        directory: str,
        chain: tuple[tuple[str, str], ...],
    ) -> Value:
        """A service's long form over that of the service it extends; with its `extends`, where
        that cannot be followed."""
        extends = body["extends"]
        if not is_object(extends):
            return body
        service, file = extends["service"], extends["file"]
        name = service.data if isinstance(service, Known) else None
        if not isinstance(name, str):
            self._report("the service to extend is not known", extends.place, path)
            return body
        if file.key == "null":
            base = self._base(name, services, path, directory, service, chain)
        else:
            base = self._base_elsewhere(name, file, service, path, directory, chain)
        if base is None:
            return body
        self.spent.inherited += size(base)
        if self.spent.inherited > MAX_INHERITED:
            message = f"service `{chain[-1][1]}` inherits too much: its base is not checked"
            self._report(message, service.place, path)
            return body
        place = service.place
        step = Step(f"`{chain[-1][1]}` extends `{name}`", place)
        return merge_service(_used(base, step, place), _without(body, "extends"))

    def _base(
        self,
        name: str,
        services: Table,
        path: str,
        directory: str,
        asked: Value,
        chain: tuple[tuple[str, str], ...],
    ) -> Value | None:
        body = services.get(name)
        if body is None:
            self._report(f"there is no service `{name}` to extend in `{path}`", asked.place, path)
            return None
        if (path, name) in chain:
            self._report(f"service `{name}` extends itself", asked.place, path)
            return None
        if len(chain) > MAX_CHAIN:
            self._report(f"more than {MAX_CHAIN} services extend each other", asked.place, path)
            return None
        key = (path, name)
        if key not in self._extended:
            self._extended[key] = self._with_base(body, services, path, directory, (*chain, key))
        return self._extended[key]

    def _base_elsewhere(
        self,
        name: str,
        file: Value,
        asked: Value,
        path: str,
        directory: str,
        chain: tuple[tuple[str, str], ...],
    ) -> Value | None:
        other = in_repository(self.sources.repository, directory, file)
        if other is None or not self.sources.repository.is_file(other):
            text = file.data if isinstance(file, Known) else file
            self._report(f"there is no file `{text}` to extend from", file.place, path)
            return None
        self.read.setdefault(other, "extends")
        self.mentions.setdefault(chain[0][1], set()).add(other)
        services: Table = Table()
        for document in self.documents(other):
            services = merge_services(services, document.sections.get("services", Table()))
        start = directory_of(other)
        base = self._base(name, services, other, start, asked, chain)
        if base is None:
            return None
        table = Table()
        table.add(name, base, base.place)
        return relocated({"services": table}, start, directory)["services"][name]

    # -- diagnostics -------------------------------------------------------------------------

    def _report(
        self,
        message: str,
        span: Span | None,
        path: str,
        hint: str = "",
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        place = span.header if span else None
        self.problems.append(Diagnostic(message, path, place, hint, severity))


def with_files(
    repository: Repository,
    environment: Environment,
    paths: Iterable[str],
    problems: list[Diagnostic],
) -> Environment:
    """The environment, and below it the variables of those files that are there; a later file
    wins over an earlier one."""
    values: dict[str, Value] = {}
    for path in paths:
        if not repository.is_file(path):
            continue
        try:
            parsed = dotenv.parse(repository.read(path), environment.over(values))
        except Unreadable as error:
            problems.append(error.diagnostic)
            continue
        problems += parsed.problems
        values |= parsed.values
    return environment.over(values)


def _over(base: Sections, over: Sections) -> Sections:
    """The sections of one file over those of another."""
    merged = dict(base)
    for name, table in over.items():
        merge = merge_services if name == "services" else merge_tables
        merged[name] = merge(merged.get(name, Table()), table)
    return merged


def _without(body: Value, name: str) -> Value:
    table = Table()
    table.tags.update(tags(body))
    for key, span, value in entries(body):
        if key != name:
            table.add(key, value, span)
    return table.object(body.place)


def _used(body: Value, step: Step, place: Span | None) -> Value:
    """A service's long form as another one uses it."""
    table = Table()
    for key, _, value in entries(body):
        table.add(key, value.via(step), place)
    return table.object(place)


# -- one file --------------------------------------------------------------------------------


def _read(
    composed: yaml.Composed | Diagnostic,
    path: str,
    environment: Environment,
    problems: list[Diagnostic],
) -> list[Document]:
    if isinstance(composed, Diagnostic):
        problems.append(composed)
        return []
    problems += composed.problems
    if not composed.documents:
        problems.append(Diagnostic(_EMPTY, path, None, _EMPTY_HINT, "warning"))
    reader = TreeReader(environment, problems)
    return [_document(reader.value(node), path, problems) for node in composed.documents]


def _document(top: Value, path: str, problems: list[Diagnostic]) -> Document:
    if not is_object(top):
        place = top.span.header if top.span else None
        if isinstance(top, Known) and top.kind == "null":
            problems.append(Diagnostic(_EMPTY, path, place, _EMPTY_HINT, "warning"))
        else:
            message = "a compose file must be a mapping with `services`"
            problems.append(Diagnostic(message, path, place, _EMPTY_HINT))
        return Document({})
    canonical = Canonical(path, problems)
    sections = canonical.sections(top)
    if "services" not in sections:
        _check_version_1(top, canonical)
    return Document(sections, top["name"], top["include"])


def _check_version_1(top: Value, canonical: Canonical) -> None:
    for _, span, value in entries(top):
        if is_object(value) and any(name in ("image", "build") for name, _, _ in entries(value)):
            message = "services at the top level are version 1 of the format: not checked"
            canonical.report(message, span, "Put them below `services:`.")
            return
