"""Containers: what runs, with which rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts import image_data
from cloudlint.concepts.base import Concept
from cloudlint.concepts.images import image_name
from cloudlint.values import Known, Origin, Template, Undecided, Value, known

__all__ = ["Container", "is_root"]


@dataclass(slots=True, eq=False)
class Container(Concept):
    """Something that runs from an image: a final build stage, a compose service, a container of
    a task definition.

    `what` is what people call it. `user` tells who it runs as: null where nothing says so and
    the image's default is root; it may raise `Undecided` where the image is not known. `base` is
    the image whose default decides where nothing else does, empty where there is none.
    """

    what: str
    user: Callable[[], Value]
    base: str = ""


def user_of_image(image: Value) -> Value | None:
    """Who an image runs as by itself, where that is public knowledge and not root. Raises
    `Undecided` where it is not even known which image that is."""
    name = image_name(image)
    if image_data.runs_as_non_root(name.repository, name.path, name.known_tag):
        return known("the image's user", image.place)
    if image_data.is_windows(name.path, name.known_tag):
        return known("ContainerUser", image.place)
    if name.unknown is not None:
        raise name.unknown.undecided()
    return None


def user_of_foreign_image(image: Value) -> Value:
    """The same for an image that runs as it is; raises `Undecided` also where that is not public
    knowledge."""
    user = user_of_image(image)
    if user is None:
        path = image_name(image).path
        raise Undecided(Origin(f"the user of {path}", "is not known"), image)
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
