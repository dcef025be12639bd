"""AWS's scalable targets: autoscaling groups and what Application Auto Scaling moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.aws.load_balancing import group_is_balanced
from cloudlint.concepts.base import exists_with, holds_any, is_any_of
from cloudlint.concepts.scaling import Metric, ScalingPolicy, ScalingTarget
from cloudlint.graph import Graph, Resource
from cloudlint.values import (
    Origin,
    Template,
    Undecided,
    Value,
    known,
    template,
)

UTILISATION = (
    "ASGAverageCPUUtilization",
    "ASGCPUUtilization",
    "ASGTotalCPUUtilization",
    "CPUReservation",
    "CPUUtilization",
    "ECSServiceAverageCPUUtilization",
    "ECSServiceAverageMemoryUtilization",
    "MemoryReservation",
    "MemoryUtilization",
    "NeptuneReaderAverageCPUUtilization",
    "RDSReaderAverageCPUUtilization",
    "cpu_usage_active",
    "cpu_usage_user",
    "mem_used_percent",
)
"""Metrics of CPU and memory: predefined ones, CloudWatch's names, the CloudWatch agent's.
Source: Application Auto Scaling and EC2 Auto Scaling API references, 2026-11."""

_NAMESPACES = {
    "ecs": "ECS service",
    "rds": "database cluster",
    "neptune": "database cluster",
}


def scaling_targets(graph: Graph) -> Iterator[ScalingTarget]:
    """Autoscaling groups, and the targets of the namespaces in which copies do work."""
    for group in graph.of("aws_autoscaling_group"):
        yield ScalingTarget(
            group,
            "autoscaling group",
            partial(_policies, graph, group, _GROUP_POLICIES),
            partial(_group_is_waited_for, graph, group),
        )
    for target in graph.of("aws_appautoscaling_target"):
        namespace = target["service_namespace"]
        kind = _NAMESPACES.get(str(namespace.known_or("ecs")))
        if kind is not None:
            yield ScalingTarget(
                target,
                kind,
                partial(_policies, graph, target, _TARGET_POLICIES),
                partial(_target_is_waited_for, graph, target),
            )


# -- policies ----------------------------------------------------------------------------------

_GROUP_POLICIES = ("aws_autoscaling_policy", "autoscaling_group_name", "name")
_TARGET_POLICIES = ("aws_appautoscaling_policy", "resource_id", "resource_id")


def _policies(graph: Graph, target: Resource, join: tuple[str, str, str]) -> list[ScalingPolicy]:
    """The policies that name the target, by reference or by the same text."""
    type_, argument, own = join
    found = graph.referring(target, type_, argument)
    found = found + graph.naming(target, target[own], type_, argument)
    policies = [
        ScalingPolicy(policy, _metrics(graph, policy), exists_with(policy, target))
        for policy in found
    ]
    for policy in graph.adrift(target, type_, argument):
        if not any(policy is other.resource for other in policies):
            raise policy[argument].undecided()
    return policies


def _metrics(graph: Graph, policy: Resource) -> list[Metric]:
    tracked = policy["target_tracking_configuration"]
    tracked = tracked if len(tracked) else policy["target_tracking_scaling_policy_configuration"]
    if len(tracked):
        return list(_tracked(tracked[0]))
    predicted = policy["predictive_scaling_configuration"]
    if len(predicted):
        return list(_predicted(predicted[0]))
    return [
        _if_itexists_with(metric, alarm, policy)
        for alarm in _alarms(graph, policy)
        for metric in _watched(alarm.body)
    ]


def _alarms(graph: Graph, policy: Resource) -> list[Resource]:
    """The alarms that set off a policy, themselves or as part of a composite alarm."""
    found: dict[str, Resource] = {}
    for action in ("alarm_actions", "ok_actions", "insufficient_data_actions"):
        for alarm in graph.referring(policy, _ALARM, action):
            found.setdefault(alarm.key, alarm)
        for composite in graph.referring(policy, "aws_cloudwatch_composite_alarm", action):
            for alarm in graph.referenced(composite["alarm_rule"], _ALARM):
                found.setdefault(alarm.key, alarm)
    return list(found.values())


_ALARM = "aws_cloudwatch_metric_alarm"


def _if_itexists_with(metric: Metric, alarm: Resource, policy: Resource) -> Metric:
    """A metric of an alarm that may not exist is a signal only where it does."""
    exists = exists_with(alarm, policy)
    return Metric(metric.name, metric.is_utilisation | ~exists)


def _tracked(configuration: Value) -> Iterator[Metric]:
    for specification in configuration["predefined_metric_specification"]:
        yield _metric(specification["predefined_metric_type"])
    for specification in configuration["customized_metric_specification"]:
        queries = specification["metrics"]
        if len(queries):
            yield from _queried(queries, ("metric_stat", "metric"))
        else:
            yield _metric(specification["metric_name"])


_PREDICTED = (
    "predefined_metric_pair_specification",
    "predefined_scaling_metric_specification",
    "predefined_load_metric_specification",
)


def _predicted(configuration: Value) -> Iterator[Metric]:
    for specification in configuration["metric_specification"]:
        for name in _PREDICTED:
            for metric in specification[name]:
                yield _metric(metric["predefined_metric_type"])
        for name in ("customized_scaling_metric_specification",):
            for metric in specification[name]:
                yield from _queried(metric["metric_data_queries"], ("metric_stat", "metric"))


def _watched(alarm: Value) -> Iterator[Metric]:
    """What an alarm watches."""
    queries = alarm["metric_query"]
    if len(queries):
        yield from _queried(queries, ("metric",))
    else:
        yield _metric(alarm["metric_name"])


def _queried(queries: Value, path: tuple[str, ...]) -> Iterator[Metric]:
    """The metrics of a metric math expression: each named one counts."""
    for query in queries:
        found = query
        for name in path:
            found = found[name][0]
        if not found["metric_name"].is_null:
            yield _metric(found["metric_name"])
        elif not query["expression"].is_null:
            yield from _selected(query["expression"])


_SELECT = re.compile(r"\s*SELECT\s+\w+\(\s*\"?([\w.-]+)\"?\s*\)", re.IGNORECASE)


def _selected(expression: Value) -> Iterator[Metric]:
    """The metric that a Metrics Insights query selects; other expressions combine metrics that
    are named beside them."""
    match = _SELECT.match(str(expression.known_or("")))
    if match:
        yield _metric(known(match[1], expression.span).used_at(expression.place))


def _metric(name: Value) -> Metric:
    return Metric(name, is_any_of(name, *UTILISATION))


# -- who waits for it --------------------------------------------------------------------------


def _group_is_waited_for(graph: Graph, group: Resource) -> bool:
    return bool(group_is_balanced(graph, group) | _group_reads_queue(graph, group))


def _group_reads_queue(graph: Graph, group: Resource) -> Value:
    """Whether what its machines start with names a queue."""
    templates = [group["launch_configuration"], group["launch_template"]]
    templates.append(group["mixed_instances_policy"])
    return known(
        any(
            graph.referenced(template["user_data"], "aws_sqs_queue")
            for value in templates
            for template in _referenced_within(graph, value)
        )
    )


def _referenced_within(graph: Graph, value: Value) -> list[Resource]:
    return graph.referenced(value, "aws_launch_template", "aws_launch_configuration")


def _target_is_waited_for(graph: Graph, target: Resource) -> bool:
    namespace = target.get("service_namespace", "")
    if is_any_of(namespace, "rds", "neptune"):
        return True
    services = services_of(graph, target)
    if not services:
        reason = "names a service that is not in the configuration"
        raise Undecided(Origin(target.address, reason, target.span), target["resource_id"])
    answer: Value = known(False)
    for service in services:
        answer = answer | holds_any(service["load_balancer"]) | _reads_queue(graph, service)
    return bool(answer)


def _reads_queue(graph: Graph, service: Resource) -> Value:
    tasks = graph.referenced(service["task_definition"], "aws_ecs_task_definition")
    reads = any(graph.referenced(task["container_definitions"], "aws_sqs_queue") for task in tasks)
    return known(reads)


def services_of(graph: Graph, target: Resource) -> list[Resource]:
    """The ECS service that a scalable target names: by reference, or as
    `service/CLUSTER/SERVICE`."""
    resource_id = target["resource_id"]
    found = graph.referenced(resource_id, "aws_ecs_service")
    if found:
        return found
    name = _after_last_slash(resource_id)
    return [] if name is None else graph.naming(target, name, "aws_ecs_service", "name")


def _after_last_slash(text: Value) -> Value | None:
    """The rest of a text, also where it is not wholly known; None where it has no slash."""
    parts: list[str | Value] = list(text.parts) if isinstance(text, Template) else [text]
    rest: list[str | Value] = []
    for part in reversed(parts):
        known_part = part.known_or("") if isinstance(part, Value) else part
        if isinstance(known_part, str) and "/" in known_part:
            return template([known_part.rpartition("/")[2], *rest], text.span)
        rest.insert(0, part)
    return None
