"""Networks, and the gateways that their subnets share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["NatGateway", "Network", "Requirement", "unmet"]


@dataclass(slots=True, eq=False)
class Network(Concept):
    """A network of the configuration's own.

    `tiers` tells what it takes for each tier of its subnets to survive the loss of a zone. A tier
    is told by where routes lead: `public` (an internet gateway), `private` (out only),
    `isolated`. It may raise `Undecided`.
    """

    tiers: Callable[[], list[Requirement]]


@dataclass(slots=True, eq=False)
class NatGateway(Concept):
    """A gateway through which private subnets reach the internet.

    `independence` tells what it takes that no other zone goes down with its own; it may raise
    `Undecided`.
    """

    independence: Callable[[], list[Requirement]]
