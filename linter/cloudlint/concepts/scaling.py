"""What scales, and what makes it scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, any_of
from cloudlint.graph import Resource
from cloudlint.values import Origin, Undecided, Value, known

__all__ = ["Bounds", "Metric", "PredefinedMetric", "ScalableTier", "ScalingPolicy", "ScalingTarget"]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a scaling policy looks at: `name` as AWS calls it, and whether it only tells how busy
    the machines are (CPU, memory), three-valued."""

    name: Value
    is_utilisation: Value


@dataclass(slots=True)
class ScalingPolicy:
    """A rule that changes the size of a target. `exists` is three-valued, and so is `acts`: some
    rules only forecast. `directions` tells, twice three-valued, whether it takes the target up and
    whether it takes it down; it may raise `Undecided`."""

    resource: Resource
    metrics: list[Metric]
    exists: Value
    directions: Callable[[], tuple[Value, Value]]
    acts: Value

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


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers of copies a target moves; `argument` is what the upper is called."""

    minimum: Value
    maximum: Value
    argument: str


@dataclass(slots=True, eq=False)
class ScalingTarget(Concept):
    """A set of copies that scaling policies grow and shrink: an autoscaling group, an ECS
    service, the readers of a database, the capacity of a table.

    `is_registered` tells whether the resource does nothing but tell Application Auto Scaling
    what there is to scale. `policies`, `is_scheduled` (three-valued: whether a schedule changes
    its size), `is_balanced` (three-valued: whether it stands behind a load balancer), `bounds`,
    `boots` (what it takes for new copies to be there in time) and `is_waited_for` may raise
    `Undecided`. `is_waited_for` tells whether somebody waits for its answers (a load balancer in
    front, readers of a database) or its work piles up where the configuration shows it (a
    queue): then utilisation alone is a late signal.
    """

    kind: str
    policies: Callable[[], list[ScalingPolicy]]
    is_waited_for: Callable[[], bool]
    is_scheduled: Callable[[], Value]
    is_balanced: Callable[[], Value]
    bounds: Callable[[], Bounds | None]
    is_registered: bool = True
    boots: Callable[[], list[Requirement]] = list

    @property
    def has_policy(self) -> Value:
        """Three-valued: whether a scaling policy touches it; raises `Undecided`."""
        return any_of(policy.exists for policy in self.policies())


@dataclass(slots=True, eq=False)
class PredefinedMetric(Concept):
    """A metric that a scaling policy calls by one of AWS's own names. `namespace` is what it
    scales (`ecs`), `ec2 autoscaling` for autoscaling groups; `fitting` are the names that AWS has
    for that, and may raise `Undecided`; `all` those that it has for anything."""

    name: Value
    namespace: Value
    fitting: Callable[[], frozenset[str]]
    all: frozenset[str]


@dataclass(slots=True, eq=False)
class ScalableTier(Concept):
    """Copies of the same work whose number AWS could change: an autoscaling group, an ECS
    service. `is_balanced` tells, three-valued, whether it stands behind a load balancer,
    `is_moved` whether anything in the configuration changes its size or lets something else do
    so; both may raise `Undecided`."""

    kind: str
    is_balanced: Callable[[], Value]
    is_moved: Callable[[], Value]
