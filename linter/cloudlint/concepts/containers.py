"""Containers: what runs, with which rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts import image_data
from cloudlint.concepts.base import Concept, Requirement
from cloudlint.concepts.images import ImageName, image_name
from cloudlint.values import Known, Origin, Template, Undecided, Value, known

__all__ = ["Container", "is_root"]

Facts = Callable[[], list[Requirement]]


def nothing() -> list[Requirement]:
    """What a format has no say about."""
    return []


@dataclass(slots=True, eq=False)
class Container(Concept):
    """Something that runs from an image: a final build stage, a compose service, a container of
    a task definition.

    `what` is what people call it. `user` tells who it runs as: null where nothing says so and
    the image's default is root; it may raise `Undecided` where the image is not known. `base` is
    the image whose default decides where nothing else does, empty where there is none.
    `names` are those that tell what it is for: of its files, stages, services and families.

    `isolation` is what keeps it apart from its host, one requirement for each way out of it;
    `read_only_root`, `no_new_privileges` and `health_check` are one requirement each, or none
    where that is not for the container to say. They may raise `Undecided`.
    """

    what: str
    user: Callable[[], Value]
    base: str = ""
    names: tuple[str, ...] = ()
    isolation: Facts = nothing
    read_only_root: Facts = nothing
    no_new_privileges: Facts = nothing
    health_check: Facts = nothing


def user_of_image(name: ImageName) -> Value | None:
    """Who an image runs as by itself, where that is public knowledge and not root."""
    if image_data.runs_as_non_root(name.repository, name.path, name.known_tag):
        return known("the image's user")
    if image_data.is_for_lambda(name.path):
        return known("the user that Lambda runs functions as")
    if image_data.is_windows(name.path, name.known_tag):
        return known("ContainerUser")
    return None


def user_of_base(image: Value) -> Value | None:
    """Who an image runs as that is built on this one and says nothing; None where that is root or
    not known to be another. Raises `Undecided` where something else decides."""
    name = image_name(image)
    if not isinstance(name.tag, Known) and image_data.tag_tells_user(name.repository, name.path):
        raise name.tag.undecided()
    user = user_of_image(name)
    if user is None and name.unknown is not None:
        raise name.unknown.undecided()
    if user is None and image_data.is_development_container(name.path):
        raise Undecided(Origin(f"the user of {name.path}", "is set by `devcontainer.json`"), image)
    return user


def names_user_of(image: Value, user: Value) -> bool:
    """Whether a user is given by a variable in which the image keeps one that it has made."""
    if isinstance(user, Known) or user.place is None:
        return False
    return image_data.names_own_user(image_name(image).path, user.place.text)


def user_of_foreign_image(image: Value) -> Value:
    """The same for an image that runs as it is; raises `Undecided` where that is not known."""
    name = image_name(image)
    user = user_of_image(name)
    if user is None:
        called = name.path if name.unknown is None else "the image"
        raise Undecided(Origin(f"the user of {called}", "is not known"), image)
    return user


def is_root(user: Value) -> bool:
    """Whether a user (`0`, `root:root`, null for root by default) is root; raises `Undecided`."""
    if isinstance(user, Known):
        return user.kind == "null" or _name(str(user.data)) in ("root", "0", "")
    if isinstance(user, Template) and ":" in user.prefix:
        return _name(user.prefix) in ("root", "0")
    return user == "root" or user == "0"


def _name(user: str) -> str:
    return user.partition(":")[0].strip().lower()
