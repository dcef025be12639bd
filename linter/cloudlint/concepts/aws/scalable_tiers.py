"""AWS's tiers that could scale, and what moves them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from cloudlint.concepts.aws.scaling import ScaledServices, scaling_targets
from cloudlint.concepts.base import any_of, begins_with, exists_with, holds_any, is_any_of
from cloudlint.concepts.scaling import ScalableTier, ScalingTarget
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Value


def scalable_tiers(graph: Graph) -> Iterator[ScalableTier]:
    """Every autoscaling group and every ECS service."""
    for target in scaling_targets(graph):
        group = target.resource
        if group.type == "aws_autoscaling_group":
            moved = partial(_group_is_moved, graph, target)
            yield ScalableTier(group, target.kind, target.is_balanced, moved)
    yield from _services(graph)


def _group_is_moved(graph: Graph, target: ScalingTarget) -> Value:
    group = target.resource
    moved = target.has_policy | target.is_scheduled() | _scales_with_pods(group)
    for provider in graph.referring(group, "aws_ecs_capacity_provider", _PROVIDER):
        managed = provider[_PROVIDER][0]["managed_scaling"][0]
        on = is_any_of(given(managed, "status", "DISABLED"), "ENABLED")
        moved = moved | (on & exists_with(provider, group))
    return moved


_PROVIDER = "auto_scaling_group_provider"
_AUTOSCALER = "k8s.io/cluster-autoscaler/"


def _scales_with_pods(group: Resource) -> Value:
    """Three-valued: whether the cluster autoscaler of Kubernetes is told to find it."""
    return any_of(begins_with(tag["key"], _AUTOSCALER) for tag in group["tag"])


def _services(graph: Graph) -> Iterator[ScalableTier]:
    @cache
    def scaled() -> ScaledServices:
        return ScaledServices(graph)

    for service in graph.of("aws_ecs_service"):
        yield ScalableTier(
            service,
            "ECS service",
            partial(_service_is_balanced, service),
            lambda service=service: _service_is_moved(service, scaled()),  # type: ignore[misc]
        )


def _service_is_balanced(service: Resource) -> Value:
    """Of a daemon there is one copy on each machine."""
    daemon = is_any_of(service.get("scheduling_strategy", "REPLICA"), "DAEMON")
    return holds_any(service["load_balancer"]) & ~daemon


def _service_is_moved(service: Resource, scaled: ScaledServices) -> Value:
    """A target without policies is another defect."""
    moved = scaled.may_have_more(service)
    for target in scaled.targets(service):
        moved = moved | exists_with(target, service)
    return moved
