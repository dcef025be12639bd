"""Where the routes of AWS's subnets lead: subnet → association → route table → route → gateway.

What is asked about a route table is found out once, however many subnets share it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from cloudlint.concepts.base import any_of, doubtful, exists_with, is_absent, is_any_of
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Origin, Undecided, Value, applied, known
from cloudlint.values.symbols import Attribute
from cloudlint.values.types import BOOL

Reach = Literal["public", "private", "isolated"]
SUBNETS = ("aws_subnet", "aws_default_subnet")
TABLES = ("aws_route_table", "aws_default_route_table")
_INTERNET = ("aws_internet_gateway", "data.aws_internet_gateway")
_NETWORKS = ("aws_vpc", "aws_default_vpc")
_DEFAULT_TABLE = "default_route_table_id"
_MAIN_TABLE = "main_route_table_id"
_EVERYWHERE = ("0.0.0.0/0", "::/0")
_DESTINATIONS = (
    "cidr_block",
    "destination_cidr_block",
    "ipv6_cidr_block",
    "destination_ipv6_cidr_block",
)


@dataclass(frozen=True, slots=True)
class Route:
    """A route: `body` is an object with its arguments; `exists` is three-valued."""

    body: Value
    exists: Value

    def is_public(self, graph: Graph) -> Value:
        """Three-valued: whether it leads to an internet gateway."""
        gateway = self.body["gateway_id"]
        if graph.referenced(gateway, *_INTERNET):
            return self.exists
        if graph.referenced(gateway) or _is_empty(gateway).truth():
            return known(False)
        if isinstance(gateway, Known):
            return self.exists & known(gateway.startswith("igw-"))
        return self.exists & applied("internet", gateway, type_=BOOL)

    def is_way_out(self) -> Value:
        """Three-valued: whether it leads everywhere, by whatever it leads."""
        named = (is_any_of(self.body[name], *_EVERYWHERE) for name in _DESTINATIONS)
        return self.exists & any_of(named)


def _is_empty(value: Value) -> Value:
    """Three-valued: whether an argument is absent; in lists of objects it may be an empty text,
    which what a provider computes never is."""
    absent = is_absent(value)
    return absent | is_any_of(value, "") if isinstance(value, Known) else absent


class Routing:
    """The routes of a graph's subnets."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._reaches: dict[str, Reach | Undecided] = {}

    def reach(self, subnet: Resource) -> Reach:
        """How far a subnet's routes lead; raises `Undecided`."""
        found = {self._reach_of(table) for table in self.tables(subnet)}
        if len(found) > 1:
            raise Undecided(Origin(subnet.address, "has several route tables", subnet.span))
        return next(iter(found), "isolated")

    def tables(self, subnet: Resource) -> list[Resource]:
        """The route tables that a subnet uses: those associated with it, or the main table of
        its network. A network without a table of its own stands for its main table. Raises
        `Undecided`."""
        graph, type_ = self._graph, "aws_route_table_association"
        associations = graph.referring(subnet, type_, "subnet_id")
        if not associations:
            for association in graph.adrift(subnet, type_, "subnet_id"):
                raise association["subnet_id"].undecided()
            return self._main_tables(subnet)
        return [self._associated(association, subnet) for association in associations]

    def possible_tables(self, subnet: Resource) -> Iterator[tuple[Resource | None, Value]]:
        """The route tables that a subnet may use, and three-valued whether it does; None for one
        that may be any."""
        graph, type_ = self._graph, "aws_route_table_association"
        associations = graph.referring(subnet, type_, "subnet_id")
        for association in associations:
            exists = exists_with(association, subnet)
            is_it = exists & names_one(graph, association["subnet_id"], subnet)
            yield from self._tables_named(association, is_it)
        adrift = graph.adrift(subnet, type_, "subnet_id")
        if len(adrift) == 1:
            yield from self._tables_named(adrift[0], _doubt(adrift[0]["subnet_id"]))
        elif adrift:
            yield None, _doubt(adrift[0]["subnet_id"])
        if not associations:
            try:
                for table in self._main_tables(subnet):
                    yield table, known(True)
            except Undecided as undecided:
                yield None, doubtful(undecided).met

    def _tables_named(
        self, association: Resource, is_it: Value
    ) -> Iterator[tuple[Resource | None, Value]]:
        named = association["route_table_id"]
        found = self._graph.referenced(named, *TABLES)
        for table in found:
            yield table, is_it & names_one(self._graph, named, table)
        if not found:
            found = self._tables_of_network(named)
            yield from ((table, is_it) for table in found)
        if not found and not isinstance(named, Known):
            yield None, is_it & _doubt(named)

    def _associated(self, association: Resource, subnet: Resource) -> Resource:
        if not bool(exists_with(association, subnet)):
            raise association["subnet_id"].undecided()
        self._one(association["subnet_id"], *SUBNETS)
        named = association["route_table_id"]
        return next(iter(self._tables_of_network(named)), None) or self._one(named, *TABLES)

    def _tables_of_network(self, named: Value) -> list[Resource]:
        """The table that a network names as its main or its default one, where that is known."""
        attribute = named.symbol
        networks = self._graph.referenced(named, *_NETWORKS)
        if not isinstance(attribute, Attribute) or len(networks) != 1 or networks[0].open:
            return []
        if attribute.name == _DEFAULT_TABLE:
            return self._default_tables(networks[0])
        try:
            return self._main_tables_of(networks[0]) if attribute.name == _MAIN_TABLE else []
        except Undecided:
            return []

    def _one(self, value: Value, *types: str) -> Resource:
        found = self._graph.referenced(value, *types)
        if len(found) == 1:
            return found[0]
        if isinstance(value, Known):
            raise Undecided(Origin(str(value), "is not in the configuration", value.place), value)
        raise value.undecided()

    def _main_tables(self, subnet: Resource) -> list[Resource]:
        return self._main_tables_of(self._one(subnet["vpc_id"], *_NETWORKS))

    def _main_tables_of(self, network: Resource) -> list[Resource]:
        type_ = "aws_main_route_table_association"
        for choice in self._graph.referring(network, type_, "vpc_id"):
            return [self._one(choice["route_table_id"], *TABLES)]
        return self._default_tables(network)

    def _default_tables(self, network: Resource) -> list[Resource]:
        type_ = "aws_default_route_table"
        return self._graph.referring(network, type_, _DEFAULT_TABLE)[:1] or [network]

    def _reach_of(self, table: Resource) -> Reach:
        if table.key not in self._reaches:
            try:
                self._reaches[table.key] = self._find_reach(table)
            except Undecided as undecided:
                self._reaches[table.key] = undecided
        reach = self._reaches[table.key]
        if isinstance(reach, Undecided):
            raise reach
        return reach

    def _find_reach(self, table: Resource) -> Reach:
        routes = list(self.routes(table))
        if self._any(routes, lambda route: route.is_public(self._graph)):
            return "public"
        return "private" if self._any(routes, Route.is_way_out) else "isolated"

    def _any(self, routes: list[Route], ask: Callable[[Route], Value]) -> bool:
        return bool(any_of(map(ask, routes)))

    def routes(self, table: Resource) -> Iterator[Route]:
        """The routes of a table, those of unknown tables among them; raises `Undecided`."""
        for block in table["route"]:
            yield Route(block, known(True))
        argument = "route_table_id"
        for route in self._graph.referring(table, "aws_route", argument):
            named = self._graph.referenced(route[argument], *TABLES, "aws_vpc")
            certain = known(True) if len(named) == 1 else _doubt(route[argument])
            yield Route(route.body, exists_with(route, table) & certain)
        for route in self._graph.adrift(table, "aws_route", argument)[:1]:
            yield Route(route.body, _doubt(route[argument]))


def names_one(graph: Graph, value: Value, resource: Resource) -> Value:
    """Three-valued: whether a value that refers to a resource names it, and no other."""
    if len(graph.referenced(value, resource.type)) == 1 and not resource.open:
        return known(True)
    return _doubt(value)


def _doubt(value: Value) -> Value:
    return applied("any", value, type_=BOOL)
