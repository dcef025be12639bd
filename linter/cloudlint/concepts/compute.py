"""Compute tiers: sets of copies that do the same work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["ComputeTier", "Requirement", "unmet"]


def _nothing() -> list[Requirement]:
    return []


@dataclass(slots=True, eq=False)
class ComputeTier(Concept):
    """A set of copies that do the same work: an autoscaling group, an ECS service, the nodes of
    a cluster, the machines behind a target group, or a load balancer itself.

    `kind` is what people call it. `zones` tells what it takes for the loss of one zone to be
    survived, `copies` for the loss of one copy, `health` for copies that do not answer to be
    replaced. Tiers that show no load balancer where they could need none of it. The functions
    may raise `Undecided`.
    """

    kind: str
    zones: Callable[[], list[Requirement]] = _nothing
    copies: Callable[[], list[Requirement]] = _nothing
    health: Callable[[], list[Requirement]] = _nothing
