"""What Dockerfiles hold of the concepts: images they build on, containers that will run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from cloudlint.concepts.containers import Container, user_of_image
from cloudlint.concepts.images import ContainerImage, image_name
from cloudlint.graph import Graph, Resource
from cloudlint.graph.dockerfiles import BuildStage, stages
from cloudlint.parsers.dockerfile.model import BaseImage, Commanding, Copy, Run, Scratch, Stage
from cloudlint.values import Undecided, Value, known


def images(graph: Graph) -> Iterator[ContainerImage]:
    """What stages are built from, copy from and mount from; earlier stages, scratch and build
    contexts that a compose file names are no images."""
    contexts = _named_contexts(graph)
    for resource, built in stages(graph):
        names = contexts.get(built.dockerfile.file.path, frozenset())
        for reference, *called in _references(built.stage):
            if reference.known_or("") not in names:
                yield ContainerImage(resource, reference, *called)


def _references(stage: Stage) -> Iterator[tuple[Value, str, str]]:
    if isinstance(stage.base, BaseImage):
        yield stage.base.reference, "the base image", ""
    for copy in stage.of(Copy):
        if copy.from_ is not None and copy.stage is None:
            yield copy.from_, "the image", "that is copied from"
    for run in stage.of(Run):
        for mount in run.mounts:
            if mount.from_ is not None and mount.stage is None:
                yield mount.from_, "the image", "that is mounted"


_NO_IMAGES = frozenset({"scratch"})


def _named_contexts(graph: Graph) -> dict[str, frozenset[str]]:
    """What names no image in a Dockerfile, by its path: the `additional_contexts` of the services
    that it builds."""
    contexts = {built.dockerfile.file.path: _NO_IMAGES for _, built in stages(graph)}
    for key, services in _uses(graph).items():
        path = key.partition("#")[0]
        for service in services:
            contexts[path] |= set(service["build"]["additional_contexts"].keys())
    return contexts


def containers(graph: Graph) -> Iterator[Container]:
    """The final stage of every Dockerfile and the stages that compose services build; not one
    whose services all set a user of their own, nor one whose user is that of another of these
    that it is built from."""
    uses = _uses(graph)
    judged = {
        built.stage: resource
        for resource, built in stages(graph)
        if _runs(built, uses.get(resource.key, []))
    }
    for stage, resource in judged.items():
        if not _takes_user(stage, judged) and isinstance(resource.model, BuildStage):
            called, base = _called(resource.model), _base_name(stage)
            yield Container(resource, called, partial(user_of, stage), base)


def _runs(built: BuildStage, services: list[Resource]) -> bool:
    """Whether containers run from a stage, as the user that the Dockerfile sets."""
    if services:
        return not all(_sets_user(service) for service in services)
    return built.is_final and not _only_exports(built.stage)


def _takes_user(stage: Stage, judged: Mapping[Stage, Resource]) -> bool:
    """Whether a stage takes its user from another that is judged."""
    levels = list(stage.lineage())
    own = next((at for at, level in enumerate(levels) if level.user is not None), len(levels))
    return any(level in judged for level in levels[1 : own + 1])


def _base_name(stage: Stage) -> str:
    """The image that a stage is built from in the end, without digest."""
    base = stage.root
    if not isinstance(base, BaseImage):
        return ""
    return str(base.reference).strip('"').partition("@")[0]


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


def user_of(stage: Stage) -> Value:
    """Who a stage runs as: its last USER, that of the stage it is built from, or the base's
    default; null, at the FROM line, where that is root or not known to be another. Raises
    `Undecided`."""
    for level in stage.lineage():
        if level.user is not None:
            return level.user
    nobody = known(None, stage.span)
    base = stage.root
    if not isinstance(base, BaseImage):
        return nobody
    name = image_name(base.reference)
    user = user_of_image(name)
    if user is None and name.unknown is not None:
        raise name.unknown.undecided()
    return nobody if user is None else user
