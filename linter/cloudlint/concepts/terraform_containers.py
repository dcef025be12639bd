"""Containers, images and environments in Terraform, whichever provider runs them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cloudlint.concepts import placed_rights as rights
from cloudlint.concepts.aws import container_facts as ecs
from cloudlint.concepts.base import Concept, Unknowable, is_any_of, is_null
from cloudlint.concepts.container_forms import Variables
from cloudlint.concepts.containers import Container, user_of_foreign_image
from cloudlint.concepts.docker_builds import stage_of
from cloudlint.concepts.images import ContainerImage
from cloudlint.concepts.placed_containers import Placed, containers_in, members
from cloudlint.concepts.secrets.environments import EnvironmentVariable
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Value, known

_CURATED = ("aws/codebuild/",)
"""Images that AWS keeps and that have no digest to pin."""
_OWN_IMAGES = ("docker_image", "docker_registry_image")
"""Resources that are images: they are judged themselves, not where they are used."""


def images(graph: Graph) -> Iterator[Concept]:
    """The images that resources name, directly or in their container definitions."""
    for found in containers_in(graph):
        if not isinstance(found, Placed):
            yield Unknowable(found.resource, found.reason)
        elif not _holds_no_image(found.resource):
            image = found.image
            if not (is_null(image) or _is_judged_elsewhere(graph, image)):
                yield ContainerImage(found.resource, image, "the image")


def _holds_no_image(resource: Resource) -> bool:
    """Functions from archives, and images that the configuration itself builds."""
    if resource.type == "aws_lambda_function":
        return is_any_of(resource.get("package_type", "Zip"), "Image").truth() is False
    return resource.type == "docker_image" and not is_null(resource["build"])


def _is_judged_elsewhere(graph: Graph, image: Value) -> bool:
    text = image.known_or("")
    if isinstance(text, str) and text.startswith(_CURATED):
        return True
    return bool(graph.referenced(image, *_OWN_IMAGES))


# -- containers ------------------------------------------------------------------------------------


def containers(graph: Graph) -> Iterator[Concept]:
    """The containers whose rights are said where they are said to run."""
    for found in containers_in(graph):
        if not isinstance(found, Placed):
            yield Unknowable(found.resource, found.reason)
        elif found.form.says_rights:
            yield _container(graph, found)


def _container(graph: Graph, found: Placed) -> Container:
    return Container(
        found.resource,
        _called(found),
        partial(rights.user, found, partial(_user_of_image, graph, found)),
        names=tuple(_text(found[way]) for way in (found.form.name, found.form.family)),
        isolation=partial(rights.isolation, found),
        read_only_root=partial(rights.read_only_root, found),
        no_new_privileges=partial(rights.no_new_privileges, found),
        health_check=partial(ecs.health_check, graph, found.resource, found.body),
    )


def _called(found: Placed) -> str:
    name = _text(found[found.form.name])
    return f"the container `{name}` of {found.resource}" if name else f"{found.resource}"


def _text(value: Value) -> str:
    text = value.known_or("")
    return text if isinstance(text, str) else ""


def _user_of_image(graph: Graph, found: Placed) -> Value:
    """Who the image runs as by itself; raises `Undecided` where that is not known."""
    image = found.written_image
    for resource in graph.referenced(image, "docker_image"):
        if stage_of(graph, resource) is not None:
            return known("the user of its Dockerfile", found.body.span)
        if not _holds_no_image(resource):
            return user_of_foreign_image(resource["name"])
    return user_of_foreign_image(image)


# -- environments ----------------------------------------------------------------------------------


_Variables = Iterator[EnvironmentVariable | Unknowable]


def environment_variables(graph: Graph) -> Iterator[Concept]:
    """All variables that are given in plain text where a secret could be referred to."""
    for found in containers_in(graph):
        if isinstance(found, Placed):
            yield from variables_of(found)
        else:
            yield Unknowable(found.resource, found.reason)


def variables_of(found: Placed) -> _Variables:
    """The variables that a container is given in plain text."""
    for variables in found.form.variables:
        given = found[variables.way]
        yield from (_in_map if variables.is_map else _listed)(found, given, variables)


def _in_map(found: Placed, given: Value, how: Variables) -> _Variables:
    if not isinstance(given, Known):
        yield Unknowable(found.resource, given.undecided())
        return
    for name, value in given.mapping.items():
        yield EnvironmentVariable(found.resource, name, value, how.instead)


def _listed(found: Placed, given: Value, how: Variables) -> _Variables:
    """Of a list of objects with a name and a value."""
    for entry in members(given):
        if not isinstance(entry.value, Known):
            yield Unknowable(found.resource, entry.value.undecided())
        elif entry.value.mapping:
            name = entry.value["name"].known_or("")
            if isinstance(name, str) and not _is_kept(entry.value, how):
                owner = found.on(entry.conditions)
                yield EnvironmentVariable(owner, name, entry.value["value"], how.instead)


def _is_kept(entry: Value, how: Variables) -> bool:
    """Whether the value is the name of what a store keeps."""
    return bool(how.kept) and is_any_of(entry["type"], *how.kept).truth() is not False
