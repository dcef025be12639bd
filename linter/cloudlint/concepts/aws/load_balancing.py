"""AWS's load balancers and target groups.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.base import (
    Requirement,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
    may_have_more,
)
from cloudlint.concepts.load_balancing import LoadBalancing, TargetGroup
from cloudlint.graph import Graph, Join, Resource, given
from cloudlint.values import Value, known

LOAD_BALANCERS = ("aws_lb", "aws_alb")
TARGET_GROUPS = ("aws_lb_target_group", "aws_alb_target_group")
_LISTENERS = ("aws_lb_listener", "aws_alb_listener")
_ALWAYS_ACROSS_ZONES = "application"


def load_balancing(graph: Graph) -> Iterator[LoadBalancing]:
    """Every load balancer and target group of the graph."""
    for balancer in graph.of(*LOAD_BALANCERS):
        safeguards = partial(_safeguards, graph, balancer)
        yield LoadBalancing(balancer, "load balancer", safeguards)
    for classic in graph.of("aws_elb"):
        yield LoadBalancing(classic, "classic load balancer", partial(_classic_zones, classic))
    for group in graph.of(*TARGET_GROUPS):
        yield LoadBalancing(group, "target group", partial(_group_zones, group))


def _safeguards(graph: Graph, balancer: Resource) -> list[Requirement]:
    return [_flag(balancer, "enable_deletion_protection"), _cross_zone(graph, balancer)]


def _flag(resource: Resource, name: str) -> Requirement:
    """An argument that has to be true, and is false where it is absent."""
    value = resource.get(name, False)
    absent = is_absent(resource[name]).truth()
    return Requirement(value, f"`{name}` is {'not set' if absent else 'false'}", value)


def _cross_zone(graph: Graph, balancer: Resource) -> Requirement:
    """Whether requests reach the targets of all zones; target groups may say so as well."""
    flag = _flag(balancer, "enable_cross_zone_load_balancing")
    type_ = balancer.get("load_balancer_type", "application")
    met = is_any_of(type_, _ALWAYS_ACROSS_ZONES) | flag.met
    if met.truth() is not True:
        met = met | _groups_cross_zones(graph, balancer)
    return Requirement(met, flag.problem, flag.at)


def _groups_cross_zones(graph: Graph, balancer: Resource) -> Value:
    """Three-valued: whether all target groups of a load balancer override what it says."""
    groups = _groups_of(graph, balancer)
    verdict: Value = known(bool(groups))
    for group in groups:
        verdict = verdict & is_any_of(_across_zones(group), "true")
    return verdict


def _groups_of(graph: Graph, balancer: Resource) -> list[Resource]:
    """The target groups that its listeners send requests to by default."""
    found: dict[str, Resource] = {}
    for type_ in _LISTENERS:
        for listener in graph.referring(balancer, type_, "load_balancer_arn"):
            for group in graph.referenced(listener["default_action"], *TARGET_GROUPS):
                found.setdefault(group.key, group)
    return list(found.values())


def _across_zones(group: Resource) -> Value:
    return group.get("load_balancing_cross_zone_enabled", "use_load_balancer_configuration")


def _group_zones(group: Resource) -> list[Requirement]:
    value = _across_zones(group)
    off = is_any_of(value, "false")
    return [Requirement(~off, "`load_balancing_cross_zone_enabled` is false", value)]


def _classic_zones(classic: Resource) -> list[Requirement]:
    value = classic.get("cross_zone_load_balancing", True)
    return [Requirement(value, "`cross_zone_load_balancing` is false", value)]


# -- target groups -----------------------------------------------------------------------------


def target_groups(graph: Graph) -> Iterator[TargetGroup]:
    """Every target group of the graph; functions are no targets that could be checked."""
    for group in graph.of(*TARGET_GROUPS):
        yield TargetGroup(group, partial(_health_check, group, group.body, "target_type"))
    for group in graph.of("aws_vpclattice_target_group"):
        yield TargetGroup(group, partial(_lattice_health_check, group))


def _lattice_health_check(group: Resource) -> list[Requirement]:
    configuration = group["config"]
    body = configuration[0] if len(configuration) else known({}, group.span)
    return _health_check(group, body, "type")


def _health_check(group: Resource, body: Value, type_argument: str) -> list[Requirement]:
    is_function = is_any_of(group.get(type_argument, "instance"), "lambda", "LAMBDA")
    if is_function.truth():
        return []
    blocks = body["health_check"]
    if not len(blocks):
        return [Requirement(is_function, "it has no `health_check`", blocks)]
    enabled = given(blocks[0], "enabled", True)
    return [Requirement(is_function | enabled, "its `health_check` is disabled", enabled)]


# -- what stands behind a load balancer ----------------------------------------------------------

_ATTACHMENTS = {
    Join(type_, "autoscaling_group_name", "name"): names
    for type_, names in (
        ("aws_autoscaling_attachment", ("lb_target_group_arn", "alb_target_group_arn", "elb")),
        ("aws_autoscaling_traffic_source_attachment", ("traffic_source",)),
    )
}
"""What puts a group behind a load balancer, and its arguments that name one."""


_ENTRANCES = ("target_group_arns", "load_balancers", "traffic_source")
"""Arguments of an autoscaling group that put it behind a load balancer."""


def group_is_balanced(graph: Graph, group: Resource) -> Value:
    """Three-valued: whether an autoscaling group stands behind a load balancer."""
    answer: Value = known(False)
    for name in _ENTRANCES:
        answer = answer | holds_any(group[name])
    for join in _ATTACHMENTS:
        for attachment in graph.joined(group, join):
            answer = answer | exists_with(attachment, group)
        answer = answer | may_have_more(graph, group, join)
    return answer


def groups_beside(graph: Graph, group: Resource) -> list[Resource]:
    """The other autoscaling groups that share a target group or classic load balancer with it:
    together they are one tier, as where every zone has a group of its own."""
    entrances = [group[name] for name in _ENTRANCES]
    entrances += [found.body for join in _ATTACHMENTS for found in graph.joined(group, join)]
    beside: dict[str, Resource] = {}
    for entrance in entrances:
        for balancer in graph.referenced(entrance, *TARGET_GROUPS, "aws_elb"):
            beside.update((other.key, other) for other in _groups_behind(graph, balancer))
    return [other for other in beside.values() if other.key != group.key]


def _groups_behind(graph: Graph, balancer: Resource) -> Iterator[Resource]:
    for name in _ENTRANCES:
        yield from graph.referring(balancer, "aws_autoscaling_group", name)
    for join, names in _ATTACHMENTS.items():
        for name in names:
            for attachment in graph.referring(balancer, join.type, name):
                yield from graph.referenced(attachment[join.argument], "aws_autoscaling_group")
