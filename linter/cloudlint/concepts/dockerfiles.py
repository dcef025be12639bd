"""What Dockerfiles hold of the concepts: images they build on, containers that will run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from cloudlint.concepts import image_data, stage_health
from cloudlint.concepts.base import Concept, Unknowable
from cloudlint.concepts.containers import Container, names_user_of, nothing, user_of_base
from cloudlint.concepts.deployments import Deployments
from cloudlint.concepts.images import ContainerImage
from cloudlint.concepts.stage_commands import is_lambda_client
from cloudlint.concepts.stage_systems import is_windows
from cloudlint.graph import Graph, Resource
from cloudlint.graph.dockerfiles import BuildStage, key_of, stages
from cloudlint.graph.services import ProjectService
from cloudlint.parsers.dockerfile.model import BaseImage, Commanding, Copy, Run, Scratch, Stage
from cloudlint.values import Undecided, Value, known, unknown

if TYPE_CHECKING:
    from cloudlint.concepts.services import LostBuild


def images(graph: Graph) -> Iterator[ContainerImage]:
    """What stages are built from, copy from and mount from; earlier stages, scratch and build
    contexts that a compose file names are no images. Another word than that of an official image
    may be a context that the command of the build names."""
    contexts = _named_contexts(graph)
    for resource, built in stages(graph):
        names = contexts.get(built.dockerfile.file.path, frozenset())
        for reference, use, role in _references(built.stage):
            if reference.known_or("") not in names:
                image = _unless_context(reference) if role else reference
                yield ContainerImage(resource, image, use, role)


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


def _unless_context(name: Value) -> Value:
    """What files are taken from, not known where it may be a build context by that name."""
    text = name.known_or("")
    if not isinstance(text, str) or not _WORD.fullmatch(text) or text in image_data.OFFICIAL:
        return name
    what = f"whether `{text}` is an image or a build context"
    return unknown(what, "is said by the command of the build").used_at(name.place)


_NO_IMAGES = frozenset({"scratch"})
_WORD = re.compile(r"[a-z0-9_-]+")


def _named_contexts(graph: Graph) -> dict[str, frozenset[str]]:
    """What names no image in a Dockerfile, by its path: the `additional_contexts` of the services
    that it builds."""
    contexts = {built.dockerfile.file.path: _NO_IMAGES for _, built in stages(graph)}
    for key, services in _uses(graph).items():
        path = key.partition("#")[0]
        for service in services:
            contexts[path] |= set(service["build"]["additional_contexts"].keys())
    return contexts


def containers(graph: Graph) -> Iterator[Concept]:
    """The final stage of every Dockerfile and the stages that compose services build."""
    uses = _uses(graph)
    deployments = Deployments(graph)
    run = {built.stage: resource for resource, built in stages(graph) if _runs(built, uses)}
    as_own_user = {stage for stage, at in run.items() if not _are_given_user(uses.get(at.key, []))}
    lost = _lost(graph)
    once = _running_once(graph) if uses else {}
    for stage, resource in run.items():
        if isinstance(resource.model, BuildStage):
            built, services = resource.model, uses.get(resource.key, [])
            users = {user: once[user.key] for user in _users_of_file(uses, built)}
            health = partial(stage_health.health_check, deployments, built, users, lost)
            yield Container(
                resource,
                _called(built),
                partial(_user_where_judged, built, as_own_user, services, lost),
                _base_name(stage),
                names=(built.dockerfile.file.path, stage.name, *map(_service_name, services)),
                health_check=health if built.is_final else nothing,
            )

    for resource, built in stages(graph):
        if built.stage not in run:
            for other in lost:
                if other.may_build(built) and not built.is_final:
                    yield Unknowable(resource, other.reason)
                    break


def _running_once(graph: Graph) -> dict[str, Value]:
    from cloudlint.concepts.running_services import running_once

    return running_once(graph)


def _runs(built: BuildStage, uses: Mapping[str, list[Resource]]) -> bool:
    """Whether containers run from a stage."""
    if key_of(built.dockerfile.file.path, built.stage) in uses:
        return True
    return built.is_final and not _only_exports(built.stage)


def _are_given_user(services: list[Resource]) -> bool:
    """Whether there are services, none of which runs as the user that the Dockerfile sets."""
    return bool(services) and all(_sets_user(service) for service in services)


def _user_where_judged(
    built: BuildStage,
    judged: Collection[Stage],
    services: list[Resource],
    lost: list[LostBuild],
) -> Value:
    """Who a stage runs as, where that is its own matter and not that of its services or of
    another stage that is judged. Raises `Undecided` where one of the `lost` may be a service of
    its own and decide that."""
    stage, is_own = built.stage, built.stage in judged
    for other in lost if not (is_own and services) else ():
        if other.may_build(built) and _sets_user(other.service) is is_own:
            raise other.reason
    if not is_own:
        return known("the user of its services", stage.span)
    if _takes_user(stage, judged):
        return known("the user of another stage", stage.span)
    return _user(built)


def _takes_user(stage: Stage, judged: Collection[Stage]) -> bool:
    """Whether a stage takes its user from another that is judged."""
    levels = list(stage.lineage())
    own = next((at for at, level in enumerate(levels) if level.user is not None), len(levels))
    return any(level in judged for level in levels[1 : own + 1])


def _users_of_file(uses: Mapping[str, list[Resource]], built: BuildStage) -> list[Resource]:
    """The services that build a Dockerfile, whichever of its stages."""
    path, file_stages = built.dockerfile.file.path, built.dockerfile.stages
    return [user for stage in file_stages for user in uses.get(key_of(path, stage), [])]


def _service_name(service: Resource) -> str:
    return service.model.service.name if isinstance(service.model, ProjectService) else ""


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


def _lost(graph: Graph) -> list[LostBuild]:
    """The compose services of which it is not known what they build."""
    if not any(True for _ in graph.of("compose.service")):
        return []
    from cloudlint.concepts.services import lost_builds

    return lost_builds(graph)


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


def _user(built: BuildStage) -> Value:
    """Who a stage runs as: its last USER, that of the stage it is built from, or the base's
    default; null, at the FROM line, where that is root or not known to be another. Raises
    `Undecided`."""
    stage, base = built.stage, built.stage.root
    for level in stage.lineage():
        if level.user is not None:
            is_of_base = isinstance(base, BaseImage) and names_user_of(base.reference, level.user)
            return known("the image's user") if is_of_base else level.user
    if is_windows(built.dockerfile, stage):
        return known("ContainerUser")
    if is_lambda_client(stage):
        return known("the user that Lambda runs functions as")
    given = user_of_base(base.reference) if isinstance(base, BaseImage) else None
    return known(None, stage.span) if given is None else given
