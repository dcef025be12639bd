"""Services of compose projects: what they keep, what they publish, how they are kept running."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement

__all__ = ["ComposeService"]

Facts = Callable[[], list[Requirement]]


@dataclass(slots=True, eq=False)
class ComposeService(Concept):
    """A service as compose runs it: its own settings over those of the stage it builds, over what
    is known of the image.

    `engine` is what it keeps data with (`PostgreSQL`), empty where it keeps none. The others are
    requirements: of each mount that `data_mounts` has on the data directory, not to be a bind;
    `persistence`, that there is such a mount where data is to be kept; of each port of the engine
    among `database_ports`, not to be published on all interfaces; `health_check`, `restart` and
    `limits`, that the service says so, where that is a matter of its own. All may raise
    `Undecided`.
    """

    name: str
    engine: Callable[[], str]
    data_mounts: Facts
    persistence: Facts
    database_ports: Facts
    health_check: Facts
    restart: Facts
    limits: Facts

    def __str__(self) -> str:
        return f"the service `{self.name}`"
