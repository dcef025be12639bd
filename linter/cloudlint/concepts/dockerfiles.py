"""What Dockerfiles hold of the concepts: images they build on, containers that will run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cloudlint.concepts import image_data
from cloudlint.concepts.containers import Container
from cloudlint.concepts.images import ContainerImage, image_name
from cloudlint.graph import Graph, Resource
from cloudlint.graph.dockerfiles import BuildStage, stages
from cloudlint.parsers.dockerfile.model import BaseImage, Commanding, Copy, Run, Scratch, Stage
from cloudlint.values import Undecided, Value, known


def images(graph: Graph) -> Iterator[ContainerImage]:
    """What stages are built from, copy from and mount from; earlier stages and scratch are no
    images."""
    for resource, built in stages(graph):
        stage = built.stage
        if isinstance(stage.base, BaseImage):
            yield ContainerImage(resource, stage.base.reference, "the base image")
        for copy in stage.of(Copy):
            if copy.from_ is not None and copy.stage is None and not _is_context(copy.from_):
                yield ContainerImage(resource, copy.from_, "the image copied from,")
        for run in stage.of(Run):
            for mount in run.mounts:
                source = mount.from_
                if source is not None and mount.stage is None and not _is_context(source):
                    yield ContainerImage(resource, source, "the mounted image")


def _is_context(value: Value) -> bool:
    """Whether `--from` names a build context given on the command line rather than an image:
    neither registry, tag nor digest, in a name that only the build can know."""
    return value.known_or("") == "scratch"


def containers(graph: Graph) -> Iterator[Container]:
    """The final stage of every Dockerfile and the stages that compose services build; not one
    whose services all set a user of their own."""
    uses = _uses(graph)
    for resource, built in stages(graph):
        services = uses.get(resource.key, [])
        if not services and not built.is_final:
            continue
        if services and all(_sets_user(service) for service in services):
            continue
        if _only_exports(built.stage):
            continue
        yield Container(resource, _called(built), _user(built.stage))


def _uses(graph: Graph) -> dict[str, list[Resource]]:
    """The compose services that build a stage, by the stage's key."""
    if not any(True for _ in graph.of("compose.service")):
        return {}
    from cloudlint.concepts.services import built_stages

    uses: dict[str, list[Resource]] = {}
    for service, stage in built_stages(graph):
        uses.setdefault(stage.key, []).append(service)
    return uses


def _sets_user(service: Resource) -> bool:
    try:
        return not service["user"].is_null
    except Undecided:
        return True


def _only_exports(stage: Stage) -> bool:
    """A stage on scratch that runs nothing hands over files."""
    return stage.root is Scratch.SCRATCH and not any(
        True for level in stage.lineage() for _ in level.of(Commanding)
    )


def _called(built: BuildStage) -> str:
    name = f"the stage `{built.stage.name}`" if built.stage.name else "the image"
    return f"{name} of {built.dockerfile.file.path}"


def _user(stage: Stage) -> Callable[[], Value]:
    return lambda: user_of(stage)


def user_of(stage: Stage) -> Value:
    """Who a stage runs as: its last USER, that of the stage it is built from, or the base's
    default; null, at the FROM line, where that is root. Raises `Undecided`."""
    for level in stage.lineage():
        if level.user is not None:
            return level.user
    base = stage.root
    nobody = known(None, stage.span)
    if base is Scratch.SCRATCH or not isinstance(base, BaseImage):
        return nobody
    name = image_name(base.reference)
    tag = "" if name.tag.is_null else str(name.tag.known_or(""))
    if image_data.runs_as_non_root(name.repository, name.path, tag):
        return known("the base image's user", stage.span)
    if image_data.is_windows(name.path, tag):
        return known("ContainerUser", stage.span)
    return nobody
