"""From the parsers' models to the one graph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudlint.graph.environment import NAMES, Rules
from cloudlint.graph.model import Graph, Resource
from cloudlint.parsers.terraform.module import ModuleInstance, ResourceInstance
from cloudlint.parsers.terraform.project import Root, Terraform
from cloudlint.values import Value

_INSTANCE_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]')


def add_terraform(graph: Graph, terraform: Terraform, rules: Rules) -> None:
    """Put every resource, data source and unreadable module call of every root into the graph."""
    for root in terraform.roots:
        for instance in root.module.all_resources():
            graph.add(_terraform_resource(root, instance, rules))


def _terraform_resource(root: Root, instance: ResourceInstance, rules: Rules) -> Resource:
    module = instance.module
    span = instance.declaration.header
    return Resource(
        key=root.scope + instance.address,
        address=instance.address,
        type=_type(instance),
        format="terraform",
        body=instance.body,
        span=span,
        judged=lambda: rules.judge((root.directory,), _environment_values(instance)),
        conditions=tuple(instance.conditions),
        open=instance.repetition.open,
        module=root.scope + module.address,
        declared=_INSTANCE_KEY.sub("", instance.address),
    )


def _type(instance: ResourceInstance) -> str:
    if instance.mode == "call":
        return f"module:{instance.type}"
    return instance.type if instance.mode == "managed" else f"{instance.mode}.{instance.type}"


def _environment_values(instance: ResourceInstance) -> Iterator[Value]:
    """Values that name the environment: the resource's tags, then variables from the resource's
    own module outwards."""
    if "tags" in instance.body.mapping:
        tags = instance.body.mapping["tags"]
        for name, value in getattr(tags, "mapping", {}).items():
            if name.lower() in NAMES:
                yield value
    module: ModuleInstance | None = instance.module
    while module is not None:
        for name in module.config.variables:
            if name.lower() in NAMES:
                yield module.variable(name)
        module = module.parent
