"""AWS's networks: tiers of subnets, their zones, and NAT gateways.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from cloudlint.concepts.aws.routing import SUBNETS, TABLES, Routing, names_one
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
from cloudlint.values import Undecided, Value, known


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
    def users() -> _Users:
        return _users_of_tables(graph)

    def independence(gateway: Resource) -> list[Requirement]:
        return _independence(graph, gateway, users())

    for gateway in graph.of("aws_nat_gateway"):
        yield NatGateway(gateway, partial(independence, gateway))


_Users = dict[str, list[tuple[Resource, Value]]]


def _users_of_tables(graph: Graph) -> _Users:
    """The subnets that may use a route table, and three-valued whether they do; by the root those
    that may use any."""
    routing, found = Routing(graph), _Users()
    for subnet in graph.of(*SUBNETS):
        for table, uses in routing.possible_tables(subnet):
            if uses.truth() is not False:
                key = subnet.root if table is None else table.key
                found.setdefault(key, []).append((subnet, uses))
    return found


def _independence(graph: Graph, gateway: Resource, users: _Users) -> list[Requirement]:
    """A gateway serves its own zone; a regional one is in all of them."""
    shared: Value = known(False)
    zones: list[Value] = []
    for table, leads in _tables_through(graph, gateway):
        for subnet, uses in (*users.get(table.key, ()), *users.get(gateway.root, ())):
            leaves = leads & uses & exists_with(subnet, gateway)
            if leaves.truth():
                zones.append(resource_zone(subnet))
            else:
                shared = shared | leaves
    regional = is_any_of(gateway.get("availability_mode", "zonal"), "regional")
    problem = "private subnets in several zones leave through it"
    place = gateway["for_each" if is_absent(gateway["count"]).truth() else "count"]
    return [Requirement(regional | ~(spread(zones) | shared), problem, place)]


_GATEWAY_ARGUMENTS = ("nat_gateway_id", "gateway_id")
"""AWS takes a NAT gateway by the second one as well."""


def _tables_through(graph: Graph, gateway: Resource) -> Iterator[tuple[Resource, Value]]:
    """The route tables with routes to a gateway, and three-valued whether they lead there."""
    for named in _GATEWAY_ARGUMENTS:
        for type_ in TABLES:
            for table in graph.referring(gateway, type_, "route"):
                for block in table["route"]:
                    if gateway in graph.referenced(block[named], gateway.type):
                        yield table, names_one(graph, block[named], gateway)
        for route in graph.referring(gateway, "aws_route", named):
            leads = names_one(graph, route[named], gateway) & exists_with(route, gateway)
            for table in graph.referenced(route["route_table_id"], *TABLES, "aws_vpc"):
                yield table, leads & names_one(graph, route["route_table_id"], table)
