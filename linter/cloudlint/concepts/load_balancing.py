"""What spreads requests: load balancers and the groups of targets behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["LoadBalancing", "Requirement", "TargetGroup", "unmet"]


@dataclass(slots=True, eq=False)
class LoadBalancing(Concept):
    """A load balancer, or a target group as far as it says how requests are spread.

    `kind` is what people call it. `safeguards` tells what it takes to be neither deleted by
    mistake nor confined to one zone; it may raise `Undecided`.
    """

    kind: str
    safeguards: Callable[[], list[Requirement]]


@dataclass(slots=True, eq=False)
class TargetGroup(Concept):
    """Targets that a load balancer sends requests to.

    `health_check` tells what it takes to find out which of them answer; it may raise
    `Undecided`.
    """

    health_check: Callable[[], list[Requirement]]
