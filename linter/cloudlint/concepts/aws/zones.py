"""Availability zones of things, told apart although nobody knows their names."""

from __future__ import annotations

from collections.abc import Iterable

from cloudlint.graph import Graph
from cloudlint.values import Known, Value, applied, known, same
from cloudlint.values.types import BOOL

_SUBNETS = ("aws_subnet", "aws_default_subnet", "data.aws_subnet")


def zone_of(graph: Graph, subnet: Value) -> Value | None:
    """The zone of the subnet that a value refers to; None where the configuration does not say."""
    found = graph.referenced(subnet, *_SUBNETS)
    if len(found) != 1 or found[0].open:
        return None
    for name in ("availability_zone", "availability_zone_id"):
        zone = found[0][name]
        if not (isinstance(zone, Known) and zone.kind == "null"):
            return zone
    return None


def spread(zones: Iterable[Value | None]) -> Value:
    """Three-valued: whether these are two zones or more. One that is not known may be any."""
    listed = list(zones)
    first = next((zone for zone in listed if zone is not None), None)
    if first is None:
        return known(False) if len(listed) == 0 else _open(listed)
    answers = [None if zone is None else same(first, zone) for zone in listed]
    if any(answer is False for answer in answers):
        return known(True)
    if all(answers):
        return known(False)
    doubtful = next(zone for zone, a in zip(listed, answers, strict=True) if a is None)
    return applied("zones", first if doubtful is None else doubtful, type_=BOOL)


def _open(zones: list[Value | None]) -> Value:
    return applied("zones", known(len(zones)), type_=BOOL)


def subnets_spread(graph: Graph, subnets: Value) -> Value:
    """Three-valued: whether the subnets of a list lie in two zones or more."""
    if not isinstance(subnets, Known):
        return applied("zones", subnets, type_=BOOL)
    zones: list[Value | None] = []
    seen: set[str] = set()
    for subnet in subnets.items:
        if subnet.key in seen:
            continue
        seen.add(subnet.key)
        zone = zone_of(graph, subnet)
        zones.append(applied("zone", subnet) if zone is None else zone)
    return spread(zones)
