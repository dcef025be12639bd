"""AWS's rollouts: ECS services, CodeDeploy, instance refreshes and Beanstalk environments.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.aws import beanstalk
from cloudlint.concepts.aws.load_balancing import group_is_balanced
from cloudlint.concepts.base import Requirement, at_least, holds_any, is_any_of
from cloudlint.concepts.rollouts import Rollout
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Value

_ALL_AT_ONCE = (
    "CodeDeployDefault.AllAtOnce",
    "CodeDeployDefault.ECSAllAtOnce",
    "CodeDeployDefault.LambdaAllAtOnce",
)
"""Deployment configurations of CodeDeploy that leave nothing of the old release.
Source: CodeDeploy User Guide, predefined deployment configurations, 2026-11."""


def rollouts(graph: Graph) -> Iterator[Rollout]:
    """Every rollout of the graph."""
    for service in graph.of("aws_ecs_service"):
        yield Rollout(
            service,
            "ECS service",
            rollback=partial(_service_rollback, service),
            health=partial(_service_health, service),
        )
    for group in graph.of("aws_codedeploy_deployment_group"):
        yield Rollout(
            group,
            "CodeDeploy group",
            rollback=partial(_codedeploy_rollback, group),
            health=partial(_codedeploy_health, group),
        )
    for configuration in graph.of("aws_codedeploy_deployment_config"):
        health = partial(_configured_health, configuration)
        yield Rollout(configuration, "CodeDeploy configuration", health=health)
    for group in graph.of("aws_autoscaling_group"):
        yield Rollout(
            group,
            "instance refresh",
            rollback=partial(_refresh_rollback, group),
            health=partial(_refresh_health, graph, group),
        )
    for environment in graph.of("aws_elastic_beanstalk_environment"):
        health = partial(beanstalk.deployment_health, environment)
        yield Rollout(environment, "Beanstalk environment", health=health)


# -- ECS services ------------------------------------------------------------------------------


def _is_rolled_by_ecs(service: Resource) -> Value:
    """Three-valued: whether ECS itself replaces the tasks; else CodeDeploy or somebody does."""
    return is_any_of(given(service["deployment_controller"][0], "type", "ECS"), "ECS")


def _service_rollback(service: Resource) -> list[Requirement]:
    elsewhere = ~_is_rolled_by_ecs(service)
    by_alarms = _rolls_back(service["alarms"]) & holds_any(service["alarms"][0]["alarm_names"])
    blocks = service["deployment_circuit_breaker"]
    met = elsewhere | by_alarms | _rolls_back(blocks)
    if holds_any(blocks).truth() is False:
        return [Requirement(met, "it has no `deployment_circuit_breaker`", blocks)]
    for name in ("enable", "rollback"):
        flag = given(blocks[0], name, False)
        if flag.truth() is False:
            return [Requirement(met, f"`{name}` of its circuit breaker is false", flag)]
    return [Requirement(met, "its circuit breaker is off", blocks)]


def _rolls_back(blocks: Value) -> Value:
    """Three-valued: whether a block watches deployments and takes failed ones back."""
    return given(blocks[0], "enable", False) & given(blocks[0], "rollback", False)


def _service_health(service: Resource) -> list[Requirement]:
    """Services behind no load balancer are nobody's to wait for; daemons have one task a host."""
    percent = service.get("deployment_minimum_healthy_percent", 100)
    exempt = ~holds_any(service["load_balancer"]) | ~_is_rolled_by_ecs(service)
    exempt = exempt | is_any_of(service.get("scheduling_strategy", "REPLICA"), "DAEMON")
    problem = "`deployment_minimum_healthy_percent` is 0"
    return [Requirement(exempt | at_least(percent, 1), problem, percent)]


# -- CodeDeploy --------------------------------------------------------------------------------


def _codedeploy_rollback(group: Resource) -> list[Requirement]:
    blocks = group["auto_rollback_configuration"]
    if holds_any(blocks).truth() is False:
        return [Requirement(holds_any(blocks), "it has no `auto_rollback_configuration`", blocks)]
    enabled = given(blocks[0], "enabled", False)
    return [Requirement(enabled, "its `auto_rollback_configuration` is not `enabled`", enabled)]


def _codedeploy_health(group: Resource) -> list[Requirement]:
    name = group.get("deployment_config_name", "CodeDeployDefault.OneAtATime")
    all_at_once = is_any_of(name, *_ALL_AT_ONCE)
    alarms = group["alarm_configuration"]
    watched = given(alarms[0], "enabled", False) & holds_any(alarms[0]["alarms"])
    alone = ~holds_any(group["load_balancer_info"])
    return [
        Requirement(~all_at_once, f"`deployment_config_name` is {name}", name),
        Requirement(alone | watched, "no alarm of an `alarm_configuration` stops it", alarms),
    ]


def _configured_health(configuration: Resource) -> list[Requirement]:
    """A configuration leaves no host, or no task or function of the old release."""
    hosts = configuration["minimum_healthy_hosts"]
    least = given(hosts[0], "value", 0)
    routing = configuration["traffic_routing_config"]
    kind = given(routing[0], "type", "AllAtOnce")
    all_at_once = holds_any(routing) & is_any_of(kind, "AllAtOnce")
    return [
        Requirement(~holds_any(hosts) | at_least(least, 1), "`value` of its hosts is 0", least),
        Requirement(~all_at_once, f"`type` of its routing is {kind}", kind),
    ]


# -- autoscaling groups ------------------------------------------------------------------------


def _refresh_rollback(group: Resource) -> list[Requirement]:
    refresh = group["instance_refresh"]
    back = given(refresh[0]["preferences"][0], "auto_rollback", False)
    place = refresh if holds_any(refresh[0]["preferences"]).truth() is False else back
    met = ~holds_any(refresh) | back
    return [Requirement(met, "`auto_rollback` of its `instance_refresh` is off", place)]


def _refresh_health(graph: Graph, group: Resource) -> list[Requirement]:
    refresh = group["instance_refresh"]
    if holds_any(refresh).truth() is False:
        return []
    percent = given(refresh[0]["preferences"][0], "min_healthy_percentage", 90)
    met = ~holds_any(refresh) | at_least(percent, 1) | ~group_is_balanced(graph, group)
    return [Requirement(met, "`min_healthy_percentage` is 0", percent)]
