"""What scales, and what makes it scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.graph import Resource
from cloudlint.values import Origin, Undecided, Value, known

__all__ = ["Metric", "ScalingPolicy", "ScalingTarget"]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a scaling policy looks at: `name` as AWS calls it, and whether it only tells how busy
    the machines are (CPU, memory), three-valued."""

    name: Value
    is_utilisation: Value


@dataclass(slots=True)
class ScalingPolicy:
    """A rule that changes the size of a target. `exists` is three-valued."""

    resource: Resource
    metrics: list[Metric]
    exists: Value

    @property
    def is_utilisation_only(self) -> Value:
        """Three-valued: whether nothing but utilisation drives it; raises `Undecided` where what
        drives it is not in the configuration."""
        if not self.metrics:
            here = self.resource
            raise Undecided(Origin(here.address, "has no alarm in the configuration", here.span))
        verdict: Value = known(True)
        for metric in self.metrics:
            verdict = verdict & metric.is_utilisation
        return verdict


@dataclass(slots=True, eq=False)
class ScalingTarget(Concept):
    """A set of copies that scaling policies grow and shrink: an autoscaling group, an ECS
    service, the readers of a database.

    `policies` and `is_waited_for` may raise `Undecided`. `is_waited_for` tells whether somebody
    waits for its answers (a load balancer in front, readers of a database) or its work piles up
    where the configuration shows it (a queue): then utilisation alone is a late signal.
    """

    kind: str
    policies: Callable[[], list[ScalingPolicy]]
    is_waited_for: Callable[[], bool]
