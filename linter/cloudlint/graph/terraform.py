"""Terraform's resources, data sources and unreadable module calls as nodes of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cloudlint.cache import Cache
from cloudlint.discovery import Inputs, Repository
from cloudlint.graph.conditions import environments_of
from cloudlint.graph.environment import Environment, Rules, names_environment
from cloudlint.graph.model import Graph, Resource, without_keys
from cloudlint.graph.providers import Providers
from cloudlint.parsers.terraform import project, trees
from cloudlint.parsers.terraform.module import ModuleInstance, ResourceInstance
from cloudlint.parsers.terraform.project import Root, Terraform
from cloudlint.source import Diagnostic, SourceFile
from cloudlint.values import NULL, Known, Value, known

ROOT_TYPE = "terraform.root"


def add(
    graph: Graph,
    repository: Repository,
    files: Sequence[str],
    tfvars: Sequence[str],
    inputs: Inputs,
    rules: Rules,
    cache_directory: Path | None = None,
) -> Terraform:
    """Load the Terraform of a repository into the graph; evaluation goes on while policies ask,
    and so do its diagnostics (see `diagnostics`)."""
    cache = None if cache_directory is None else Cache(cache_directory, trees.KIND)
    terraform = project.load(repository, files, tfvars, inputs, cache)
    for root in terraform.roots:
        graph.add(_root(root, rules))
        providers = Providers()
        for instance in root.module.all_resources():
            graph.add(_resource(root, instance, rules, providers))
    return terraform


def roots(graph: Graph) -> Iterator[tuple[Resource, Root]]:
    """The root modules of the graph, with their nodes."""
    for resource in graph.of(ROOT_TYPE):
        if isinstance(resource.model, Root):
            yield resource, resource.model


def diagnostics(terraform: Terraform) -> Iterator[Diagnostic]:
    """What was found wrong so far, in files and in what they say."""
    for config in terraform.loader.loaded():
        yield from config.diagnostics
    yield from terraform.diagnostics
    for root in terraform.roots:
        yield from root.diagnostics


def _root(root: Root, rules: Rules) -> Resource:
    config = root.module.config
    file = config.bodies[0][0] if config.bodies else SourceFile(root.directory, "")
    span = file.span(0, 0)
    address = f"the root module {root.directory}"
    return Resource(
        key=f"{root.scope}root",
        address=address,
        type=ROOT_TYPE,
        format="terraform",
        body=Known({}, "object", span=span),
        span=span,
        judged=lambda: (
            _declared(root) or rules.judge((root.directory,), _values(root, root.module))
        ),
        module=root.scope,
        declared=address,
        model=root,
    )


def _resource(
    root: Root, instance: ResourceInstance, rules: Rules, providers: Providers
) -> Resource:
    module = instance.module
    return Resource(
        key=root.scope + instance.address,
        address=instance.address,
        type=_type(instance),
        format="terraform",
        body=instance.body,
        span=instance.header,
        judged=lambda: (
            _declared(root)
            or rules.judge(
                (root.directory,),
                _environment_values(root, instance, providers),
                environments_of(instance.conditions),
            )
        ),
        conditions=tuple(instance.conditions),
        open=instance.repetition.open,
        module=root.scope + module.address,
        declared=without_keys(instance.address),
        model=instance,
    )


def _declared(root: Root) -> Environment | None:
    """The environment that the configuration declares for a deployment."""
    declared = root.deployment.environment if root.deployment else ""
    return Environment(declared) if declared else None


def _type(instance: ResourceInstance) -> str:
    if instance.mode == "call":
        return f"module:{instance.type}"
    return instance.type if instance.mode == "managed" else f"{instance.mode}.{instance.type}"


def _environment_values(
    root: Root, instance: ResourceInstance, providers: Providers
) -> Iterator[Value]:
    """Values that name the environment: the resource's tags, those its provider puts on it, then
    variables from the resource's own module outwards, and the workspace."""
    yield from _named(instance.body.mapping.get("tags", NULL))
    yield from _named(providers.of(instance).tags)
    yield from _values(root, instance.module)


def _values(root: Root, instance: ModuleInstance) -> Iterator[Value]:
    """The variables that name the environment, from a module outwards, then the workspace."""
    module: ModuleInstance | None = instance
    while module is not None:
        for name in module.config.variables:
            if names_environment(name):
                yield module.variable(name)
        module = module.parent
    yield known(root.workspace)


def _named(tags: Value) -> Iterator[Value]:
    """The tags that name the environment."""
    if isinstance(tags, Known):
        for name, value in tags.mapping.items():
            if names_environment(name):
                yield value
