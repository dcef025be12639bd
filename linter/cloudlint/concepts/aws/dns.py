"""Route 53's records with a routing policy: the blocks of the AWS provider, v5 and v6."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.base import Requirement, Unknowable, is_absent, is_any_of
from cloudlint.concepts.dns import DnsRecord
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Undecided, Value

_ROUTING = ("failover", "latency", "weighted", "geolocation", "geoproximity", "cidr")


def records(graph: Graph) -> Iterator[DnsRecord | Unknowable]:
    """Every record that is one of several answers for its name."""
    for record in graph.of("aws_route53_record"):
        try:
            routing = _routing(record)
        except Undecided as undecided:
            yield Unknowable(record, undecided)
        else:
            if routing:
                yield DnsRecord(record, routing, partial(_health, record, routing))


def _routing(record: Resource) -> str:
    """What picks the record; empty where it is the only answer. Raises `Undecided`."""
    for routing in _ROUTING:
        if len(record[f"{routing}_routing_policy"]):
            return routing
    several = record.get("multivalue_answer_routing_policy", False)
    return "multivalue" if several else ""


def _health(record: Resource, routing: str) -> list[Requirement]:
    met = ~is_absent(record["health_check_id"])
    at, problem = record["health_check_id"], "it has no `health_check_id`"
    for alias in record["alias"]:
        at = alias["evaluate_target_health"]
        problem = "`evaluate_target_health` of its alias is false, and it has no `health_check_id`"
        met = met | given(alias, "evaluate_target_health", False)
    if routing == "failover":
        met = met | _is_last_resort(record)
    return [Requirement(met, problem, at)]


def _is_last_resort(record: Resource) -> Value:
    """Three-valued: whether a record is answered with when all others fail."""
    return is_any_of(record["failover_routing_policy"][0]["type"], "SECONDARY")
