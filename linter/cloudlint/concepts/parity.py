"""Data stores that exist twice: in production, and in the compose project that stands for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement

__all__ = ["MirroredStore"]


@dataclass(slots=True, eq=False)
class MirroredStore(Concept):
    """A data store of a compose project and what it stands for in production, or one of
    production that no service stands for. `parity` is one requirement, that both are of one
    engine and major version; it raises `Undecided` where it is not known which stands for which.
    `service` is the name of the service of compose, empty for a store of production.
    """

    parity: Callable[[], list[Requirement]]
    service: str = ""

    def __str__(self) -> str:
        return f"the service `{self.service}`" if self.service else self.resource.address
