"""Rollouts: how a new release takes the place of the one that runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet

__all__ = ["Requirement", "Rollout", "unmet"]


def _nothing() -> list[Requirement]:
    return []


@dataclass(slots=True, eq=False)
class Rollout(Concept):
    """What puts a new release in the place of the old one: an ECS service, a CodeDeploy group, the
    instance refresh of an autoscaling group, a Beanstalk environment.

    `kind` is what people call it. `rollback` tells what it takes for a failed release to be taken
    back, `health` for users to be served meanwhile. Nothing is asked of what others roll out. The
    functions may raise `Undecided`.
    """

    kind: str
    rollback: Callable[[], list[Requirement]] = _nothing
    health: Callable[[], list[Requirement]] = _nothing
