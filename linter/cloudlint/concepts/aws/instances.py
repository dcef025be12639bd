"""Machines that load balancers are told of one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cloudlint.concepts.aws.load_balancing import TARGET_GROUPS
from cloudlint.concepts.aws.zones import resource_zone, spread, zone_of
from cloudlint.concepts.base import Requirement, exists_with, is_absent
from cloudlint.concepts.compute import ComputeTier
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Value, applied, known
from cloudlint.values.types import BOOL

_GROUP_ATTACHMENTS = ("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")


@dataclass(frozen=True, slots=True)
class _Membership:
    """A target behind a load balancer: `target` names it, `machines` are the instances that it
    may be, and `certain` (three-valued) tells whether it is there."""

    target: Value
    machines: list[Resource]
    certain: Value


def balanced_instances(graph: Graph) -> Iterator[ComputeTier]:
    """The machines behind each target group and classic load balancer that has any; the same
    machines behind several of them are one tier."""
    seen: set[frozenset[str]] = set()
    for owner, members in _owners(graph):
        tier = frozenset(member.target.key for member in members)
        if tier not in seen and any(member.machines for member in members):
            seen.add(tier)
            yield ComputeTier(
                owner,
                "instances behind it",
                zones=partial(_zones, graph, members),
                copies=partial(_copies, members),
            )


def _owners(graph: Graph) -> Iterator[tuple[Resource, list[_Membership]]]:
    for group in graph.of(*TARGET_GROUPS):
        yield (
            group,
            [
                member
                for type_ in _GROUP_ATTACHMENTS
                for member in _members(graph, group, type_, "target_group_arn", "target_id")
            ],
        )
    for classic in graph.of("aws_elb"):
        attached = _members(graph, classic, "aws_elb_attachment", "elb", "instance")
        yield classic, [*attached, *_listed(graph, classic)]


def _members(
    graph: Graph, owner: Resource, type_: str, argument: str, target: str
) -> Iterator[_Membership]:
    """What attachments put behind a load balancer, and what may be there."""
    for attachment in graph.referring(owner, type_, argument):
        named = attachment[target]
        machines = graph.referenced(named, "aws_instance")
        certain = exists_with(attachment, owner) & _are_told_apart(machines, attachment)
        yield _Membership(named, machines, certain)
    for attachment in graph.adrift(owner, type_, argument)[:1]:
        yield _Membership(attachment[target], [], _doubt(attachment[argument]))


def _listed(graph: Graph, classic: Resource) -> Iterator[_Membership]:
    instances = classic["instances"]
    if not isinstance(instances, Known):
        yield _Membership(instances, [], _doubt(instances))
    for instance in instances.items if isinstance(instances, Known) else ():
        machines = graph.referenced(instance, "aws_instance")
        yield _Membership(instance, machines, _are_told_apart(machines, classic))


def _are_told_apart(machines: list[Resource], beside: Resource) -> Value:
    """Whether no machine stands for an unknown number of them."""
    for machine in machines:
        if machine.open and not beside.open:
            return _doubt(machine["count"])
    return known(True)


def _doubt(value: Value) -> Value:
    return applied("any", value, type_=BOOL)


def _distinct(members: list[_Membership]) -> list[_Membership]:
    """Those that are surely there, each target once."""
    certain = [member for member in members if member.certain.truth() is True]
    return list({member.target.key: member for member in certain}.values())


def _zones(graph: Graph, members: list[_Membership]) -> list[Requirement]:
    """One machine alone is in one zone of course: that is a matter of `copies`."""
    distinct = _distinct(members)
    if len(distinct) < 2 and all(member.certain.truth() for member in members):
        return []
    met = spread([_zone(graph, member) for member in distinct])
    for member in members:
        met = met | ~member.certain
    return [Requirement(met, "all its instances are in one zone", members[0].target)]


def _zone(graph: Graph, member: _Membership) -> Value:
    if len(member.machines) == 1:
        machine = member.machines[0]
        placed = is_absent(machine["availability_zone"]).truth() is not True
        if placed or is_absent(machine["subnet_id"]).truth() is True:
            return resource_zone(machine)
        return zone_of(graph, machine["subnet_id"])
    return applied("zone", member.target)


def _copies(members: list[_Membership]) -> list[Requirement]:
    distinct = _distinct(members)
    met: Value = known(len(distinct) > 1)
    for member in members:
        met = met | ~member.certain
    return [Requirement(met, "one instance is behind it", members[0].target)]
