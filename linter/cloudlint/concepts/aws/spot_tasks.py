"""What ECS runs on FARGATE_SPOT.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from cloudlint.concepts.aws.interruptions import TASKS, Interruptions
from cloudlint.concepts.base import (
    Requirement,
    any_of,
    at_least,
    doubtful,
    entries,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
)
from cloudlint.concepts.placed_containers import Placed, Unplaced, containers_in
from cloudlint.concepts.spot import SpotCapacity
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Known, Value, applied, known, unknown
from cloudlint.values.symbols import Choice
from cloudlint.values.types import BOOL

_SERVICE, _CLUSTER = "aws_ecs_service", "aws_ecs_cluster"
_TASK = "aws_ecs_task_definition"
_PROVIDERS = "aws_ecs_cluster_capacity_providers"
_STRATEGY = "capacity_provider_strategy"
_DEFAULT = f"default_{_STRATEGY}"
_SPOT = "FARGATE_SPOT"
NOTICE = 30
"""Seconds that a container has to stop in by default. Source: ECS Developer Guide, task definition
parameters, 2026-11."""


def spot_tasks(graph: Graph, answers: Interruptions) -> Iterator[SpotCapacity]:
    """Every ECS service, and what a cluster gives to those that say nothing."""

    @cache
    def defaults() -> _Defaults:
        return _Defaults(graph)

    @cache
    def containers() -> _Containers:
        return _containers_by_task(graph)

    for service in graph.of(_SERVICE):
        readiness = partial(_service, graph, answers, service, defaults, containers)
        yield SpotCapacity(service, "ECS service", readiness)
    for providers in graph.of(_PROVIDERS):
        readiness = partial(_cluster, graph, answers, providers, defaults)
        yield SpotCapacity(providers, "default of an ECS cluster", readiness)


_Containers = dict[str, list[Placed | Unplaced]]


def _containers_by_task(graph: Graph) -> _Containers:
    found: _Containers = {}
    for container in containers_in(graph, _TASK):
        found.setdefault(container.resource.key, []).append(container)
    return found


class _Defaults:
    """Which services are in the clusters whose capacity providers the configuration sets."""

    def __init__(self, graph: Graph) -> None:
        self.services: dict[str, list[Resource]] = {}
        self.providers: dict[str, list[Resource]] = {}
        for providers in graph.of(_PROVIDERS):
            for service in _of_cluster(graph, providers):
                self.services.setdefault(providers.key, []).append(service)
                self.providers.setdefault(service.key, []).append(providers)

    def strategy(self, graph: Graph, service: Resource) -> Value:
        """The strategy that the cluster of a service has by default, known or not."""
        found = self.providers.get(service.key, [])
        if len(found) == 1 and exists_with(found[0], service).truth():
            return found[0][_DEFAULT]
        adrift = graph.adrift(service, _PROVIDERS, "cluster_name")
        if not found and not adrift and _clusters(graph, service, service["cluster"]):
            return known([])
        name, reason = f"the cluster of {service}", "has capacity providers that are not known"
        return unknown(name, reason, service.span, scope=service.root)


def _of_cluster(graph: Graph, providers: Resource) -> list[Resource]:
    name, argument = providers["cluster_name"], "cluster"
    found = graph.naming(providers, name, _SERVICE, argument)
    for cluster in _clusters(graph, providers, name):
        found = found + graph.referring(cluster, _SERVICE, argument)
        found = found + graph.naming(cluster, cluster["name"], _SERVICE, argument)
    return list({service.key: service for service in found}.values())


def _clusters(graph: Graph, resource: Resource, name: Value) -> list[Resource]:
    return graph.referenced(name, _CLUSTER) or graph.naming(resource, name, _CLUSTER, "name")


# -- strategies ----------------------------------------------------------------------------------


def _service(
    graph: Graph,
    answers: Interruptions,
    service: Resource,
    defaults: Callable[[], _Defaults],
    containers: Callable[[], _Containers],
) -> list[Requirement]:
    """What the cluster's own strategy does is asked of the cluster."""
    own, tasks = service[_STRATEGY], _tasks(graph, service)
    requirements = [_mixed(graph, answers, service, own)]
    on_spot, inherits = _uses(graph, own), _inherits(service, tasks)
    if inherits.truth() is not False:
        strategy = defaults().strategy(graph, service)
        on_spot = on_spot | (inherits & _uses(graph, strategy))
        if not isinstance(strategy, Known):
            alone = applied("alone", strategy, type_=BOOL)
            requirements.append(Requirement(~inherits | ~alone, _ALONE, service["cluster"]))
    return requirements + _stops(service, tasks, on_spot, containers)


def _cluster(
    graph: Graph, answers: Interruptions, providers: Resource, defaults: Callable[[], _Defaults]
) -> list[Requirement]:
    mixed = _mixed(graph, answers, providers, providers[_DEFAULT])
    if mixed.met.truth() is True:
        return [mixed]
    services = defaults().services.get(providers.key, [])
    taken: Value = known(False)
    for service in services:
        inherits = _inherits(service, _tasks(graph, service))
        taken = taken | (inherits & exists_with(service, providers))
    for service in graph.adrift(providers, _SERVICE, "cluster")[:1]:
        taken = taken | applied("any", service["cluster"], type_=BOOL)
    if not services:
        reason = "is not in the configuration"
        taken = taken | unknown(f"what takes the {_DEFAULT} of {providers}", reason, providers.span)
    return [Requirement(mixed.met | ~taken, mixed.problem, mixed.at)]


_ALONE = f"its tasks run on {_SPOT} alone"


def _mixed(
    graph: Graph, answers: Interruptions, resource: Resource, strategy: Value
) -> Requirement:
    met = ~_is_alone(graph, strategy)
    if met.truth() is not True:
        met = met | answers.are_watched(resource, TASKS)
    return Requirement(met, _ALONE, strategy[0]["capacity_provider"])


def _inherits(service: Resource, tasks: list[Resource]) -> Value:
    """Three-valued: whether a service leaves it to its cluster where its tasks run."""
    fits: Value = known(not tasks)
    for task in tasks:
        fits = fits | _fits_fargate(task)
    return ~holds_any(service[_STRATEGY]) & is_absent(service["launch_type"]) & fits


def _fits_fargate(task: Resource) -> Value:
    compatible = task["requires_compatibilities"]
    fits = ~holds_any(compatible)
    for one in entries(compatible):
        fits = fits | is_any_of(one, "FARGATE")
    return fits


def _is_alone(graph: Graph, strategy: Value) -> Value:
    """Three-valued: whether nothing but spot capacity is taken."""
    elsewhere = any_of(~_is_spot(graph, item) & _takes(item) for item in entries(strategy))
    return _uses(graph, strategy) & ~elsewhere


def _uses(graph: Graph, strategy: Value) -> Value:
    """Three-valued: whether spot capacity is taken. A provider alone needs no weight."""
    items = entries(strategy)
    alone = known(isinstance(strategy, Known) and len(items) == 1)
    return any_of(_is_spot(graph, item) & (alone | _takes(item)) for item in items)


def _is_spot(graph: Graph, item: Value) -> Value:
    """Three-valued. Providers that are made here are never called like those of Fargate."""
    name = item["capacity_provider"]
    if graph.referenced(name, "aws_ecs_capacity_provider") and not isinstance(name.symbol, Choice):
        return known(False)
    return is_any_of(name, _SPOT)


def _takes(item: Value) -> Value:
    return at_least(given(item, "weight", 0), 1) | at_least(given(item, "base", 0), 1)


# -- how long containers have to stop ------------------------------------------------------------


def _tasks(graph: Graph, service: Resource) -> list[Resource]:
    named = service["task_definition"]
    return graph.referenced(named, _TASK) or graph.naming(service, named, _TASK, "family")


def _stops(
    service: Resource,
    tasks: list[Resource],
    on_spot: Value,
    containers: Callable[[], _Containers],
) -> list[Requirement]:
    if on_spot.truth() is False:
        return []
    if not tasks:
        named, reason = service["task_definition"], "is not in the configuration"
        doubt = unknown(f"the task definition of {service}", reason, named.place)
        return [Requirement(~on_spot | doubt, "", named)]
    found = [container for task in tasks for container in containers().get(task.key, [])]
    return [_stop(container, on_spot) for container in found]


def _stop(container: Placed | Unplaced, on_spot: Value) -> Requirement:
    """The task does not depend on containers that are not essential."""
    if isinstance(container, Unplaced):
        doubt = doubtful(container.reason)
        return Requirement(~on_spot | doubt.met, doubt.problem, doubt.at)
    body = container.body
    seconds = given(body, "stopTimeout", NOTICE)
    met = ~on_spot | at_least(seconds, NOTICE) | ~given(body, "essential", True)
    problem = (
        f"it runs on {_SPOT}, and its container {body['name']} has {seconds} seconds "
        f"(`stopTimeout`) to stop in, less than the default of {NOTICE}"
    )
    return Requirement(met, problem, seconds)
