"""Containers and images in Terraform: ECS, Batch, Lambda, CodeBuild, App Runner, and others'."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cloudlint.concepts.aws import container_facts as facts
from cloudlint.concepts.base import Concept, Unknowable, is_any_of
from cloudlint.concepts.containers import Container, user_of_foreign_image
from cloudlint.concepts.images import ContainerImage
from cloudlint.concepts.policy_text import decoded
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Undecided, Value

_CRON = ("spec", "job_template", "spec", "template", "spec", "container", "image")
_INITIAL_CRON = (*_CRON[:-2], "init_container", "image")

_IMAGE_PATHS: dict[str, tuple[tuple[str, ...], ...]] = {
    "aws_apprunner_service": (
        ("source_configuration", "image_repository", "image_identifier"),
    ),
    "aws_codebuild_project": (("environment", "image"),),
    "aws_lambda_function": (("image_uri",),),
    "aws_sagemaker_model": (("primary_container", "image"), ("container", "image")),
    "aws_lightsail_container_service_deployment_version": (("container", "image"),),
    "docker_container": (("image",),),
    "docker_image": (("name",),),
    "docker_service": (("task_spec", "container_spec", "image"),),
    "kubernetes_cron_job": (_CRON, _INITIAL_CRON),
    "kubernetes_cron_job_v1": (_CRON, _INITIAL_CRON),
    "azurerm_container_group": (("container", "image"),),
    "google_cloud_run_service": (("template", "spec", "containers", "image"),),
    "google_cloud_run_v2_service": (("template", "containers", "image"),),
    "google_cloud_run_v2_job": (("template", "template", "containers", "image"),),
} | {
    f"kubernetes_{kind}": (
        ("spec", "template", "spec", "container", "image"),
        ("spec", "template", "spec", "init_container", "image"),
    )
    for kind in (
        "deployment", "deployment_v1", "stateful_set", "stateful_set_v1", "daemonset",
        "daemon_set_v1", "job", "job_v1", "replication_controller", "replication_controller_v1",
    )
} | {
    f"kubernetes_{kind}": (("spec", "container", "image"), ("spec", "init_container", "image"))
    for kind in ("pod", "pod_v1")
}  # fmt: skip
"""Where resources name images: the way through nested blocks to the argument."""

_DEFINITIONS = {
    "aws_ecs_task_definition": "container_definitions",
    "aws_batch_job_definition": "container_properties",
}
"""Arguments that hold container definitions as JSON, one or a list."""

_CURATED = ("aws/codebuild/",)
"""Images that AWS keeps and that have no digest to pin."""


def images(graph: Graph) -> Iterator[Concept]:
    """The images that resources name, directly or in their container definitions."""
    for resource, definition in definitions(graph):
        if isinstance(definition, Undecided):
            yield Unknowable(resource, definition)
        elif not _is_null(definition["image"]):
            yield ContainerImage(resource, definition["image"], "the image")
    for type_, paths in _IMAGE_PATHS.items():
        for resource in graph.of(type_):
            if not _holds_no_image(resource):
                for image in (image for path in paths for image in _at(resource.body, path)):
                    if not _is_null(image) and not _is_curated(graph, image):
                        yield ContainerImage(resource, image, "the image")


def _holds_no_image(resource: Resource) -> bool:
    """Functions from archives, and images that the configuration itself builds."""
    if resource.type == "aws_lambda_function":
        return is_any_of(resource.get("package_type", "Zip"), "Image").truth() is False
    return resource.type == "docker_image" and not _is_null(resource["build"])


def containers(graph: Graph) -> Iterator[Concept]:
    """The containers of task and job definitions."""
    before: Resource | None = None
    for resource, definition in definitions(graph):
        if isinstance(definition, Undecided):
            yield Unknowable(resource, definition)
        else:
            yield _container(graph, resource, definition, first=resource is not before)
        before = resource


def _container(graph: Graph, resource: Resource, definition: Value, *, first: bool) -> Container:
    return Container(
        resource,
        f"{_name(definition)} of {resource}",
        _user(definition),
        names=tuple(str(name.known_or("")) for name in (definition["name"], resource["family"])),
        isolation=partial(facts.isolation, resource, definition, first=first),
        read_only_root=partial(facts.read_only_root, resource, definition),
        no_new_privileges=partial(facts.no_new_privileges, resource, definition),
        health_check=partial(facts.health_check, graph, resource, definition),
    )


def definitions(graph: Graph) -> Iterator[tuple[Resource, Value | Undecided]]:
    """The container definitions of task and job definitions, decoded; or why there is none."""
    for type_, argument in _DEFINITIONS.items():
        for resource in graph.of(type_):
            try:
                found = decoded(resource[argument])
                listed = [found] if _is_object(found) else list(found)
            except Undecided as undecided:
                yield resource, undecided
                continue
            for definition in listed:
                if isinstance(definition, Known):
                    yield resource, definition
                else:
                    yield resource, definition.undecided()


def _is_object(value: Value) -> bool:
    return isinstance(value, Known) and value.kind in ("object", "map")


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null"


def _name(definition: Value) -> str:
    name = definition["name"].known_or(None)
    return f"the container `{name}`" if isinstance(name, str) else "the container"


def _at(body: Value, path: tuple[str, ...]) -> Iterator[Value]:
    """The arguments at the end of a way through nested blocks; what is unknown on the way is
    passed on as it is."""
    values = [body]
    for name in path:
        below: list[Value] = []
        for value in values:
            if not isinstance(value, Known):
                below.append(value)
            elif value.kind in ("object", "map"):
                below.append(value[name])
            elif value.kind != "null":
                below.extend(entry[name] for entry in value if isinstance(entry, Known))
        values = below
    yield from values


def _is_curated(graph: Graph, image: Value) -> bool:
    """AWS's own images, and images that another resource names, which is judged itself."""
    text = image.known_or("")
    if isinstance(text, str) and text.startswith(_CURATED):
        return True
    return bool(graph.referenced(image, "docker_image", "docker_registry_image"))


def _user(definition: Value) -> Callable[[], Value]:
    def user() -> Value:
        given = definition["user"]
        return user_of_foreign_image(definition["image"]) if given.is_null else given

    return user
