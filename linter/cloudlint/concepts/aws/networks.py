"""AWS's networks: tiers of subnets, their zones, and NAT gateways.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from cloudlint.concepts.aws.routing import SUBNETS, TABLES, Routing
from cloudlint.concepts.aws.zones import resource_zone, spread
from cloudlint.concepts.base import (
    Requirement,
    doubtful,
    exists_with,
    is_absent,
    is_any_of,
    uncertainties,
)
from cloudlint.concepts.networks import NatGateway, Network
from cloudlint.graph import Graph, Resource
from cloudlint.values import Undecided, Value, applied, known
from cloudlint.values.types import BOOL


def networks(graph: Graph) -> Iterator[Network]:
    """Every network that the graph itself makes; what it only finds is divided elsewhere."""
    routing = Routing(graph)
    for network in graph.of("aws_vpc"):
        yield Network(network, partial(_tiers, graph, routing, network))


def _tiers(graph: Graph, routing: Routing, network: Resource) -> list[Requirement]:
    members: dict[str, list[Resource]] = {}
    doubts: list[Requirement] = []
    for subnet in graph.referring(network, "aws_subnet", "vpc_id"):
        try:
            members.setdefault(routing.reach(subnet), []).append(subnet)
        except Undecided as undecided:
            doubts.append(doubtful(undecided))
    tiers = [_tier(network, reach, subnets, doubts) for reach, subnets in members.items()]
    return tiers + doubts


def _tier(
    network: Resource, reach: str, subnets: list[Resource], doubts: list[Requirement]
) -> Requirement:
    certain = [subnet for subnet in subnets if not any(uncertainties(subnet, network))]
    met = spread([resource_zone(subnet) for subnet in certain])
    for subnet in subnets:
        met = met | ~exists_with(subnet, network)
    for doubt in doubts:
        met = met | doubt.met
    place = subnets[0]["availability_zone"]
    return Requirement(met, f"its {reach} subnets are in one zone", place)


# -- NAT gateways ------------------------------------------------------------------------------


def nat_gateways(graph: Graph) -> Iterator[NatGateway]:
    """Every NAT gateway of the graph."""

    @cache
    def subnets_by_table() -> dict[str, list[Resource]]:
        return _subnets_by_table(graph)

    def independence(gateway: Resource) -> list[Requirement]:
        return _independence(graph, gateway, subnets_by_table())

    for gateway in graph.of("aws_nat_gateway"):
        yield NatGateway(gateway, partial(independence, gateway))


def _subnets_by_table(graph: Graph) -> dict[str, list[Resource]]:
    """The subnets that are known to use a table."""
    routing, found = Routing(graph), dict[str, list[Resource]]()
    for subnet in graph.of(*SUBNETS):
        try:
            tables = routing.tables(subnet)
        except Undecided:
            continue
        for table in tables:
            found.setdefault(table.key, []).append(subnet)
    return found


def _independence(
    graph: Graph, gateway: Resource, subnets_by_table: dict[str, list[Resource]]
) -> list[Requirement]:
    """A gateway serves its own zone; a regional one is in all of them."""
    shared: Value = known(False)
    zones: list[Value] = []
    for table, leads in _tables_through(graph, gateway):
        for subnet in subnets_by_table.get(table.key, ()):
            uses = leads & exists_with(subnet, gateway)
            if uses.truth():
                zones.append(resource_zone(subnet))
            else:
                shared = shared | uses
    regional = is_any_of(gateway.get("availability_mode", "zonal"), "regional")
    problem = "private subnets in several zones leave through it"
    place = gateway["for_each" if is_absent(gateway["count"]).truth() else "count"]
    return [Requirement(regional | ~(spread(zones) | shared), problem, place)]


def _tables_through(graph: Graph, gateway: Resource) -> Iterator[tuple[Resource, Value]]:
    """The route tables with routes to a gateway, and three-valued whether they lead there."""
    for type_ in TABLES:
        for table in graph.referring(gateway, type_, "route"):
            for block in table["route"]:
                if gateway in graph.referenced(block["nat_gateway_id"], gateway.type):
                    yield table, _is_it(graph, block["nat_gateway_id"], gateway)
    for route in graph.referring(gateway, "aws_route", "nat_gateway_id"):
        leads = _is_it(graph, route["nat_gateway_id"], gateway) & exists_with(route, gateway)
        for table in graph.referenced(route["route_table_id"], *TABLES, "aws_vpc"):
            yield table, leads & _is_it(graph, route["route_table_id"], table)


def _is_it(graph: Graph, value: Value, resource: Resource) -> Value:
    """Three-valued: whether a value that refers to a resource names it, and no other."""
    if len(graph.referenced(value, resource.type)) == 1 and not resource.open:
        return known(True)
    return applied("any", value, type_=BOOL)
