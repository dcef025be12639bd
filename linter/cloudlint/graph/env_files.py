"""Environment files as nodes of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cloudlint.discovery import Repository, Unreadable
from cloudlint.git_index import GitIndexes
from cloudlint.graph.environment import Rules
from cloudlint.graph.model import Graph, Resource
from cloudlint.parsers.compose import dotenv
from cloudlint.parsers.compose.interpolation import Environment
from cloudlint.source import Diagnostic, SourceFile
from cloudlint.values import known

TYPE = "env_file"


@dataclass(frozen=True, slots=True, eq=False)
class EnvFile:
    """The model behind a file's node."""

    file: SourceFile
    variables: Sequence[dotenv.Variable]
    indexes: GitIndexes

    @property
    def is_committed(self) -> bool:
        """Whether git tracks it; without a repository that can be read, files that are there and
        not ignored are meant to be."""
        return self.indexes.tracks(self.file.path) is not False


def add(
    graph: Graph, repository: Repository, files: Sequence[str], rules: Rules
) -> Iterator[Diagnostic]:
    """Load environment files into the graph; yields which cannot be read. What is wrong in one
    is for those to say who use it: only they know how it is read. A link to a file that is yet to
    be made commits nothing."""
    indexes = GitIndexes(repository)
    for path in files:
        if repository.is_dead_link(path):
            continue
        try:
            file = repository.read(path)
        except Unreadable as problem:
            yield problem.diagnostic
            continue
        graph.add(_resource(file, indexes, rules))


def _resource(file: SourceFile, indexes: GitIndexes, rules: Rules) -> Resource:
    parsed = dotenv.parse(file, Environment({}, f"`{file.path}`", f"env:{file.path}:"))
    span = file.line_span(1)
    return Resource(
        key=f"{file.path}#",
        address=file.path,
        type=TYPE,
        format="dotenv",
        body=known({}, span),
        span=span,
        judged=lambda: rules.judge((file.path,)),
        model=EnvFile(file, parsed.variables, indexes),
    )


def env_files(graph: Graph) -> Iterator[tuple[Resource, EnvFile]]:
    """The environment files of the graph, with their nodes."""
    for resource in graph.of(TYPE):
        if isinstance(resource.model, EnvFile):
            yield resource, resource.model
