"""Services of compose projects as nodes of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloudlint.discovery import Repository
from cloudlint.graph import dockerfiles
from cloudlint.graph.environment import Rules
from cloudlint.graph.model import Graph, Resource
from cloudlint.source import Diagnostic

if TYPE_CHECKING:
    from cloudlint.parsers.compose.model import ComposeProject, Service

TYPE = "compose.service"


@dataclass(frozen=True, slots=True, eq=False)
class ProjectService:
    """The model behind a service's node."""

    project: ComposeProject
    service: Service


def add(
    graph: Graph, repository: Repository, files: Sequence[str], rules: Rules
) -> list[Diagnostic]:
    """Load compose files into the graph; tells what is wrong with them."""
    from cloudlint.parsers.compose import load_projects

    projects, diagnostics = load_projects(repository, files)
    for project in projects:
        for service in project.services.values():
            graph.add(_resource(project, service, rules))
            diagnostics += _inline_dockerfile(graph, repository, service, rules)
    return diagnostics


def _inline_dockerfile(
    graph: Graph, repository: Repository, service: Service, rules: Rules
) -> Iterator[Diagnostic]:
    """Load the Dockerfile that stands in a service, if another one has not brought it in."""
    build = service.build
    file = build.inline_file if build else None
    if build is None or file is None or dockerfiles.is_loaded(graph, file.path):
        return
    yield from dockerfiles.add_file(graph, repository, file, rules, build.given_args)


def _resource(project: ComposeProject, service: Service, rules: Rules) -> Resource:
    return Resource(
        key=f"{'+'.join(project.files)}#{service.name}",
        address=service.address,
        type=TYPE,
        format="compose",
        body=service.body,
        span=service.span,
        judged=lambda: rules.judge(project.files),
        module=f"{'+'.join(project.files)}#",
        declared=service.address,
        model=ProjectService(project, service),
    )


def services(graph: Graph) -> Iterator[tuple[Resource, ProjectService]]:
    """The services of the graph, with their nodes."""
    for resource in graph.of(TYPE):
        if isinstance(resource.model, ProjectService):
            yield resource, resource.model
