"""Machines that load balancers are told of one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cloudlint.concepts.aws.load_balancing import TARGET_GROUPS
from cloudlint.concepts.aws.zones import spread, zone_of
from cloudlint.concepts.base import Requirement, exists_with, is_absent
from cloudlint.concepts.compute import ComputeTier
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Value, applied, known, unknown
from cloudlint.values.types import BOOL

_GROUP_ATTACHMENTS = ("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")


@dataclass(frozen=True, slots=True)
class _Membership:
    """A machine's place behind a load balancer: `certain` (three-valued) tells whether it is
    there, `at` where that is said; `machine` is None where it is not known which it is."""

    machine: Resource | None
    certain: Value
    at: Value


def balanced_instances(graph: Graph) -> Iterator[ComputeTier]:
    """The machines behind each target group and classic load balancer that has any."""
    for group in graph.of(*TARGET_GROUPS):
        members = _members(graph, group, _GROUP_ATTACHMENTS, "target_group_arn", "target_id")
        if members:
            yield _tier(graph, group, members)
    for classic in graph.of("aws_elb"):
        members = _members(graph, classic, ("aws_elb_attachment",), "elb", "instance")
        members += _listed(graph, classic)
        if members:
            yield _tier(graph, classic, members)


def _tier(graph: Graph, owner: Resource, members: list[_Membership]) -> ComputeTier:
    return ComputeTier(
        owner,
        "instances behind it",
        zones=partial(_zones, graph, members),
        copies=partial(_copies, members),
    )


def _members(
    graph: Graph, owner: Resource, types: tuple[str, ...], argument: str, target: str
) -> list[_Membership]:
    """The machines that attachments put behind a load balancer, and those that may be there."""
    found: list[_Membership] = []
    for type_ in types:
        for attachment in graph.referring(owner, type_, argument):
            for machine in graph.referenced(attachment[target], "aws_instance"):
                certain = exists_with(attachment, owner) & _is_told_apart(machine, attachment)
                found.append(_Membership(machine, certain, attachment[target]))
        if found:
            found += [
                _Membership(None, _doubt(other[argument]), other[target])
                for other in graph.adrift(owner, type_, argument)
            ]
    return found


def _listed(graph: Graph, classic: Resource) -> list[_Membership]:
    instances = classic["instances"]
    if not isinstance(instances, Known):
        return [_Membership(None, _doubt(instances), instances)]
    return [
        _Membership(machine, _is_told_apart(machine, classic), instance)
        for instance in instances.items
        for machine in graph.referenced(instance, "aws_instance")
    ]


def _is_told_apart(machine: Resource, beside: Resource) -> Value:
    """Whether a machine is one: known to be no stand-in for several."""
    return _doubt(machine["count"]) if machine.open and not beside.open else known(True)


def _doubt(value: Value) -> Value:
    return applied("any", value, type_=BOOL)


def _zones(graph: Graph, members: list[_Membership]) -> list[Requirement]:
    """One machine alone is in one zone of course: that is a matter of `copies`."""
    certain = [m.machine for m in members if m.machine and m.certain.truth() is True]
    distinct = list({machine.key: machine for machine in certain}.values())
    if len(distinct) < 2:
        return []
    met = spread([_zone(graph, machine) for machine in distinct])
    for member in members:
        met = met | ~member.certain
    return [Requirement(met, "all its instances are in one zone", members[0].at)]


def _zone(graph: Graph, machine: Resource) -> Value:
    zone, subnet = machine["availability_zone"], machine["subnet_id"]
    if is_absent(zone).truth() is not True:
        return zone
    if is_absent(subnet).truth() is not True:
        return zone_of(graph, subnet)
    return unknown(f"the zone of {machine}", "is not in the configuration", machine.span)


def _copies(members: list[_Membership]) -> list[Requirement]:
    certain = {m.machine.key for m in members if m.machine and m.certain.truth() is True}
    met: Value = known(len(certain) > 1)
    for member in members:
        met = met | ~member.certain
    return [Requirement(met, "one instance is behind it", members[0].at)]
