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
    the image's default is root; it may raise `Undecided` where the image is not known.
    """

    what: str
    user: Callable[[], Value]


def user_of_image(image: Value) -> Value:
    """Who an image runs as by itself, where that is public knowledge; raises `Undecided`."""
    name = image_name(image)
    tag = "" if name.tag.is_null else str(name.tag.known_or(""))
    if image_data.runs_as_non_root(name.repository, name.path, tag):
        return known("the image's user", image.place)
    raise Undecided(Origin(f"the user of {name.path}", "is not known"), image)


def is_root(user: Value) -> bool:
    """Whether a user (`0`, `root:root`, null for root by default) is root; raises `Undecided`."""
    if isinstance(user, Known):
        return user.kind == "null" or _name(str(user.data)) in ("root", "0", "")
    if isinstance(user, Template) and ":" in user.prefix:
        return _name(user.prefix) in ("root", "0")
    return user == "root" or user == "0"


def _name(user: str) -> str:
    return user.partition(":")[0].strip().lower()
