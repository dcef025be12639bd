"""AWS's scalable targets: autoscaling groups and what Application Auto Scaling moves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.base import is_any_of
from cloudlint.concepts.scaling import Metric, ScalingPolicy, ScalingTarget
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Origin, Undecided, Value, known

UTILISATION = (
    "ASGAverageCPUUtilization",
    "ASGCPUUtilization",
    "ASGTotalCPUUtilization",
    "CPUReservation",
    "CPUUtilization",
    "EC2SpotFleetRequestAverageCPUUtilization",
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
    "ec2": "spot fleet",
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
        ScalingPolicy(policy, _metrics(graph, policy), _exists(policy, target)) for policy in found
    ]
    for policy in graph.adrift(target, type_, argument):
        if not any(policy is other.resource for other in policies):
            raise policy[argument].undecided()
    return policies


def _exists(policy: Resource, target: Resource) -> Value:
    shared = {condition.key for condition in target.conditions}
    verdict: Value = known(True)
    for condition in policy.conditions:
        if condition.key not in shared:
            verdict = verdict & condition
    if policy.open and not target.open:
        verdict = verdict & _multiplicity(policy)
    return verdict


def _multiplicity(resource: Resource) -> Value:
    """What the number of its instances depends on: an unknown, standing for "at least one"."""
    each = resource["for_each"]
    return resource["count"] if isinstance(each, Known) else each


def _metrics(graph: Graph, policy: Resource) -> list[Metric]:
    tracked = policy["target_tracking_configuration"]
    tracked = tracked if len(tracked) else policy["target_tracking_scaling_policy_configuration"]
    if len(tracked):
        return list(_tracked(tracked[0]))
    predicted = policy["predictive_scaling_configuration"]
    if len(predicted):
        return list(_predicted(predicted[0]))
    alarms = graph.referring(policy, "aws_cloudwatch_metric_alarm", "alarm_actions")
    alarms = alarms + graph.referring(policy, "aws_cloudwatch_metric_alarm", "ok_actions")
    return [metric for alarm in alarms for metric in _watched(alarm.body)]


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


def _metric(name: Value) -> Metric:
    return Metric(name, is_any_of(name, *UTILISATION))


# -- who waits for it --------------------------------------------------------------------------


def _group_is_waited_for(graph: Graph, group: Resource) -> bool:
    attached = (
        graph.referring(group, "aws_autoscaling_attachment", "autoscaling_group_name")
        or graph.referring(group, "aws_autoscaling_traffic_source_attachment",
                           "autoscaling_group_name")
    )  # fmt: skip
    if attached:
        return True
    own = ("target_group_arns", "load_balancers", "traffic_source")
    return any(_some(group[name]) for name in own)


def _some(value: Value) -> bool:
    """Whether a list holds anything; what an unknown one holds is not known."""
    return len(value) > 0


def _target_is_waited_for(graph: Graph, target: Resource) -> bool:
    namespace = target.get("service_namespace", "").string()
    if namespace != "ecs":
        return True
    services = ecs_services_of(graph, target)
    if not services:
        reason = "names a service that is not in the configuration"
        raise Undecided(Origin(target.address, reason, target.span), target["resource_id"])
    return any(
        _some(service["load_balancer"]) or _reads_queue(graph, service) for service in services
    )


def _reads_queue(graph: Graph, service: Resource) -> bool:
    tasks = graph.referenced(service["task_definition"], "aws_ecs_task_definition")
    return any(graph.referenced(task["container_definitions"], "aws_sqs_queue") for task in tasks)


def ecs_services_of(graph: Graph, target: Resource) -> list[Resource]:
    """The ECS service that a scalable target names: by reference, or as
    `service/CLUSTER/SERVICE`."""
    name = target["resource_id"]
    found = graph.referenced(name, "aws_ecs_service")
    if found or not isinstance(name, Known):
        return found
    wanted = known(name.string().rpartition("/")[2])
    return graph.naming(target, wanted, "aws_ecs_service", "name")
