"""Which files make a project.

As Compose does without being told: the first of `compose.yaml`, `compose.yml`,
`docker-compose.yml`, `docker-compose.yaml` in a directory, with the directory's override file
over it. What `COMPOSE_FILE` in `.env` names comes first.

Every other compose file of the directory is a variant that somebody names on the command line
(`compose.prod.yaml`). One that stands by itself, every service having an image, a build or a base
and all it depends on, is a project of its own; any other is merged over the base, and over the
override file as well where it needs what stands there. A variant that another project includes or
extends is part of that project only. Of very many variants, those beyond the first stay alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, normpath

from cloudlint.discovery import Repository
from cloudlint.parsers import yaml
from cloudlint.parsers.compose.interpolation import Environment
from cloudlint.parsers.compose.loader import (
    Document,
    Loader,
    Sections,
    Sources,
    directory_of,
    with_files,
)
from cloudlint.parsers.compose.model import ComposeProject, Service
from cloudlint.parsers.compose.service import ServiceBuilder
from cloudlint.parsers.compose.tree import Table, entries, is_object
from cloudlint.source import Diagnostic, Span
from cloudlint.values import Known, Value, known

BASES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDES = tuple(
    f"{stem}.override.{suffix}"
    for stem in ("compose", "docker-compose")
    for suffix in ("yml", "yaml")
)
MAX_VARIANTS = 50
_NAME = re.compile(r"[a-z0-9_-]")


def load_projects(
    repository: Repository, paths: Sequence[str]
) -> tuple[list[ComposeProject], list[Diagnostic]]:
    """The projects that these compose files make, and what is wrong with them. Files that they
    include or extend are read wherever they are in the repository; environment files as well."""
    sources = Sources(repository)
    directories: dict[str, list[str]] = {}
    for path in dict.fromkeys(map(normpath, paths)):
        directories.setdefault(directory_of(path), []).append(path)
    loaded = [
        project
        for directory, files in directories.items()
        for project in _Directory(sources, directory, files).projects()
    ]
    used = {path for project, _, loader in loaded for path in _used_by(project, loader)}
    kept = [entry for entry in loaded if not _is_part(entry[0], used)]
    problems = dict.fromkeys(problem for _, found, _ in kept for problem in found)
    return [project for project, _, _ in kept], list(problems)


_Loaded = tuple[ComposeProject, list[Diagnostic], Loader]


def _used_by(project: ComposeProject, loader: Loader) -> Iterator[str]:
    return (path for path in loader.read if path not in project.files)


def _is_part(project: ComposeProject, used: set[str]) -> bool:
    variant = project.files[-1]
    return variant in used and basename(variant) not in BASES


class _Directory:
    """The compose files of one directory, and the projects they make."""

    def __init__(self, sources: Sources, directory: str, files: list[str]) -> None:
        self.sources = sources
        self.directory = directory
        self.files = files
        self.problems: list[Diagnostic] = []
        dotenv = f"{directory}/.env".removeprefix("./")
        where = f"`{dotenv}`"
        empty = Environment(where=where, scope=f"compose:{directory}:")
        repository = sources.repository
        own = with_files(repository, empty, [dotenv], self.problems)
        self.variables = own.values
        self.environment = own.over({"COMPOSE_PROJECT_NAME": known(self._folder_name())})
        self.documents_read: dict[str, tuple[list[Document], list[Diagnostic]]] = {}

    def projects(self) -> Iterator[_Loaded]:
        default = self._default()
        if default:
            yield self._project(default)
        variants = [path for path in self.files if path not in default]
        for number, path in enumerate(variants):
            yield self._variant(path, default if number < MAX_VARIANTS else [])

    def _default(self) -> list[str]:
        """The files that Compose takes by itself."""
        named = self._named()
        if named:
            return named
        base = self._first(BASES)
        override = self._first(OVERRIDES)
        return [path for path in (base, override) if path] if base else []

    def _named(self) -> list[str]:
        """The files of `COMPOSE_FILE`, where all of them are known and there."""
        value = self.environment.values.get("COMPOSE_FILE")
        if not isinstance(value, Known) or not isinstance(value.data, str) or not value.data:
            return []
        separator = self.environment.values.get("COMPOSE_PATH_SEPARATOR")
        by = separator.data if isinstance(separator, Known) else None
        names = value.data.split(by if isinstance(by, str) and by else ":")
        repository = self.sources.repository
        paths = [repository.join(self.directory, name) for name in names]
        found = [path for path in paths if path and repository.is_file(path)]
        return found if len(found) == len(names) else []

    def _first(self, names: Sequence[str]) -> str | None:
        by_name = {basename(path): path for path in self.files}
        return next((by_name[name] for name in names if name in by_name), None)

    def _variant(self, path: str, default: list[str]) -> _Loaded:
        alone = self._project([path])
        if not default or stands_alone(alone[0]):
            return alone
        over_base = self._project([default[0], path])
        if len(default) == 1 or stands_alone(over_base[0]):
            return over_base
        over_all = self._project([*default, path])
        return over_all if stands_alone(over_all[0]) else over_base

    def _project(self, paths: list[str]) -> _Loaded:
        environment = self.environment
        loader = Loader(self.sources, environment, self.documents_read, list(self.problems))
        sections = loader.load(paths, self.directory)
        name = loader.name
        if name.key == "null":
            name = environment.values["COMPOSE_PROJECT_NAME"]
        builder = ServiceBuilder(
            self.sources.repository, self.directory, environment, loader.problems
        )
        services = _services(sections, builder, loader)
        project = ComposeProject(
            name=name,
            directory=self.directory,
            files=tuple(paths),
            sources=tuple(loader.read),
            services=services,
            volumes=dict(sections.get("volumes", Table())),
            networks=dict(sections.get("networks", Table())),
            secrets=dict(sections.get("secrets", Table())),
            configs=dict(sections.get("configs", Table())),
            environment=self.variables,
            comments=self._comments(loader),
        )
        if all(problem.severity == "warning" for problem in loader.problems):
            loader.problems += _inconsistencies(project)
        return project, loader.problems, loader

    def _folder_name(self) -> str:
        folder = basename(self.directory)
        if self.directory == ".":
            folder = self.sources.repository.root.name
        return "".join(_NAME.findall(folder.lower())).lstrip("_-")

    def _comments(self, loader: Loader) -> dict[str, tuple[Span, ...]]:
        comments = {}
        for path in loader.read:
            composed = self.sources.composed(path)
            if isinstance(composed, yaml.Composed):
                comments[path] = tuple(composed.comments)
        return comments


def _services(sections: Sections, builder: ServiceBuilder, loader: Loader) -> dict[str, Service]:
    table = sections.get("services", Table())
    return {
        name: builder.service(name, body, span, loader.mentions.get(name, {span.path}))
        for name, span, body in entries(table.object(None))
        if span is not None and is_object(body)
    }


def stands_alone(project: ComposeProject) -> bool:
    """Whether every service can be run, and all that it depends on is there."""
    return not any(
        _cannot_run(service) or any(_missing(service, project.services))
        for service in project.services.values()
    )


def _cannot_run(service: Service) -> bool:
    return service.build is None and all(
        service[name].key == "null" for name in ("image", "provider", "build", "extends")
    )


def _missing(service: Service, services: Mapping[str, Service]) -> Iterator[tuple[str, Value]]:
    for dependency in service.dependencies:
        if dependency.service not in services and dependency.required.truth() is not False:
            yield dependency.service, dependency.condition


def _inconsistencies(project: ComposeProject) -> Iterator[Diagnostic]:
    """What Compose refuses to start, though every part of it can be read."""
    for service in project.services.values():
        if _cannot_run(service):
            message = f"service `{service.name}` has neither an image nor a build context"
            yield Diagnostic(message, service.file, service.span, severity="warning")
        for dependency in service.dependencies:
            if any(name == dependency.service for name, _ in _missing(service, project.services)):
                message = f"service `{service.name}` depends on `{dependency.service}`"
                message = f"{message}, which is not defined"
                span = dependency.span or service.span
                yield Diagnostic(message, span.path, span, severity="warning")
