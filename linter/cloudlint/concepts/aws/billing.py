"""What AWS bills, and which tags are on it in the end: its own, those of the provider that makes
it, those that other resources put on it, and what a template says of the machines it launches.

Defaults are those of the AWS provider, v5 and v6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cloudlint.concepts.aws import billing_data as data
from cloudlint.concepts.aws.tag_sources import TagSources
from cloudlint.concepts.aws.tags import any_entry, holds, is_called
from cloudlint.concepts.base import answer, any_of, exists_with, holds_any, is_absent, is_any_of
from cloudlint.concepts.billing import BilledResource
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Value, applied, known, unknown
from cloudlint.values.types import BOOL

_Carries = Callable[[Resource, str], Value]
_IGNORED = ("all", "tag", "tags", "tags_all")


def billed_resources(graph: Graph) -> Iterator[BilledResource]:
    """All that is paid for and can be tagged, in the order of types."""
    for billed in _Billed(graph).found():
        billed.source.made.append(billed)
        yield billed


class _Billed:
    """What is billed in a graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._sources = TagSources(graph)

    def found(self) -> Iterator[BilledResource]:
        for resource in self._graph.of(*data.BILLED):
            if answer(partial(_is_free, resource)) is not True:
                yield self._billed(resource, self._resource)
        for machine in self._graph.of("aws_instance", "aws_eks_node_group"):
            yield self._billed(machine, self._machine)
        for batch in self._graph.of("aws_batch_compute_environment"):
            yield self._billed(batch, self._batch)
        for fleet in self._graph.of("aws_ec2_fleet", "aws_spot_fleet_request"):
            yield self._apart(fleet, f"what {fleet} launches", self._fleet, "tags")
        for group in self._graph.of("aws_autoscaling_group"):
            yield self._apart(group, f"what {group} launches", self._group, "tag")
        for service in self._graph.of("aws_ecs_service"):
            if answer(partial(self._is_on_fargate, service)) is not False:
                called = f"what {service} runs on Fargate"
                yield self._apart(service, called, self._tasks, "propagate_tags")

    def _billed(self, resource: Resource, carries: _Carries) -> BilledResource:
        """Something that the provider puts its tags on."""
        source = self._sources.of(resource)
        ask = partial(carries, resource)
        return BilledResource(resource, str(resource), ask, resource["tags"], source, True)

    def _apart(
        self, resource: Resource, called: str, carries: _Carries, argument: str
    ) -> BilledResource:
        """Something that has the tags only that are handed on to it, by an argument."""
        source, ask = self._sources.of(resource), partial(carries, resource)
        return BilledResource(resource, called, ask, resource[argument], source, False)

    # -- tags ----------------------------------------------------------------------------------

    def _resource(self, resource: Resource, name: str) -> Value:
        return _is_free(resource) | self._own(resource, name)

    def _own(self, resource: Resource, name: str) -> Value:
        """Three-valued: whether a tag of this name is on a resource."""
        own = holds(resource["tags"], name) | holds(resource["tags_all"], name)
        if own.truth() is True:
            return own
        default = self._sources.of(resource).holds(name)
        return own | default | self._added(resource, name) | _changed_outside(resource)

    def _added(self, resource: Resource, name: str) -> Value:
        """By resources that are nothing but a tag on another."""
        return any_of(
            exists_with(tag, resource) & is_called(tag["key"], name)
            for type_, argument in data.ADDED.items()
            for tag in self._graph.referring(resource, type_, argument)
        )

    def _machine(self, machine: Resource, name: str) -> Value:
        return self._own(machine, name) | self._by_template(machine, name)

    def _batch(self, batch: Resource, name: str) -> Value:
        """The tags of its own count for its machines, too."""
        launched = any_entry(
            batch["compute_resources"],
            lambda one: holds(one["tags"], name) | self._of_template(one["launch_template"], name),
        )
        return self._own(batch, name) | launched

    # -- what is launched ----------------------------------------------------------------------

    def _by_template(self, launcher: Resource, name: str) -> Value:
        """Three-valued: whether launch templates put a tag of this name on machines."""
        arguments = data.TEMPLATES[launcher.type]
        return any_of(self._of_template(launcher[argument], name) for argument in arguments)

    def _of_template(self, blocks: Value, name: str) -> Value:
        """What the launch templates say that blocks name."""
        if holds_any(blocks).truth() is False:
            return known(False)
        templates = self._graph.referenced(blocks, "aws_launch_template")
        if not templates:
            return applied("template", blocks, type_=BOOL)
        return any_of(_specified(template, name) for template in templates)

    def _fleet(self, fleet: Resource, name: str) -> Value:
        """A fleet's own tags are not on its machines."""
        launched = any_entry(fleet["launch_specification"], lambda one: holds(one["tags"], name))
        return launched | self._by_template(fleet, name)

    def _group(self, group: Resource, name: str) -> Value:
        """Neither are those of a group that it does not propagate; the provider puts none on
        groups."""
        own = any_of(
            any_entry(group[argument], lambda tag: _is_propagated(tag, name))
            for argument in ("tag", "tags")
        )
        beside = any_of(
            exists_with(other, group) & any_entry(other["tag"], partial(_is_propagated, name=name))
            for other in self._graph.referring(
                group, "aws_autoscaling_group_tag", "autoscaling_group_name"
            )
        )
        return own | beside | self._by_template(group, name) | _changed_outside(group)

    # -- what runs on Fargate ------------------------------------------------------------------

    def _tasks(self, service: Resource, name: str) -> Value:
        """Three-valued: whether a tag of this name is on the tasks of a service."""
        source = service["propagate_tags"]
        own = is_any_of(source, "SERVICE") & self._own(service, name)
        tasks = is_any_of(source, "TASK_DEFINITION") & self._of_definition(service, name)
        return ~self._is_on_fargate(service) | own | tasks

    def _of_definition(self, service: Resource, name: str) -> Value:
        definitions = self._definitions(service)
        if not definitions:
            return applied("tagged", service["task_definition"], type_=BOOL)
        return any_of(self._own(definition, name) for definition in definitions)

    def _definitions(self, service: Resource) -> list[Resource]:
        return self._graph.referenced(service["task_definition"], "aws_ecs_task_definition")

    def _is_on_fargate(self, service: Resource) -> Value:
        """Three-valued; what names neither a launch type nor a capacity provider is where its
        task definition says that it has to be."""
        launch_type, providers = service["launch_type"], service["capacity_provider_strategy"]
        named = any_entry(
            providers, lambda one: is_any_of(one["capacity_provider"], "FARGATE", "FARGATE_SPOT")
        )
        unsaid = is_absent(launch_type) & ~holds_any(providers)
        needed = any_of(_needs_fargate(task) for task in self._definitions(service))
        return is_any_of(launch_type, "FARGATE") | named | (unsaid & needed)


def _is_free(resource: Resource) -> Value:
    argument, free = data.FREE.get(resource.type, ("", ""))
    return is_any_of(resource.get(argument, free), free) if argument else known(False)


def _specified(template: Resource, name: str) -> Value:
    return any_entry(
        template["tag_specifications"],
        lambda one: is_any_of(one["resource_type"], "instance") & holds(one["tags"], name),
    )


def _is_propagated(tag: Value, name: str) -> Value:
    return is_called(tag["key"], name) & given(tag, "propagate_at_launch", False)


def _needs_fargate(task: Resource) -> Value:
    needed = task["requires_compatibilities"]
    other = any_entry(needed, lambda one: is_any_of(one, "EC2", "EXTERNAL"))
    return any_entry(needed, lambda one: is_any_of(one, "FARGATE")) & ~other


def _changed_outside(resource: Resource) -> Value:
    """Not known where Terraform is told to leave the tags of a resource alone, else false."""
    for lifecycle in resource["lifecycle"]:
        ignored = lifecycle["ignore_changes"]
        names = [ignored] if is_any_of(ignored, "all").truth() else ignored
        if any(is_any_of(name, *_IGNORED).truth() for name in names):
            reason = "has tags that others may change: `ignore_changes`"
            return unknown(str(resource), reason, ignored.place, scope=resource.root)
    return known(False)
