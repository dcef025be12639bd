"""What AWS may run on spot capacity, and what it has for the day that is taken back.

Defaults are those of the AWS provider, v5 and v6. AWS Batch is left alone: whether its jobs are
tried again is said when they are submitted, and nodes that EKS manages are replaced by EKS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cloudlint.concepts.aws import beanstalk
from cloudlint.concepts.aws.interruptions import MACHINES, Interruptions, listens
from cloudlint.concepts.aws.spot_tasks import spot_tasks
from cloudlint.concepts.base import (
    Requirement,
    any_of,
    at_least,
    entries,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
    may_have_more,
)
from cloudlint.concepts.spot import SpotCapacity
from cloudlint.graph import Graph, Join, Resource, given
from cloudlint.values import Known, Value, applied, known
from cloudlint.values.types import BOOL

_TEMPLATE = "aws_launch_template"
_CONFIGURATION = "aws_launch_configuration"
_TERMINATION = "autoscaling:EC2_INSTANCE_TERMINATING"
_SPOT = "spot"


def spot_capacity(graph: Graph) -> Iterator[SpotCapacity]:
    """Everything in the graph that may buy spot capacity."""
    answers = Interruptions(graph)
    for type_, (kind, readiness) in _BUYERS.items():
        for buyer in graph.of(type_):
            yield SpotCapacity(buyer, kind, partial(readiness, graph, answers, buyer))
    yield from spot_tasks(graph, answers)


# -- autoscaling groups --------------------------------------------------------------------------


def _group(graph: Graph, answers: Interruptions, group: Resource) -> list[Requirement]:
    templates = _templates_of_group(graph, group)
    rebalances = group.get("capacity_rebalance", False)
    met = ~_group_buys(group, templates) | rebalances
    for ask in (
        partial(_has_hook, graph, group),
        partial(_is_drained_by_ecs, graph, group),
        partial(answers.are_drained, group),
        partial(answers.are_watched, group, MACHINES),
        partial(_all_listen, templates),
    ):
        met = met if met.truth() else met | ask()
    problem = "it buys spot capacity, with neither `capacity_rebalance` nor a hook on termination"
    return [Requirement(met, problem, rebalances)]


def _group_buys(group: Resource, templates: _Templates) -> Value:
    """Three-valued. A mixed group does by its distribution, and its template may not say so."""
    mixed = group["mixed_instances_policy"]
    is_mixed = holds_any(mixed)
    if is_mixed.truth() is False:
        return _all(templates, _template_buys)
    distribution = mixed[0]["instances_distribution"][0]
    share = given(distribution, "on_demand_percentage_above_base_capacity", 100)
    base = given(distribution, "on_demand_base_capacity", 0)
    by_share = ~at_least(share, 100) & ~_covers(base, group.get("max_size", 0))
    return (is_mixed & by_share) | (~is_mixed & _all(templates, _template_buys))


def _covers(base: Value, whole: Value) -> Value:
    """Three-valued: whether what is bought on demand is all there is."""
    some = at_least(base, 1)
    if isinstance(whole, Known):
        return some & at_least(base, int(whole.number()))
    return some & applied(">=", base, whole, type_=BOOL)


def _has_hook(graph: Graph, group: Resource) -> Value:
    """Three-valued: whether something is told, and waited for, before a machine goes."""
    verdict: Value = known(False)
    for block in entries(group["initial_lifecycle_hook"]):
        verdict = verdict | is_any_of(block["lifecycle_transition"], _TERMINATION)
    join = Join("aws_autoscaling_lifecycle_hook", "autoscaling_group_name", "name")
    for hook in graph.joined(group, join):
        is_it = is_any_of(hook["lifecycle_transition"], _TERMINATION)
        verdict = verdict | (is_it & exists_with(hook, group))
    return verdict | may_have_more(graph, group, join)


def _is_drained_by_ecs(graph: Graph, group: Resource) -> Value:
    """Three-valued: whether a capacity provider sets a hook of its own, as it does by default."""
    type_, argument = "aws_ecs_capacity_provider", "auto_scaling_group_provider"
    return any_of(
        is_any_of(given(provider[argument][0], "managed_draining", "ENABLED"), "ENABLED")
        & exists_with(provider, group)
        for provider in graph.referring(group, type_, argument)
    )


# -- fleets and machines -------------------------------------------------------------------------


def _ec2_fleet(graph: Graph, answers: Interruptions, fleet: Resource) -> list[Requirement]:
    target, options = fleet["target_capacity_specification"][0], fleet["spot_options"]
    on_demand = given(target, "on_demand_target_capacity", 0)
    by_default = is_any_of(target["default_target_capacity_type"], _SPOT)
    buys = by_default & ~_covers(on_demand, given(target, "total_target_capacity", 0))
    buys = buys | at_least(given(target, "spot_target_capacity", 0), 1)
    ready = holds_any(options[0]["maintenance_strategies"][0]["capacity_rebalance"])
    ready = ready | _outlives(options[0]["instance_interruption_behavior"])
    configurations = entries(fleet["launch_template_config"])
    return _fleet(graph, answers, fleet, ~buys | ready, configurations, options)


def _spot_fleet(graph: Graph, answers: Interruptions, fleet: Resource) -> list[Requirement]:
    on_demand = fleet.get("on_demand_target_capacity", 0)
    covered = _covers(on_demand, fleet.get("target_capacity", 0))
    strategies = fleet["spot_maintenance_strategies"]
    ready = holds_any(strategies[0]["capacity_rebalance"])
    ready = ready | _outlives(fleet["instance_interruption_behaviour"])
    configurations = entries(fleet["launch_template_config"])
    for specification in entries(fleet["launch_specification"]):
        ready = ready | listens(specification["user_data"], encoded=False)
    return _fleet(graph, answers, fleet, covered | ready, configurations, strategies)


def _fleet(
    graph: Graph,
    answers: Interruptions,
    fleet: Resource,
    met: Value,
    configurations: list[Value],
    place: Value,
) -> list[Requirement]:
    if met.truth() is not True:
        met = met | answers.are_watched(fleet, MACHINES)
    if met.truth() is not True:
        named = [entry["launch_template_specification"][0] for entry in configurations]
        met = met | _all_listen(_templates(graph, fleet, *named))
    return [Requirement(met, "it buys spot capacity, and has no `capacity_rebalance`", place)]


def _machine(graph: Graph, answers: Interruptions, machine: Resource) -> list[Requirement]:
    market = machine["instance_market_options"]
    templates = _templates(graph, machine, machine["launch_template"][0])
    met = ~_is_spot(market) | _market_outlives(market)
    if holds_any(market).truth() is not True:
        met = met & (~_all(templates, _template_buys) | _all(templates, _template_outlives))
    return _alone(answers, machine, met, templates, market)


def _request(graph: Graph, answers: Interruptions, request: Resource) -> list[Requirement]:
    behaviour = request["instance_interruption_behavior"]
    templates = _templates(graph, request, request["launch_template"][0])
    return _alone(answers, request, _outlives(behaviour), templates, behaviour)


def _alone(
    answers: Interruptions, machine: Resource, met: Value, templates: _Templates, place: Value
) -> list[Requirement]:
    if met.truth() is not True:
        met = met | answers.are_watched(machine, MACHINES) | _listens(machine)
    if is_absent(machine["user_data"]).truth() is not False:
        met = met if met.truth() else met | _all_listen(templates)
    problem = "it is a spot instance, and nothing is told when it is taken back"
    return [Requirement(met, problem, place)]


def _market_outlives(market: Value) -> Value:
    return _outlives(market[0]["spot_options"][0]["instance_interruption_behavior"])


def _outlives(behaviour: Value) -> Value:
    """Three-valued: whether what is taken back comes again with its disks."""
    return is_any_of(behaviour, "stop", "hibernate")


def _beanstalk(graph: Graph, answers: Interruptions, environment: Resource) -> list[Requirement]:
    buys, rebalances = beanstalk.spot(environment)
    met = ~buys | rebalances
    if met.truth() is not True:
        met = met | answers.are_watched(environment, MACHINES)
    problem = "it buys spot capacity, and `EnableCapacityRebalancing` is not true"
    return [Requirement(met, problem, rebalances)]


_BUYERS: dict[str, tuple[str, Callable[[Graph, Interruptions, Resource], list[Requirement]]]] = {
    "aws_autoscaling_group": ("autoscaling group", _group),
    "aws_spot_fleet_request": ("spot fleet", _spot_fleet),
    "aws_ec2_fleet": ("EC2 fleet", _ec2_fleet),
    "aws_instance": ("instance", _machine),
    "aws_spot_instance_request": ("spot instance", _request),
    "aws_elastic_beanstalk_environment": ("Beanstalk environment", _beanstalk),
}


# -- what machines are started from --------------------------------------------------------------

_Templates = list[Resource | Value]


def _templates_of_group(graph: Graph, group: Resource) -> _Templates:
    mixed = group["mixed_instances_policy"][0]["launch_template"][0]
    blocks = group["launch_template"][0], mixed["launch_template_specification"][0]
    configurations = _named(graph, group, group["launch_configuration"], _CONFIGURATION)
    return _templates(graph, group, *blocks) + configurations


def _templates(graph: Graph, owner: Resource, *blocks: Value) -> _Templates:
    """The launch templates that blocks name by id or by name."""
    found: _Templates = []
    for block in blocks:
        for name in ("id", "launch_template_id", "name", "launch_template_name"):
            found += _named(graph, owner, block[name], _TEMPLATE)
    return found


def _named(graph: Graph, owner: Resource, name: Value, type_: str) -> _Templates:
    """What a name names; the name itself where that is not in the configuration."""
    if is_absent(name).truth():
        return []
    return [*(graph.referenced(name, type_) or graph.naming(owner, name, type_, "name"))] or [name]


def _all(templates: _Templates, ask: Callable[[Resource], Value]) -> Value:
    """Three-valued: what is answered for all of them alike; with none of them, no."""
    told = [
        ask(one) if isinstance(one, Resource) else applied("template", one, type_=BOOL)
        for one in templates
    ]
    if len({answer.truth() for answer in told}) > 1:
        return applied("template", *told, type_=BOOL)
    return told[0] if told else known(False)


def _all_listen(templates: _Templates) -> Value:
    """Three-valued. What a template does that is named outright and made elsewhere is, like what
    its image does, no answer that the configuration shows."""
    shown = [one for one in templates if not isinstance(one, Known)]
    return _all(shown, _template_listens)


def _template_buys(template: Resource) -> Value:
    if template.type == _CONFIGURATION:
        price = template["spot_price"]
        return ~is_absent(price) & ~is_any_of(price, "")
    return _is_spot(template["instance_market_options"])


def _is_spot(market: Value) -> Value:
    """Three-valued. There are no options of spot instances for others."""
    type_, options = market[0]["market_type"], market[0]["spot_options"]
    return is_any_of(type_, _SPOT) | (is_absent(type_) & holds_any(options))


def _template_outlives(template: Resource) -> Value:
    return _market_outlives(template["instance_market_options"])


def _template_listens(template: Resource) -> Value:
    if template.type == _TEMPLATE:
        return listens(template["user_data"], encoded=True)
    return _listens(template)


def _listens(machine: Resource) -> Value:
    asks = listens(machine["user_data"], encoded=False)
    return asks | listens(machine["user_data_base64"], encoded=True)
