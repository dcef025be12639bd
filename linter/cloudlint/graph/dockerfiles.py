"""Build stages of Dockerfiles as nodes of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cloudlint.discovery import Repository, Unreadable
from cloudlint.graph.environment import Rules
from cloudlint.graph.model import Graph, Resource
from cloudlint.parsers.dockerfile import parse
from cloudlint.parsers.dockerfile.model import Dockerfile, Stage
from cloudlint.source import Diagnostic, SourceFile
from cloudlint.values import Value, known

TYPE = "dockerfile.stage"


@dataclass(frozen=True, slots=True, eq=False)
class BuildStage:
    """The model behind a stage's node; the repository is where its build contexts are."""

    dockerfile: Dockerfile
    stage: Stage
    repository: Repository
    _builds: dict[frozenset[tuple[str, str]], Dockerfile] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        return self.dockerfile.final is self.stage

    def built_with(self, arguments: Mapping[str, Value]) -> BuildStage:
        """The stage as a build with these arguments makes it."""
        if not arguments:
            return self
        key = frozenset((name, str(value)) for name, value in arguments.items())
        if key not in self._builds:
            self._builds[key] = parse(self.dockerfile.file, arguments).dockerfile
        dockerfile = self._builds[key]
        return BuildStage(dockerfile, dockerfile.stages[self.stage.index], self.repository)


def add(
    graph: Graph, repository: Repository, files: Sequence[str], rules: Rules
) -> Iterator[Diagnostic]:
    """Load Dockerfiles into the graph; yields what is wrong with them."""
    for path in files:
        try:
            file = repository.read(path)
        except Unreadable as problem:
            yield problem.diagnostic
            continue
        yield from add_file(graph, repository, file, rules)


def add_file(
    graph: Graph,
    repository: Repository,
    file: SourceFile,
    rules: Rules,
    given: Mapping[str, Value] | None = None,
) -> Iterator[Diagnostic]:
    """Load one Dockerfile, be it a view of another file; yields what is wrong with it. `given` is
    what all builds of it set its arguments to."""
    parsed = parse(file, given or {})
    yield from map(_at_origin, parsed.diagnostics)
    for stage in parsed.dockerfile.stages:
        graph.add(_resource(file, BuildStage(parsed.dockerfile, stage, repository), rules))


def _at_origin(problem: Diagnostic) -> Diagnostic:
    if problem.span is None:
        return problem
    span = problem.span.origin
    return replace(problem, path=span.path, span=span)


def _resource(file: SourceFile, built: BuildStage, rules: Rules) -> Resource:
    path, stage = file.path, built.stage
    address = f"dockerfile.stage.{stage.name or stage.index}"
    return Resource(
        key=f"{path}#{stage.index}",
        address=address,
        type=TYPE,
        format="dockerfile",
        body=known({}, stage.span),
        span=stage.span,
        judged=lambda: rules.judge((stage.span.origin.path,)),
        module=f"{path}#",
        declared=address,
        model=built,
    )


def stages(graph: Graph) -> Iterator[tuple[Resource, BuildStage]]:
    """The build stages of the graph, with their nodes."""
    for resource in graph.of(TYPE):
        if isinstance(resource.model, BuildStage):
            yield resource, resource.model


def is_loaded(graph: Graph, path: str) -> bool:
    """Whether the graph has the stages of a Dockerfile."""
    return graph.get(f"{path}#0") is not None


def key_of(path: str, stage: Stage) -> str:
    """The key of a stage's node."""
    return f"{path}#{stage.index}"


def stage_built(graph: Graph, path: str, target: Value) -> Resource | None:
    """The node of the stage that a build of a Dockerfile makes: the target, or the final one
    where there is none or it is not known."""
    first = graph.get(f"{path}#0")
    if first is None or not isinstance(first.model, BuildStage):
        return None
    dockerfile, name = first.model.dockerfile, target.known_or(None)
    stage = dockerfile.stage(name) if isinstance(name, str) else dockerfile.final
    return graph.get(key_of(path, stage)) if stage else None
