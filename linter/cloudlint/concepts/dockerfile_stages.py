"""The stages of Dockerfiles as people build them: which ship, and from which folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cloudlint.concepts.image_stages import ImageStage, is_whole
from cloudlint.graph import Graph
from cloudlint.graph.dockerfiles import BuildStage, stages
from cloudlint.parsers.dockerfile.model import Copy, Dockerfile, Run, Stage
from cloudlint.values import Known, Origin, Undecided, Value

if TYPE_CHECKING:
    from cloudlint.concepts.services import LostBuild
    from cloudlint.graph.build_contexts import BuildContext
    from cloudlint.parsers.compose.model import Service


def image_stages(graph: Graph) -> Iterator[ImageStage]:
    """All stages of all Dockerfiles."""
    services = _services(graph)
    by_file: dict[str, list[Service]] = {}
    for key, found in services.items():
        by_file.setdefault(key.partition("#")[0], []).extend(found)
    shipped = {
        id(level)
        for resource, built in stages(graph)
        if _is_runtime(built, services.get(resource.key))
        for level in built.stage.lineage()
    }
    mapped, lost = _mapped_ports(graph), _lost(graph)
    publishing = [build for build in lost if build.model.ports]
    may_ship = {
        id(level): reason
        for _, built in (stages(graph) if lost else ())
        if (reason := _reason(lost, built)) is not None
        for level in built.stage.lineage()
    }
    for resource, built in stages(graph):
        used = services.get(resource.key, [])
        yield ImageStage(
            resource,
            built.dockerfile,
            built.stage,
            runs=_is_runtime(built, used),
            may_run=_reason(lost, built),
            ships=id(built.stage) in shipped,
            may_ship=may_ship.get(id(built.stage)),
            ports=tuple(port for service in used for port in service.ports),
            lost=_reason(publishing, built),
            mapped=partial(mapped, built.stage),
            contexts=partial(_contexts, built, by_file.get(built.dockerfile.file.path, [])),
        )


def _is_runtime(built: BuildStage, services: list[Service] | None) -> bool:
    return built.is_final or bool(services)


def _mapped_ports(graph: Graph) -> Callable[[Stage], list[Value]]:
    if "terraform" not in graph.formats:
        return lambda stage: []
    from cloudlint.concepts.built_images import MappedPorts

    return MappedPorts(graph).of


def _lost(graph: Graph) -> list[LostBuild]:
    """The compose services of which it is not known what they build."""
    if not any(True for _ in graph.of("compose.service")):
        return []
    from cloudlint.concepts.services import lost_builds

    return lost_builds(graph)


def _reason(lost: list[LostBuild], built: BuildStage) -> Undecided | None:
    """Why one of them may build a stage, if one may."""
    return next((build.reason for build in lost if build.may_build(built)), None)


def _services(graph: Graph) -> dict[str, list[Service]]:
    """The compose services that build a stage, by the stage's key."""
    found: dict[str, list[Service]] = {}
    if any(True for _ in graph.of("compose.service")):
        from cloudlint.concepts.services import built_stages
        from cloudlint.graph.services import ProjectService

        for service, stage in built_stages(graph):
            model = service.model
            if isinstance(model, ProjectService):
                found.setdefault(stage.key, []).append(model.service)
    return found


# -- build contexts --------------------------------------------------------------------------------


def _contexts(built: BuildStage, services: list[Service]) -> list[BuildContext]:
    """The folders that services build a Dockerfile from, else the one that fits what it copies.
    Raises `Undecided`."""
    from cloudlint.graph.build_contexts import BuildContext

    path = built.dockerfile.file.path
    folders = {build.directory for service in services if (build := service.build)}
    if not folders:
        folders = {_fitting(built, path)}
    if None in folders:
        raise Undecided(Origin(f"the build context of {path}", "is not known"))
    return [
        BuildContext(built.repository, folder, path)
        for folder in sorted(folder for folder in folders if folder is not None)
    ]


def _fitting(built: BuildStage, path: str) -> str | None:
    """The nearest folder that holds most of what a Dockerfile copies, or else of what its commands
    name; None where none holds any of it, or where the Dockerfile's own folder holds nothing
    else."""
    from cloudlint.graph.build_contexts import places

    sources = _sources(built.dockerfile)
    folders = list(places(path))
    for named in (sources, _mentioned(built.dockerfile)):
        scores = {folder: _held(built, folder, named) for folder in (folders if named else ())}
        best = max(scores.values(), default=0)
        if best:
            return next(folder for folder in folders if scores[folder] == best)
    alone = all("dockerfile" in name.lower() for name in built.repository.names(folders[0]))
    return folders[0] if folders[0] == "." or not (sources or alone) else None


def _held(built: BuildStage, folder: str, paths: set[str]) -> int:
    """How many of these paths are in a folder."""
    from cloudlint.graph.build_contexts import BuildContext

    context = BuildContext(built.repository, folder, built.dockerfile.file.path)
    return sum(context.has(path) for path in paths)


def _sources(dockerfile: Dockerfile) -> set[str]:
    """The paths in the build context that it copies by name."""
    return {
        source.data.strip("/")
        for stage in dockerfile.stages
        for copy in stage.of(Copy)
        for source in (copy.sources if copy.from_ is None else ())
        if isinstance(source, Known) and isinstance(source.data, str) and _is_named(source.data)
    }


def _mentioned(dockerfile: Dockerfile) -> set[str]:
    """The paths below folders that its stages use, from where all of the context is copied to."""
    copies = [copy for stage in dockerfile.stages for copy in _whole(stage)]
    places = [str(copy.destination.known_or("?")).rstrip("/") + "/" for copy in copies]
    used = {text for stage in dockerfile.stages for text in _used(stage)}
    found = {text.removeprefix(place) for text in used for place in places}
    paths = (path.removeprefix("./").rstrip("/") for path in found if not path.startswith("/"))
    return {path for path in paths if "/" in path and _is_named(path)}


def _used(stage: Stage) -> Iterator[str]:
    """The words of its commands, and what it copies from other stages."""
    from cloudlint.concepts.stage_commands import started
    from cloudlint.parsers.dockerfile.scripts import run_commands

    for command in started(stage) + [c for run in stage.of(Run) for c in run_commands(run, {})]:
        yield from (word.text for word in command.words)
    for copy in stage.of(Copy):
        yield from (str(source.known_or("")) for source in (copy.sources if copy.stage else ()))


def _whole(stage: Stage) -> list[Copy]:
    """Its copies of all of the context."""
    copies = [copy for copy in stage.of(Copy) if copy.from_ is None]
    return [copy for copy in copies if any(map(is_whole, copy.sources))]


def _is_named(path: str) -> bool:
    return path.strip("./") != "" and "://" not in path and not set(path) & set("*?[")
