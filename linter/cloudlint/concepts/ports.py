"""Ports that one part of a repository hands on and another listens on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement

__all__ = ["PortChain"]


@dataclass(slots=True, eq=False)
class PortChain(Concept):
    """A service or task that hands traffic to a container, and the container behind it. `ports`
    are requirements: that what is handed on is what the next one has; it may raise `Undecided`.
    """

    what: str
    ports: Callable[[], list[Requirement]]
