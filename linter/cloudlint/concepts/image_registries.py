"""Registries that images are pushed to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement

__all__ = ["ImageRegistry"]


@dataclass(slots=True, eq=False)
class ImageRegistry(Concept):
    """A repository of images, or a template that repositories are made from. `immutable_tags` is
    that no tag can be moved to another image, `scanning` that what is pushed is looked through
    for known vulnerabilities; either is one requirement, or none where that is said elsewhere.
    They may raise `Undecided`.
    """

    immutable_tags: Callable[[], list[Requirement]]
    scanning: Callable[[], list[Requirement]]
