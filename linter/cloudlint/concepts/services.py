"""What compose services hold of the concepts: images, containers, dependencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from cloudlint.concepts import image_data, service_data, service_facts
from cloudlint.concepts.base import is_null
from cloudlint.concepts.containers import Container, user_of_foreign_image
from cloudlint.concepts.dependencies import Dependency
from cloudlint.concepts.images import ContainerImage, image_name
from cloudlint.graph import Graph, Resource
from cloudlint.graph.dockerfiles import BuildStage, stage_built
from cloudlint.graph.services import services
from cloudlint.parsers.compose.model import Build, Service
from cloudlint.parsers.dockerfile.model import BaseImage
from cloudlint.values import Known, Origin, Template, Undecided, Value, known


def images(graph: Graph) -> Iterator[ContainerImage]:
    """The images of services that are not built here."""
    for resource, model in services(graph):
        image = model.service.image
        if model.service.build is None and not is_null(image):
            yield ContainerImage(resource, image, "the image")


def containers(graph: Graph) -> Iterator[Container]:
    """The services that run in containers. Who a service that is built here runs as is the
    Dockerfile's matter unless the service sets a user."""
    built = {service.key for service, _ in built_stages(graph)}
    for resource, model in services(graph):
        if not model.service.is_container:
            continue
        yield Container(
            resource,
            f"the service `{model.service.name}`",
            partial(_user, model.service, is_built=resource.key in built),
            names=(model.service.name,),
            isolation=partial(service_facts.isolation, model),
            read_only_root=partial(service_facts.read_only_root, model),
            no_new_privileges=partial(service_facts.no_new_privileges, model),
        )


def _user(service: Service, *, is_built: bool) -> Value:
    if not service.user.is_null:
        return service.user
    if is_built:
        return known("the user of its Dockerfile", service.span)
    if service.build is None:
        if is_null(service.image):
            raise _without_image(service)
        return user_of_foreign_image(service.image)
    if not isinstance(service.build.inline, Known):
        raise service.build.inline.undecided()
    raise Undecided(Origin(f"the Dockerfile of {service.name}", _where(service.build)))


def _where(build: Build) -> str:
    if build.inline.is_null:
        return "is not at hand"
    return "is not written out in a literal block, `|`, without variables"


def built_stages(graph: Graph) -> Iterator[tuple[Resource, Resource]]:
    """Services with the stages of the repository's Dockerfiles that they build, as the arguments
    they give make them."""
    for service, model in services(graph):
        build = model.service.build
        if build is None or _unknown_part(build) is not None:
            continue
        if build.dockerfile_path is not None:
            found = stage_built(graph, build.dockerfile_path, build.target)
            if found is not None:
                yield service, _as_built(found, build)


@dataclass(frozen=True, slots=True)
class LostBuild:
    """A service that builds an image of which it is not known by which Dockerfile, or of which of
    its stages; `reason` says why."""

    service: Resource
    model: Service
    reason: Undecided

    def may_build(self, built: BuildStage) -> bool:
        """Whether it may be this stage."""
        build = self.model.build
        if build is None or build.dockerfile_path not in (None, built.dockerfile.file.path):
            return False
        if is_null(build.target):
            return built.is_final
        return build.target.known_or(built.stage.name) == built.stage.name


def lost_builds(graph: Graph) -> list[LostBuild]:
    """All of them."""
    return [
        LostBuild(service, model.service, part.undecided())
        for service, model in services(graph)
        if (part := _unknown_part(model.service.build)) is not None
    ]


def _unknown_part(build: Build | None) -> Value | None:
    if build is None:
        return None
    named = (build.context, build.dockerfile) if is_null(build.inline) else ()
    parts = (*named, build.target)
    return next((part for part in parts if not part.is_wholly_known()), None)


def _as_built(stage: Resource, build: Build) -> Resource:
    if not build.given_args or not isinstance(stage.model, BuildStage):
        return stage
    return replace(stage, model=stage.model.built_with(build.given_args))


# -- dependencies --------------------------------------------------------------------------------


def dependencies(graph: Graph) -> Iterator[Dependency]:
    """What services say in `depends_on`, with what is known of the service they wait for."""
    built = {service.key: stage for service, stage in built_stages(graph)}
    for resource, model in services(graph):
        for dependency in model.service.dependencies:
            target = model.project.services.get(dependency.service)
            if target is None or dependency.reason != "depends_on":
                continue
            node = graph.get(resource.module + target.name)
            stage = built.get(node.key) if node else None
            yield Dependency(
                resource,
                model.service.name,
                dependency.service,
                dependency.condition,
                dependency.span or resource.span,
                partial(engine, target, stage),
                partial(has_health_check, target, stage),
            )


def engine(service: Service, stage: Resource | None) -> str:
    """What a service keeps data with, by its image or the base image it is built from; raises
    `Undecided`."""
    if stage is None and (part := _unknown_part(service.build)) is not None:
        raise part.undecided()
    reference = image_below(service, stage)
    found = "" if reference is None else image_data.engine(image_name(reference).path)
    if not found:
        return ""
    words = [*command_words(service.entrypoint), *command_words(service.command)]
    for command in (service.entrypoint, service.command) if words[:1] == ["?"] else ():
        if not command.is_wholly_known():
            raise command.undecided()
    return "" if service_data.is_client(words) else found


def command_words(command: Value) -> list[str]:
    """The words of a command of a service's own, `?` for what is not known of them."""
    if isinstance(command, Known) and command.kind not in ("null", "string"):
        return [_visible(word) for word in command]
    return _visible(command).split()


def _visible(text: Value) -> str:
    """A text with `?` for what is not known of it."""
    if isinstance(text, Template):
        return "".join(part if isinstance(part, str) else "?" for part in text.parts)
    return str(text.known_or("?") or "")


def _without_image(service: Service) -> Undecided:
    """Why nothing is known of the image of a service that other files complete."""
    return Undecided(Origin(f"the image of {service.name}", "is not given beside it"))


def image_below(service: Service, stage: Resource | None) -> Value | None:
    """The image that a service runs, or that its Dockerfile builds on; None where neither is in
    the repository."""
    if service.build is None:
        return None if is_null(service.image) else service.image
    base = stage.model.stage.root if stage and isinstance(stage.model, BuildStage) else None
    return base.reference if isinstance(base, BaseImage) else None


def has_health_check(service: Service, stage: Resource | None) -> bool:
    """As its own `healthcheck` says, or its Dockerfile, or its image; raises `Undecided`."""
    check = service.healthcheck
    if check is not None:
        if check.disabled:
            return False
        if not check.test.is_null:
            return True
    if stage is not None and isinstance(stage.model, BuildStage):
        for level in stage.model.stage.lineage():
            if level.healthcheck is not None:
                return not level.healthcheck.is_none
    reference = image_below(service, stage)
    path = image_name(reference).path if reference is not None else ""
    if service_data.checks_itself(path):
        return True
    if path in image_data.WITHOUT_HEALTH_CHECK or path in image_data.PLAIN:
        return False
    if reference is None and service.build is None:
        raise _without_image(service)
    what = path or f"the Dockerfile of {service.name}"
    raise Undecided(Origin(f"whether {what} has a health check", "is not known"), reference)
