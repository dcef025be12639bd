"""Services that are started before others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.source import Span
from cloudlint.values import Value

__all__ = ["Dependency"]


@dataclass(slots=True, eq=False)
class Dependency(Concept):
    """A service of a project that another one, the `waiting`, is started after.

    `name` is the service waited for, `condition` what is waited for (`service_started`,
    `service_healthy`, …), `place` where that is said. `engine` is what the service waited for
    keeps data with (`PostgreSQL`), empty where it keeps none. The functions may raise
    `Undecided`.
    """

    waiting: str
    name: str
    condition: Value
    place: Span
    engine: Callable[[], str]
    has_health_check: Callable[[], bool]

    def __str__(self) -> str:
        return f"the service `{self.waiting}`"
