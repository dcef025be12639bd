"""What in a configuration answers when AWS takes spot capacity back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cloudlint.concepts.base import (
    any_of,
    begins_with,
    ends_with,
    entries,
    exists_with,
    is_absent,
    is_any_of,
)
from cloudlint.concepts.policy_text import decoded
from cloudlint.graph import Graph, Resource, given
from cloudlint.parsers.terraform.functions.encoding import base64decode
from cloudlint.values import (
    EvaluationError,
    Known,
    Template,
    Undecided,
    Value,
    applied,
    known,
    unknown,
)
from cloudlint.values.types import BOOL


@dataclass(frozen=True, slots=True)
class Notice:
    """An event of EventBridge: its type and, where that says too little, an entry of its detail
    with the value that tells."""

    type: str
    name: str = ""
    value: str = ""


MACHINES = (
    Notice("EC2 Spot Instance Interruption Warning"),
    Notice("EC2 Instance Rebalance Recommendation"),
)
TASKS = (
    Notice("ECS Task State Change", "stopCode", "SpotInterruption"),
    Notice("ECS Service Action", "eventName", "SERVICE_TASK_PLACEMENT_FAILURE"),
)
"""What AWS sends before it takes capacity back, and where there is none to be had. Source: EC2 User
Guide, spot interruption notices; ECS Developer Guide, Fargate capacity providers, 2026-11."""

_HANDLER = "aws-node-termination-handler"
_SWITCH = "enable_aws_node_termination_handler"
"""The chart that drains nodes, and the argument of modules that install it."""

_NODE_TAGS = ("kubernetes.io/cluster/", "k8s.io/cluster/", "k8s.io/cluster-autoscaler/")
_LISTENS = re.compile(
    r"(?i)ECS_ENABLE_SPOT_INSTANCE_DRAINING\W{1,8}true"
    r"|enable-spot-instance-draining\s{0,8}=\s{0,8}true"
    r"|spot/instance-action|spot/termination-time|events/recommendations/rebalance"
)
"""A machine that asks whether it will be taken, or whose ECS agent does. Source: EC2 User Guide,
instance metadata categories; ECS Developer Guide, spot instance draining, 2026-11."""


class Interruptions:
    """The answers to interruptions that a configuration shows, looked for once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._hearing: dict[tuple[Notice, ...], _Answers] = {}

    def are_watched(self, resource: Resource, notices: tuple[Notice, ...]) -> Value:
        """Three-valued: whether a rule of EventBridge hears of it. A rule in the same root is in
        the same account; of others that is not known."""
        rules = self._rules(notices)
        answer = _any(rules.get(resource.root, []), resource)
        if answer.truth() is not True:
            for root, found in rules.items():
                if root != resource.root:
                    rule = found[0][0]
                    reason = "is in another root, and maybe in another account"
                    answer = answer | unknown(str(rule), reason, rule.span, scope=root)
                    break
        return answer

    def _rules(self, notices: tuple[Notice, ...]) -> _Answers:
        if notices not in self._hearing:
            rules = self._graph.of("aws_cloudwatch_event_rule")
            self._hearing[notices] = _by_root((rule, _hears(rule, notices)) for rule in rules)
        return self._hearing[notices]

    def are_drained(self, group: Resource) -> Value:
        """Three-valued: whether a termination handler drains the nodes of a cluster that a group
        consists of."""
        installed = _any(self._handlers.get(group.root, []), group)
        return installed if installed.truth() is False else installed & _is_of_nodes(group)

    @cached_property
    def _handlers(self) -> _Answers:
        releases = self._graph.of("helm_release")
        calls = (call for call in self._graph.resources if call.type.startswith("module:"))
        return _by_root(
            [
                *((release, ends_with(release["chart"], _HANDLER)) for release in releases),
                *((call, given(call.body, _SWITCH, False)) for call in calls),
            ]
        )


_Answers = dict[str, list[tuple[Resource, Value]]]


def _by_root(answers: Iterable[tuple[Resource, Value]]) -> _Answers:
    """What may answer, by root module."""
    found: _Answers = defaultdict(list)
    for resource, answer in answers:
        if answer.truth() is not False:
            found[resource.root].append((resource, answer))
    return found


def _any(answers: list[tuple[Resource, Value]], beside: Resource) -> Value:
    verdict: Value = known(False)
    for resource, answer in answers:
        verdict = verdict | (answer & exists_with(resource, beside))
        if verdict.truth():
            break
    return verdict


def _hears(rule: Resource, notices: tuple[Notice, ...]) -> Value:
    """Three-valued: whether one of the notices meets a rule's pattern."""
    if is_absent(rule["event_pattern"]).truth():
        return known(False)
    try:
        pattern = decoded(rule["event_pattern"])
        heard = any_of(_matches(pattern, notice) for notice in notices)
    except Undecided:
        heard = applied("hears", rule["event_pattern"], type_=BOOL)
    is_on = rule.get("is_enabled", True) & ~is_any_of(rule.get("state", "ENABLED"), "DISABLED")
    return heard & is_on


def _matches(pattern: Value, notice: Notice) -> Value:
    matched = _holds(pattern["detail-type"], notice.type)
    if notice.name:
        matched = matched & _holds(pattern["detail"][notice.name], notice.value)
    return matched


def _holds(accepted: Value, text: str) -> Value:
    """Three-valued: whether a text is among what a pattern accepts; matchers other than texts may
    accept anything."""
    answer: Value = known(False)
    for one in entries(accepted):
        is_text = not isinstance(one, Known) or one.kind in ("string", "null")
        answer = answer | (is_any_of(one, text) if is_text else applied("matches", one, type_=BOOL))
    return answer


def _is_of_nodes(group: Resource) -> Value:
    """Three-valued: whether the machines of a group are nodes of a Kubernetes cluster."""
    keys = [tag["key"] for tag in entries(group["tag"])]
    return any_of(begins_with(key, prefix) for key in keys for prefix in _NODE_TAGS)


# -- what machines start with --------------------------------------------------------------------


def listens(user_data: Value, *, encoded: bool) -> Value:
    """Three-valued: whether what a machine starts with asks for notices."""
    texts = list(_texts(user_data, encoded))
    if any(_LISTENS.search(text) for text in texts):
        return known(True)
    if is_absent(user_data).truth() or user_data.is_wholly_known():
        return known(False)
    return applied("listens", user_data, type_=BOOL)


def _texts(user_data: Value, encoded: bool) -> Iterator[str]:
    """What is known of it."""
    if encoded and is_absent(user_data).truth() is not True:
        try:
            user_data = base64decode(user_data)
        except EvaluationError:
            return
    if isinstance(user_data, Known):
        yield str(user_data.data)
    elif isinstance(user_data, Template):
        yield from (part for part in user_data.parts if isinstance(part, str))
