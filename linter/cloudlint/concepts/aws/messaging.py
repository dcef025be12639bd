"""AWS's queues, subscriptions, event targets and functions, and their dead letters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from cloudlint.concepts.base import (
    Requirement,
    any_of,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
    may_have_more,
)
from cloudlint.concepts.messaging import DeadLetterRing, Handover, Queue
from cloudlint.concepts.policy_text import decoded
from cloudlint.graph import Graph, Join, Resource
from cloudlint.values import Known, Template, Undecided, Value, known, same, template

_QUEUE = "aws_sqs_queue"
_FUNCTION = "aws_lambda_function"
_SUBSCRIPTION = "aws_sns_topic_subscription"
_TARGET = "aws_cloudwatch_event_target"
_SCHEDULE = "aws_scheduler_schedule"
_QUEUE_POLICY = "aws_sqs_queue_redrive_policy"


def handovers(graph: Graph) -> Iterator[Handover]:
    """Everything in the graph that hands messages on."""
    for queue in graph.of(_QUEUE):
        yield Handover(queue, "queue", partial(_queue_dead_letters, graph, queue))
    for subscription in graph.of(_SUBSCRIPTION):
        yield Handover(subscription, "subscription", partial(_subscription, subscription))
    for target in graph.of(_TARGET):
        yield Handover(target, "event target", partial(_configured, target.body))
    for schedule in graph.of(_SCHEDULE):
        yield Handover(schedule, "schedule", partial(_scheduled, schedule))
    for function in graph.of(_FUNCTION):
        yield Handover(function, "function", partial(_function_dead_letters, graph, function))


# -- queues ------------------------------------------------------------------------------------

_READERS = (
    ("aws_lambda_event_source_mapping", "event_source_arn"),
    ("aws_pipes_pipe", "source"),
    (_SUBSCRIPTION, "endpoint"),
    (_TARGET, "arn"),
)
"""What shows that messages go through a queue."""

_DEAD_LETTERS = (
    (_QUEUE, "redrive_policy"),
    (_QUEUE_POLICY, "redrive_policy"),
    (_SUBSCRIPTION, "redrive_policy"),
    (_TARGET, "dead_letter_config"),
    (_FUNCTION, "dead_letter_config"),
    ("aws_lambda_function_event_invoke_config", "destination_config"),
)
"""What makes a queue the dead letter queue of something."""


def _queue_dead_letters(graph: Graph, queue: Resource) -> list[Requirement]:
    needless = ~_any_exists(graph, queue, _READERS) | _is_for_dead_letters(graph, queue)
    kept = ~is_absent(queue["redrive_policy"])
    kept = kept | _any_exists(graph, queue, ((_QUEUE_POLICY, "queue_url"),))
    return [Requirement(needless | kept, "it has no `redrive_policy`", queue["redrive_policy"])]


def _any_exists(graph: Graph, resource: Resource, joins: tuple[tuple[str, str], ...]) -> Value:
    """Three-valued: whether anything of these types refers to a resource by these arguments."""
    return any_of(
        exists_with(found, resource)
        for type_, argument in joins
        for found in graph.referring(resource, type_, argument)
    )


def _is_for_dead_letters(graph: Graph, queue: Resource) -> Value:
    """Three-valued: whether a queue takes what others drop."""
    if any(graph.referring(queue, type_, argument) for type_, argument in _DEAD_LETTERS):
        return known(True)
    allowing = graph.referring(queue, "aws_sqs_queue_redrive_allow_policy", "queue_url")
    return known(bool(allowing)) | ~is_absent(queue["redrive_allow_policy"])


# -- subscriptions and targets -----------------------------------------------------------------


def _subscription(subscription: Resource) -> list[Requirement]:
    """People read mail and short messages: nothing of theirs could be taken up again."""
    machines = ("sqs", "lambda", "http", "https", "firehose")
    policy = subscription["redrive_policy"]
    met = ~is_any_of(subscription.get("protocol", ""), *machines) | ~is_absent(policy)
    return [Requirement(met, "it has no `redrive_policy`", policy)]


def _configured(body: Value) -> list[Requirement]:
    blocks = body["dead_letter_config"]
    return [Requirement(holds_any(blocks), "it has no `dead_letter_config`", blocks)]


def _scheduled(schedule: Resource) -> list[Requirement]:
    return _configured(schedule["target"][0])


# -- functions ---------------------------------------------------------------------------------

_CALLERS = (
    (_SUBSCRIPTION, "endpoint"),
    (_TARGET, "arn"),
    (_SCHEDULE, "target"),
    ("aws_s3_bucket_notification", "lambda_function"),
    ("aws_cloudwatch_log_subscription_filter", "destination_arn"),
    ("aws_cloudwatch_metric_alarm", "alarm_actions"),
    ("aws_codecommit_trigger", "trigger"),
    ("aws_config_config_rule", "source"),
    ("aws_ses_receipt_rule", "lambda_action"),
    ("aws_iot_topic_rule", "lambda"),
)
"""What calls functions without waiting for them. Source: Lambda developer guide, asynchronous
invocation and its list of services, 2026-11."""


def _function_dead_letters(graph: Graph, function: Resource) -> list[Requirement]:
    blocks = function["dead_letter_config"]
    kept = ~_any_exists(graph, function, _CALLERS) | holds_any(blocks)
    kept = kept | may_have_more(graph, function, _SETTINGS)
    for settings in graph.joined(function, _SETTINGS):
        failures = settings["destination_config"][0]["on_failure"]
        kept = kept | (holds_any(failures) & exists_with(settings, function))
    problem = "it is called asynchronously, and has neither `dead_letter_config` nor a failure "
    return [Requirement(kept, f"{problem}destination", blocks)]


_SETTINGS = Join("aws_lambda_function_event_invoke_config", "function_name", "function_name")


# -- rings -------------------------------------------------------------------------------------


def queues(graph: Graph) -> Iterator[Queue]:
    """Every queue of the graph."""

    @cache
    def rings() -> dict[str, DeadLetterRing]:
        return {ring.queues[0].key: ring for ring in _rings(graph)}

    ends: dict[str, Undecided | None] = {}

    def ring(queue: Resource) -> DeadLetterRing | None:
        end = _end(graph, queue, ends)
        if end is not None:
            raise end
        return rings().get(queue.key)

    for queue in graph.of(_QUEUE):
        yield Queue(queue, partial(ring, queue))


def _end(graph: Graph, queue: Resource, ends: dict[str, Undecided | None]) -> Undecided | None:
    """Why it is not known where what a queue drops ends up, None where it is; `ends` keeps what
    was found out."""
    way: dict[str, None] = {}
    at: Resource | None = queue
    end: Undecided | None = None
    while at is not None and at.key not in ends and at.key not in way:
        way[at.key] = None
        try:
            at = _dead_letter_queue(graph, at)
        except Undecided as undecided:
            at, end = None, undecided
    end = ends.get(at.key) if at is not None else end
    ends.update(dict.fromkeys(way, end))
    return ends[queue.key]


def _rings(graph: Graph) -> Iterator[DeadLetterRing]:
    """All rings, each queue visited once."""
    visited: dict[str, str] = {}
    for start in graph.of(_QUEUE):
        path: list[Resource] = []
        queue: Resource | None = start
        while queue is not None and queue.key not in visited:
            visited[queue.key] = start.key
            path.append(queue)
            queue = _known_dead_letter_queue(graph, queue)
        if queue is not None and visited[queue.key] == start.key:
            ring = path[path.index(queue) :]
            yield DeadLetterRing(ring, _dead_letter_arn(graph, ring[0]))


def _known_dead_letter_queue(graph: Graph, queue: Resource) -> Resource | None:
    try:
        return _dead_letter_queue(graph, queue)
    except Undecided:
        return None


def _dead_letter_queue(graph: Graph, queue: Resource) -> Resource | None:
    """The queue of the configuration that takes what this one drops, if any; raises
    `Undecided`."""
    arn = _dead_letter_arn(graph, queue)
    if is_absent(arn).truth():
        return None
    for named in graph.referenced(arn, _QUEUE):
        return named
    for looked_up in graph.referenced(arn, "data.aws_sqs_queue"):
        return _named(graph, queue, looked_up["name"])
    return _named(graph, queue, _name_in(arn))


def _dead_letter_arn(graph: Graph, queue: Resource) -> Value:
    """What the queue's policy names; null where it has none."""
    policies = [queue["redrive_policy"]]
    for settings in graph.referring(queue, _QUEUE_POLICY, "queue_url"):
        policies.append(settings["redrive_policy"])
    for policy in policies:
        if is_absent(policy).truth() is not True:
            return decoded(policy)["deadLetterTargetArn"]
    return policies[0]


def _named(graph: Graph, queue: Resource, name: Value) -> Resource | None:
    """Raises `Undecided` where it may be a queue whose name is not known."""
    for found in graph.naming(queue, name, _QUEUE, "name"):
        return found
    for other in graph.adrift(queue, _QUEUE, "name")[:_MAX_UNNAMED]:
        if same(other["name"], name) is not False:
            raise other["name"].undecided()
    return None


_MAX_UNNAMED = 100
"""How many queues of unknown names are told apart from one that is named."""


def _name_in(arn: Value) -> Value:
    """The last part of an ARN, known or not; raises `Undecided` where it cannot be told."""
    parts: list[str | Value] = list(arn.parts) if isinstance(arn, Template) else [arn]
    rest: list[str | Value] = []
    for part in reversed(parts):
        text = part.known_or(None) if isinstance(part, Known) else part
        if isinstance(text, str) and ":" in text:
            return template([text.rpartition(":")[2], *rest], arn.span)
        rest.insert(0, part)
    raise arn.undecided()
