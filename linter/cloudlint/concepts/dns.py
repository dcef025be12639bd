"""Names that lead to one of several places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["DnsRecord", "Requirement", "unmet"]


@dataclass(slots=True, eq=False)
class DnsRecord(Concept):
    """A record that is one of several answers for a name.

    `routing` is how an answer is picked (`failover`, `latency`, …). `health` tells what it takes
    for the record to be left out while it leads to something broken; it may raise `Undecided`.
    """

    routing: str
    health: Callable[[], list[Requirement]]
