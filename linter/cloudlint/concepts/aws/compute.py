"""AWS's compute tiers: which zones they are in, and how many copies they may come down to.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from cloudlint.concepts.aws import beanstalk
from cloudlint.concepts.aws.instances import balanced_instances
from cloudlint.concepts.aws.load_balancing import LOAD_BALANCERS, group_is_balanced, groups_beside
from cloudlint.concepts.aws.scaling import ScaledServices
from cloudlint.concepts.aws.zones import spread, subnets_spread, zones_of
from cloudlint.concepts.base import (
    Requirement,
    any_of,
    at_least,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
    may_have_more,
    settled,
)
from cloudlint.concepts.compute import ComputeTier
from cloudlint.graph import Graph, Join, Resource, given
from cloudlint.values import Known, Value, applied, known
from cloudlint.values.types import BOOL

ONE_ZONE = "all its subnets are in one zone"


def compute_tiers(graph: Graph) -> Iterator[ComputeTier]:
    """Every compute tier of the graph."""
    for group in graph.of("aws_autoscaling_group"):
        yield ComputeTier(
            group,
            "autoscaling group",
            zones=partial(_group_zones, graph, group),
            copies=partial(_group_copies, graph, group),
            health=partial(_group_health, graph, group),
        )
    yield from _services(graph)
    for nodes in graph.of("aws_eks_node_group"):
        yield ComputeTier(nodes, "EKS node group", zones=partial(_node_zones, graph, nodes))
    for type_, (kind, path) in _PLACED.items():
        for resource in graph.of(type_):
            yield ComputeTier(resource, kind, zones=partial(_placed, graph, resource, path))
    for balancer in graph.of(*LOAD_BALANCERS, "aws_elb"):
        zones = partial(_balancer_zones, graph, balancer)
        yield ComputeTier(balancer, "load balancer", zones=zones)
    yield from beanstalk.environments(graph)
    yield from balanced_instances(graph)


# -- autoscaling groups ------------------------------------------------------------------------


def _group_zones(graph: Graph, group: Resource) -> list[Requirement]:
    alone = ~group_is_balanced(graph, group)
    subnets, zones = group["vpc_zone_identifier"], group["availability_zones"]
    if _holds_something(subnets):
        met = alone | subnets_spread(graph, subnets)
        if met.truth() is not True:
            met = met | _spread_with(graph, subnets, groups_beside(graph, group))
        return [Requirement(met, ONE_ZONE, subnets)]
    return [replace(named, met=alone | named.met) for named in _zones_by_name(zones)]


def _spread_with(graph: Graph, subnets: Value, others: Sequence[Resource]) -> Value:
    """Three-valued: whether subnets and those of other groups lie in two zones or more."""
    zones = [zone for other in others for zone in zones_of(graph, other["vpc_zone_identifier"])]
    return spread([*zones_of(graph, subnets), *zones])


def _holds_something(subnets: Value) -> bool:
    """Whether a list is not known to be absent or empty."""
    return holds_any(subnets).truth() is not False


def _unknown(zones: Value) -> Value:
    return applied("zones", zones, type_=BOOL)


def _group_copies(graph: Graph, group: Resource) -> list[Requirement]:
    minimum = group.get("min_size", 0)
    met = ~group_is_balanced(graph, group) | at_least(minimum, 2)
    if met.truth() is not True:
        met = met | _is_zero(group.get("max_size", -1)) | _is_put_to_sleep(graph, group)
    if met.truth() is not True:
        met = met | _has_one_with_others(graph, group)
    return [Requirement(met, f"its `min_size` is {_told(minimum)}", minimum)]


def _has_one_with_others(graph: Graph, group: Resource) -> Value:
    """Three-valued: whether a copy of its own and one of another group stand side by side."""
    others = any_of(
        at_least(other.get("min_size", 0), 1) & exists_with(other, group)
        for other in groups_beside(graph, group)
    )
    return others & at_least(group.get("min_size", 0), 1)


def _told(copies: Value) -> str:
    return str(copies) if isinstance(copies, Known) else "below 2"


def _is_put_to_sleep(graph: Graph, group: Resource) -> Value:
    """Three-valued: whether a schedule takes the group down to nothing at times."""
    join = Join("aws_autoscaling_schedule", "autoscaling_group_name", "name")
    asleep = may_have_more(graph, group, join)
    for schedule in graph.joined(group, join):
        for name in ("min_size", "desired_capacity"):
            asleep = asleep | (_is_zero(schedule.get(name, -1)) & exists_with(schedule, group))
    return asleep


def _is_zero(number: Value) -> Value:
    return at_least(number, 0) & ~at_least(number, 1)


def _group_health(graph: Graph, group: Resource) -> list[Requirement]:
    checks = group.get("health_check_type", "EC2")
    said = str(checks.known_or("")).split(",")
    asks = known(True) if "ELB" in said else is_any_of(checks, "ELB", "VPC_LATTICE")
    if asks.truth() is not True:
        asks = asks | ~group_is_balanced(graph, group)
    absent = is_absent(group["health_check_type"]).truth()
    problem = f"`health_check_type` is {'not set' if absent else checks}"
    return [Requirement(asks, problem, checks)]


# -- ECS services ------------------------------------------------------------------------------


def _services(graph: Graph) -> Iterator[ComputeTier]:
    @cache
    def scaled() -> ScaledServices:
        return ScaledServices(graph)

    for service in graph.of("aws_ecs_service"):
        yield ComputeTier(
            service,
            "ECS service",
            zones=partial(_service_zones, graph, service),
            copies=partial(_service_copies, graph, service, scaled),
        )


def _service_zones(graph: Graph, service: Resource) -> list[Requirement]:
    alone = ~holds_any(service["load_balancer"])
    blocks = service["network_configuration"]
    subnets = blocks[0]["subnets"]
    if not _holds_something(subnets):
        return []
    alone = alone | ~holds_any(blocks)
    return [Requirement(alone | subnets_spread(graph, subnets), ONE_ZONE, subnets)]


def _service_copies(
    graph: Graph, service: Resource, scaled: Callable[[], ScaledServices]
) -> list[Requirement]:
    exempt = ~holds_any(service["load_balancer"])
    exempt = exempt | is_any_of(service.get("scheduling_strategy", "REPLICA"), "DAEMON")
    targets = scaled().targets(service)
    if targets:
        return [_kept_by(graph, target, service, exempt) for target in targets]
    desired = service.get("desired_count", 0)
    enough = _two_or_none(service.get("desired_count", -1))
    more = scaled().may_have_more(service)
    met = exempt | (enough if more.truth() is False else more)
    said = "not set" if is_absent(service["desired_count"]).truth() else _told(desired)
    return [Requirement(met, f"its `desired_count` is {said}", desired)]


def _two_or_none(desired: Value) -> Value:
    """Three-valued: whether two copies run or none does; what may be one or none is not so."""
    if isinstance(desired, Known):
        return _is_zero(desired) | at_least(desired, 2)
    agreed = settled(desired, _two_or_none)
    return at_least(desired, 2) if agreed is None else agreed


def _kept_by(graph: Graph, target: Resource, service: Resource, exempt: Value) -> Requirement:
    minimum = target.get("min_capacity", 0)
    met = exempt | at_least(minimum, 2) | ~exists_with(target, service)
    met = met | _is_zero(target.get("max_capacity", -1))
    if met.truth() is not True:
        met = met | _scales_to_zero(graph, target)
    return Requirement(met, f"its scalable target's `min_capacity` is {_told(minimum)}", minimum)


def _scales_to_zero(graph: Graph, target: Resource) -> Value:
    """Three-valued: whether a schedule takes the target down to nothing at times."""
    join = Join("aws_appautoscaling_scheduled_action", "resource_id", "resource_id")
    asleep = may_have_more(graph, target, join)
    for action in graph.joined(target, join):
        change = action["scalable_target_action"][0]
        asleep = asleep | (
            _is_zero(given(change, "min_capacity", -1)) & exists_with(action, target)
        )
    return asleep


# -- what is placed by subnets -----------------------------------------------------------------

_PLACED = {
    "aws_eks_cluster": ("EKS cluster", ("vpc_config", "subnet_ids")),
    "aws_eks_fargate_profile": ("EKS Fargate profile", ("subnet_ids",)),
    "aws_lambda_function": ("Lambda function", ("vpc_config", "subnet_ids")),
}
"""Kinds of compute that show no load balancer, and the way to their subnets."""


def _placed(graph: Graph, resource: Resource, path: tuple[str, ...]) -> list[Requirement]:
    """A block that may not be there places nothing."""
    subnets: Value = resource.body
    placed: Value = known(True)
    for name in path[:-1]:
        placed = holds_any(subnets[name])
        subnets = subnets[name][0]
    subnets = subnets[path[-1]]
    placed = placed & ~is_absent(subnets)
    if placed.truth() is False or not _holds_something(subnets):
        return []
    return [Requirement(~placed | subnets_spread(graph, subnets), ONE_ZONE, subnets)]


def _node_zones(graph: Graph, nodes: Resource) -> list[Requirement]:
    """A node group may keep to one zone where others of its cluster are in other zones."""
    subnets = nodes["subnet_ids"]
    if not _holds_something(subnets):
        return []
    met = subnets_spread(graph, subnets)
    if met.truth() is not True:
        zones = [
            zone
            for member in _node_groups_beside(graph, nodes)
            for zone in zones_of(graph, member["subnet_ids"])
        ]
        met = met | spread([*zones_of(graph, subnets), *zones])
    return [Requirement(met, ONE_ZONE, subnets)]


def _node_groups_beside(graph: Graph, nodes: Resource) -> list[Resource]:
    cluster, type_, argument = nodes["cluster_name"], "aws_eks_node_group", "cluster_name"
    found = {other.key: other for other in graph.naming(nodes, cluster, type_, argument)}
    for owner in graph.referenced(cluster, "aws_eks_cluster"):
        found.update((other.key, other) for other in graph.referring(owner, type_, argument))
    return list(found.values())


# -- load balancers ----------------------------------------------------------------------------


def _balancer_zones(graph: Graph, balancer: Resource) -> list[Requirement]:
    subnets = balancer["subnets"]
    if _holds_something(subnets):
        return [Requirement(subnets_spread(graph, subnets), ONE_ZONE, subnets)]
    mappings = balancer["subnet_mapping"]
    if len(mappings):
        zones = [zone for mapping in mappings for zone in zones_of(graph, mapping["subnet_id"])]
        return [Requirement(spread(zones), ONE_ZONE, mappings[0]["subnet_id"])]
    return _zones_by_name(balancer["availability_zones"])


def _zones_by_name(zones: Value) -> list[Requirement]:
    if not _holds_something(zones):
        return []
    met = spread(zones.items) if isinstance(zones, Known) else _unknown(zones)
    return [Requirement(met, "its `availability_zones` are one", zones)]
