"""AWS's scalable targets: autoscaling groups and what Application Auto Scaling moves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from cloudlint.concepts.aws import scaling_metrics
from cloudlint.concepts.aws.load_balancing import group_is_balanced
from cloudlint.concepts.base import (
    Requirement,
    Unknowable,
    any_of,
    at_least,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
    may_have_more,
)
from cloudlint.concepts.scaling import (
    Bounds,
    Metric,
    PredefinedMetric,
    ScalingPolicy,
    ScalingTarget,
)
from cloudlint.graph import Graph, Join, Resource, given
from cloudlint.values import (
    Known,
    Origin,
    Template,
    Undecided,
    Value,
    applied,
    known,
    same,
    template,
)
from cloudlint.values.types import BOOL

_NAMESPACES = {
    "ecs": "ECS service",
    "rds": "database cluster",
    "neptune": "database cluster",
}


def scaling_targets(graph: Graph) -> Iterator[ScalingTarget]:
    """Autoscaling groups, the node groups of EKS, and what Application Auto Scaling moves."""
    for group in graph.of("aws_autoscaling_group"):
        yield ScalingTarget(
            group,
            "autoscaling group",
            policies=partial(_policies, graph, group, _GROUP_POLICIES),
            is_waited_for=partial(_group_is_waited_for, graph, group),
            is_scheduled=partial(_is_scheduled, graph, group, _GROUP_SCHEDULES),
            is_balanced=partial(group_is_balanced, graph, group),
            bounds=partial(_bounds, group.body, "min_size", "max_size"),
            is_registered=False,
            boots=partial(_group_boots, graph, group),
        )
    for nodes in graph.of("aws_eks_node_group"):
        yield _node_group(nodes)
    for target in graph.of("aws_appautoscaling_target"):
        namespace = str(target["service_namespace"].known_or("ecs"))
        yield ScalingTarget(
            target,
            _NAMESPACES.get(namespace, "scalable target"),
            policies=partial(_policies, graph, target, _TARGET_POLICIES),
            is_waited_for=partial(_target_is_waited_for, graph, target),
            is_scheduled=partial(_is_scheduled, graph, target, _TARGET_SCHEDULES),
            is_balanced=partial(_target_is_balanced, graph, target),
            bounds=partial(_bounds, target.body, "min_capacity", "max_capacity"),
        )


def _node_group(nodes: Resource) -> ScalingTarget:
    """What runs in the cluster scales it, and that is not in the configuration."""

    def bounds() -> Bounds | None:
        return _bounds(nodes["scaling_config"][0], "min_size", "max_size")

    return ScalingTarget(
        nodes,
        "EKS node group",
        policies=list,
        is_waited_for=lambda: False,
        is_scheduled=lambda: known(False),
        is_balanced=lambda: known(False),
        bounds=bounds,
        is_registered=False,
    )


def _bounds(body: Value, minimum: str, maximum: str) -> Bounds | None:
    """None where they are not given."""
    if is_absent(body[minimum]).truth() or is_absent(body[maximum]).truth():
        return None
    return Bounds(given(body, minimum, 0), given(body, maximum, 0), maximum)


# -- policies ----------------------------------------------------------------------------------

_GROUP_POLICIES = Join("aws_autoscaling_policy", "autoscaling_group_name", "name")
_TARGET_POLICIES = Join("aws_appautoscaling_policy", "resource_id", "resource_id")


def _policies(graph: Graph, target: Resource, join: Join) -> list[ScalingPolicy]:
    """The policies that name the target, by reference or by the same text."""
    cause = graph.unjoined(target, join, partial(_may_be_meant, target))
    if cause is not None:
        raise cause.undecided()
    found = graph.joined(target, join)
    meant = ((policy, _is_meant(policy, target)) for policy in found)
    return [
        _policy(graph, policy, target, is_meant)
        for policy, is_meant in meant
        if is_meant.truth() is not False
    ]


_GROUP_SCHEDULES = Join("aws_autoscaling_schedule", "autoscaling_group_name", "name")
_TARGET_SCHEDULES = Join("aws_appautoscaling_scheduled_action", "resource_id", "resource_id")


def _is_scheduled(graph: Graph, target: Resource, join: Join) -> Value:
    """Three-valued: whether a schedule changes its size."""
    verdict = may_have_more(graph, target, join, partial(_may_be_meant, target))
    for schedule in graph.joined(target, join):
        verdict = verdict | (_is_meant(schedule, target) & exists_with(schedule, target))
    return verdict


def _is_meant(policy: Resource, target: Resource) -> Value:
    """Three-valued. A table's reads and writes are two targets with one `resource_id`."""
    named, own = policy["scalable_dimension"], target["scalable_dimension"]
    if is_absent(named).truth() or is_absent(own).truth():
        return known(True)
    answer = same(named, own)
    return applied("==", named, own, type_=BOOL) if answer is None else known(answer)


def _may_be_meant(target: Resource, policy: Resource) -> bool:
    return _is_meant(policy, target).truth() is not False


def _policy(graph: Graph, policy: Resource, target: Resource, is_meant: Value) -> ScalingPolicy:
    return ScalingPolicy(
        policy,
        _metrics(graph, policy),
        exists=is_meant & exists_with(policy, target),
        directions=partial(_directions, policy),
        acts=_acts(policy),
    )


def _forecast(policy: Resource) -> Value:
    """The blocks of predictive scaling, which go by two names."""
    blocks = policy["predictive_scaling_configuration"]
    named = holds_any(blocks).truth() is not False
    return blocks if named else policy["predictive_scaling_policy_configuration"]


def _acts(policy: Resource) -> Value:
    """Three-valued: whether it does more than to forecast."""
    forecast = _forecast(policy)
    mode = given(forecast[0], "mode", "ForecastOnly")
    return ~holds_any(forecast) | is_any_of(mode, "ForecastAndScale")


def _metrics(graph: Graph, policy: Resource) -> list[Metric]:
    tracked = policy["target_tracking_configuration"]
    tracked = tracked if len(tracked) else policy["target_tracking_scaling_policy_configuration"]
    if len(tracked):
        return list(_tracked(tracked[0]))
    predicted = _forecast(policy)
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
        for metric in specification["customized_scaling_metric_specification"]:
            for name in ("metric_data_queries", "metric_data_query"):
                yield from _queried(metric[name], ("metric_stat", "metric"))


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
    return Metric(name, is_any_of(name, *scaling_metrics.UTILISATION))


# -- directions --------------------------------------------------------------------------------


def _directions(policy: Resource) -> tuple[Value, Value]:
    """Three-valued: whether a policy makes its target larger, and whether it makes it smaller;
    raises `Undecided`."""
    for name, directions in _KINDS.items():
        blocks = policy[name]
        if len(blocks):
            return directions(blocks[0])
    return _steps(policy.body)


def _tracking(body: Value) -> tuple[Value, Value]:
    disabled = given(body, "disable_scale_in", False)
    return known(True), (~disabled).used_at(disabled.place)


def _predictive(body: Value) -> tuple[Value, Value]:
    mode = given(body, "mode", "ForecastOnly")
    return is_any_of(mode, "ForecastAndScale"), known(False, body.span)


def _steps(body: Value) -> tuple[Value, Value]:
    """A capacity that is given outright may be more and may be less."""
    exact = is_any_of(body["adjustment_type"], "ExactCapacity")
    steps = [*body["step_adjustment"]]
    adjustments = [step["scaling_adjustment"] for step in steps] or [body["scaling_adjustment"]]
    grows: Value = exact
    shrinks: Value = exact
    for adjustment in adjustments:
        grows, shrinks = grows | at_least(adjustment, 1), shrinks | ~at_least(adjustment, 0)
    place = adjustments[0].place
    return grows.used_at(place), shrinks.used_at(place)


_KINDS: dict[str, Callable[[Value], tuple[Value, Value]]] = {
    "target_tracking_configuration": _tracking,
    "target_tracking_scaling_policy_configuration": _tracking,
    "predictive_scaling_configuration": _predictive,
    "predictive_scaling_policy_configuration": _predictive,
    "step_scaling_policy_configuration": _steps,
}
"""Blocks that say how a policy scales."""


# -- how long new copies take ------------------------------------------------------------------


def _group_boots(graph: Graph, group: Resource) -> list[Requirement]:
    """What is said of the seconds that a machine takes, and whether some stand by."""
    pool = holds_any(group["warm_pool"])
    said = [
        ("health_check_grace_period", group.get("health_check_grace_period", 300)),
        ("default_instance_warmup", group.get("default_instance_warmup", 0)),
    ]
    for policy in graph.referring(group, "aws_autoscaling_policy", "autoscaling_group_name"):
        name = "estimated_instance_warmup"
        said.append((name, policy.get(name, 0)))
    return [
        Requirement(pool | ~at_least(seconds, SLOW), f"`{name}` is {seconds} seconds", seconds)
        for name, seconds in said
    ]


SLOW = 600
"""Seconds."""


# -- metrics by AWS's names --------------------------------------------------------------------


def predefined_metrics(graph: Graph) -> Iterator[PredefinedMetric | Unknowable]:
    """Every predefined metric that a scaling policy names."""
    for policy in graph.of("aws_autoscaling_policy", "aws_appautoscaling_policy"):
        try:
            yield from list(_predefined(policy))
        except Undecided as undecided:
            yield Unknowable(policy, undecided)


def _predefined(policy: Resource) -> Iterator[PredefinedMetric]:
    block = "predefined_metric_specification"
    if policy.type == "aws_appautoscaling_policy":
        namespace = policy["service_namespace"]
        for configuration in policy["target_tracking_scaling_policy_configuration"]:
            for metric in configuration[block]:
                name = metric["predefined_metric_type"]
                yield PredefinedMetric(
                    policy, name, namespace, partial(_fitting, namespace), scaling_metrics.ALL
                )
        yield from _forecasted(policy, namespace)
        return
    for configuration in policy["target_tracking_configuration"]:
        yield from _of_group(policy, configuration, (block,))
    for configuration in policy["predictive_scaling_configuration"]:
        for specification in configuration["metric_specification"]:
            yield from _of_group(policy, specification, _PREDICTED)


def _forecasted(policy: Resource, namespace: Value) -> Iterator[PredefinedMetric]:
    def fitting() -> frozenset[str]:
        return scaling_metrics.FORECASTED

    for configuration in policy["predictive_scaling_policy_configuration"]:
        for specification in configuration["metric_specification"]:
            for block in _PREDICTED:
                for metric in specification[block]:
                    name = metric["predefined_metric_type"]
                    yield PredefinedMetric(policy, name, namespace, fitting, scaling_metrics.ALL)


def _of_group(policy: Resource, body: Value, blocks: tuple[str, ...]) -> Iterator[PredefinedMetric]:
    namespace = known(scaling_metrics.GROUPS)
    for block in blocks:
        names = scaling_metrics.GROUP_METRICS[block]
        for metric in body[block]:
            name = metric["predefined_metric_type"]
            yield PredefinedMetric(
                policy, name, namespace, partial(frozenset, names), scaling_metrics.ALL
            )


def _fitting(namespace: Value) -> frozenset[str]:
    """Of a namespace that is not one of AWS's, nothing is said: that is another defect."""
    return scaling_metrics.TRACKED.get(_text(namespace), scaling_metrics.ALL)


def _text(value: Value) -> str:
    """A text; raises `Undecided` where it is not known."""
    if isinstance(value, Known):
        return value.string()
    raise value.undecided()


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
    namespace = target.get("service_namespace", "ecs")
    if is_any_of(namespace, "rds", "neptune"):
        return True
    if is_any_of(namespace, "ecs").truth() is False:
        return False
    answer: Value = known(False)
    for service in _services_found(graph, target):
        answer = answer | holds_any(service["load_balancer"]) | _reads_queue(graph, service)
    return bool(answer)


def _target_is_balanced(graph: Graph, target: Resource) -> Value:
    if is_any_of(target.get("service_namespace", "ecs"), "ecs").truth() is False:
        return known(False)
    return any_of(holds_any(found["load_balancer"]) for found in _services_found(graph, target))


def _services_found(graph: Graph, target: Resource) -> list[Resource]:
    services = services_of(graph, target)
    if not services:
        reason = "names a service that is not in the configuration"
        raise Undecided(Origin(target.address, reason, target.span), target["resource_id"])
    return services


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


class ScaledServices:
    """The scalable targets of ECS services."""

    def __init__(self, graph: Graph) -> None:
        self._found: dict[str, list[Resource]] = defaultdict(list)
        self._strays: dict[str, list[Resource]] = defaultdict(list)
        for target in graph.of("aws_appautoscaling_target"):
            if is_any_of(target["service_namespace"], "ecs").truth() is not False:
                services = services_of(graph, target)
                for service in services:
                    self._found[service.key].append(target)
                if not services:
                    self._strays[target.root].append(target)

    def targets(self, service: Resource) -> list[Resource]:
        """Those that are known to be a service's."""
        return self._found.get(service.key, [])

    def may_have_more(self, service: Resource) -> Value:
        """Three-valued, never true: whether one that names no service here is this one's."""
        own, strays = service["name"], self._strays.get(service.root, [])
        for stray in strays[:_MAX_STRAYS]:
            named = stray["resource_id"]
            if same(_after_last_slash(named) or named, own) is not False:
                return applied("any", own if isinstance(named, Known) else named, type_=BOOL)
        return known(False) if len(strays) <= _MAX_STRAYS else applied("any", own, type_=BOOL)


_MAX_STRAYS = 100
"""How many targets that may be a service's are looked at; of more, one may."""


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
