"""Spot capacity: cheap, and taken back at short notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["Requirement", "SpotCapacity", "unmet"]


@dataclass(slots=True, eq=False)
class SpotCapacity(Concept):
    """What may run on spot capacity: an autoscaling group, a fleet, a machine, an ECS service, the
    default of an ECS cluster.

    `kind` is what people call it. `readiness` tells what it takes for the loss of capacity at
    short notice to be survived; nothing is asked of what buys none. It may raise `Undecided`.
    """

    kind: str
    readiness: Callable[[], list[Requirement]]
