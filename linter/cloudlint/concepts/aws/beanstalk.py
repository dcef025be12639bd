"""Elastic Beanstalk environments, which are told what they are by settings.

Defaults are those of the general options of Elastic Beanstalk, 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.aws.zones import subnets_spread
from cloudlint.concepts.base import Requirement, at_least, is_any_of
from cloudlint.concepts.compute import ComputeTier
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Known, Template, Value, known, template

_BALANCED = "LoadBalanced"


def environments(graph: Graph) -> Iterator[ComputeTier]:
    """Every Beanstalk environment of the graph."""
    for environment in graph.of("aws_elastic_beanstalk_environment"):
        yield ComputeTier(
            environment,
            "Beanstalk environment",
            zones=partial(_zones, graph, environment),
            copies=partial(_copies, environment),
        )


def _zones(graph: Graph, environment: Resource) -> list[Requirement]:
    setting = _setting(environment, "aws:ec2:vpc", "Subnets")
    if setting is None:
        return []
    subnets = setting["value"]
    met = ~_is_balanced(environment) | subnets_spread(graph, _split(subnets))
    return [Requirement(met, "all its subnets are in one zone", subnets)]


def _copies(environment: Resource) -> list[Requirement]:
    minimum = _told(environment, "aws:autoscaling:asg", "MinSize", 1)
    met = ~_is_balanced(environment) | at_least(minimum, 2)
    return [Requirement(met, f"its `MinSize` is {minimum}", minimum)]


def deployment_health(environment: Resource) -> list[Requirement]:
    """What it takes for users to be served while a new version is deployed."""
    default = "AllAtOnce"
    policy = _told(environment, "aws:elasticbeanstalk:command", "DeploymentPolicy", default)
    met = ~_is_balanced(environment) | ~is_any_of(policy, default)
    return [Requirement(met, f"its `DeploymentPolicy` is {policy}", policy)]


def spot(environment: Resource) -> tuple[Value, Value]:
    """Twice three-valued: whether it buys spot capacity, and whether that is rebalanced."""
    above = "SpotFleetOnDemandAboveBasePercentage"
    buys = is_any_of(_told(environment, "aws:ec2:instances", "EnableSpot", "false"), "true")
    share = _told(environment, "aws:ec2:instances", above, 0)
    rebalances = _told(environment, "aws:autoscaling:asg", "EnableCapacityRebalancing", "false")
    return buys & ~at_least(share, 100), is_any_of(rebalances, "true").used_at(rebalances.place)


_TYPES = (
    ("aws:autoscaling:launchconfiguration", "InstanceType"),
    ("aws:ec2:instances", "InstanceTypes"),
)


def instance_types(environment: Resource) -> Iterator[Value]:
    """The types of machines that it asks for."""
    for namespace, name in _TYPES:
        setting = _setting(environment, namespace, name)
        if setting is not None:
            types = _split(setting["value"])
            yield from types.items if isinstance(types, Known) else (types,)


def volume_types(environment: Resource) -> Iterator[Value]:
    """The type of its machines' disks, where it is written."""
    setting = _setting(environment, "aws:autoscaling:launchconfiguration", "RootVolumeType")
    if setting is not None:
        yield setting["value"]


def _told(environment: Resource, namespace: str, name: str, default: str | int) -> Value:
    setting = _setting(environment, namespace, name)
    return known(default, environment.span) if setting is None else given(setting, "value", default)


def _is_balanced(environment: Resource) -> Value:
    """Three-valued: whether a load balancer stands in front; it does unless told otherwise."""
    balanced = ~is_any_of(environment.get("tier", "WebServer"), "Worker")
    kind = _told(environment, "aws:elasticbeanstalk:environment", "EnvironmentType", _BALANCED)
    return balanced & is_any_of(kind, _BALANCED)


def _setting(environment: Resource, namespace: str, name: str) -> Value | None:
    for setting in environment["setting"]:
        if setting["namespace"] == namespace and setting["name"] == name:
            return setting
    return None


def _split(subnets: Value) -> Value:
    """The elements of a text that commas divide, known or not; the text where that is unknown."""
    if isinstance(subnets, Known):
        parts: list[str | Value] = [subnets.string()]
    elif isinstance(subnets, Template):
        parts = list(subnets.parts)
    else:
        return subnets
    elements: list[list[str | Value]] = [[]]
    for part in parts:
        pieces = part.split(",") if isinstance(part, str) else [part]
        elements[-1].append(pieces[0])
        elements += [[piece] for piece in pieces[1:]]
    return Known(tuple(_element(e) for e in elements), "tuple", span=subnets.span)


def _element(parts: list[str | Value]) -> Value:
    trimmed = [part.strip() if isinstance(part, str) else part for part in parts]
    told = [part for part in trimmed if isinstance(part, Value) or part]
    alone = told[0] if len(told) == 1 else None
    return alone if isinstance(alone, Value) else template(told)
