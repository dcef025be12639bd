"""Availability zones of things, told apart although nobody knows their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cloudlint.concepts.base import is_absent
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Value, applied, known, same, unknown
from cloudlint.values.convert import unshuffled
from cloudlint.values.symbols import Attribute, Choice, Element, Root
from cloudlint.values.types import BOOL, STRING

_SUBNETS = ("aws_subnet", "aws_default_subnet", "data.aws_subnet")


def zone_of(graph: Graph, subnet: Value) -> Value:
    """The zone of the subnet that a value refers to; an unknown of its own where the
    configuration does not say."""
    found = graph.referenced(subnet, *_SUBNETS)
    zone = _written_zone(found[0]) if len(found) == 1 else None
    if zone is not None:
        return zone
    if isinstance(subnet, Known):
        return unknown(f"the zone of {subnet}", "is not in the configuration", subnet.place)
    return applied("zone", subnet)


def resource_zone(resource: Resource) -> Value:
    """The zone of a subnet or machine; an unknown of its own where nothing says."""
    zone = _written_zone(resource)
    if zone is not None:
        return zone
    reason = "is not in the configuration"
    name = f"the zone of {resource}"
    return unknown(name, reason, resource.span, scope=resource.root)


def _written_zone(resource: Resource) -> Value | None:
    """The zone that arguments give; also where it is not known whether as a name or as an id."""
    if resource.open:
        return None
    name, id_ = resource["availability_zone"], resource["availability_zone_id"]
    names, ids = list(_not_null(name)), list(_not_null(id_))
    if not names or not ids:
        return (name if names else id_) if names or ids else None
    return names[0] if len({value.key for value in (*names, *ids)}) == 1 else name


def _not_null(value: Value) -> Iterator[Value]:
    """What a value may be, null left out."""
    if isinstance(value.symbol, Choice):
        for arm in (value.symbol.then, value.symbol.otherwise):
            yield from _not_null(arm)
    elif is_absent(value).truth() is not True:
        yield value


def spread(zones: Sequence[Value]) -> Value:
    """Three-valued: whether these are two zones or more; nothing is in none. One that is not
    known may be any."""
    doubtful: Value | None = None
    for zone, other in (*pairwise(zones), *((zone, zones[0]) for zone in zones)):
        answer = same(zone, other)
        if answer is False:
            return known(True)
        if answer is None and doubtful is None:
            doubtful = other if zone.is_wholly_known() else zone
    return known(False) if doubtful is None else applied("zones", doubtful, type_=BOOL)


def subnets_spread(graph: Graph, subnets: Value) -> Value:
    """Three-valued: whether the subnets of a list lie in two zones or more."""
    return spread(zones_of(graph, subnets))


def zones_of(graph: Graph, subnets: Value) -> list[Value]:
    """The zones of the subnets of a list; what may be several subnets has two that are not
    known, and so has an empty text: the default of what is given from outside."""
    if isinstance(subnets, Known) and subnets.kind != "string":
        distinct = {subnet.key: subnet for subnet in unshuffled(subnets.items)}.values()
        return [zone for subnet in distinct for zone in zones_of(graph, subnet)]
    if isinstance(subnets, Known) and subnets.data == "":
        left_out = unknown("what an empty text stands in for", "is not known", subnets.place)
        return [left_out, applied("another zone", left_out)]
    zone = zone_of(graph, subnets)
    return [zone] if _is_one(subnets) else [zone, applied("another zone", subnets)]


def _is_one(subnet: Value) -> bool:
    """Whether a value surely is one subnet, and not the list of several that older syntax put
    between brackets."""
    if subnet.symbol is None or subnet.type is STRING:
        return True
    match subnet.symbol:
        case Attribute(base=Root(), name="id"):
            return True
        case Element(base=Attribute(base=Root(kind=kind))):
            return bool(kind)
    return False
