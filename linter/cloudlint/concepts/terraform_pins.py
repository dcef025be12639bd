"""Module calls and provider requirements in Terraform's own blocks."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.base import is_null
from cloudlint.concepts.pins import ModuleCall, ProviderRequirement
from cloudlint.concepts.terraform_roots import is_deployed
from cloudlint.graph import Graph, Resource
from cloudlint.graph.terraform import roots
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.body import LazyBody, guarded
from cloudlint.parsers.terraform.config import Declaration, Located
from cloudlint.parsers.terraform.module import ModuleInstance
from cloudlint.parsers.terraform.project import Root
from cloudlint.source import Span
from cloudlint.values import NULL, Value

_EXAMPLES = frozenset({"example", "examples", "test", "tests"})


def module_calls(graph: Graph) -> Iterator[ModuleCall]:
    """The calls in all modules of the repository, each once."""
    seen: set[int] = set()
    for resource, root, module in _modules(graph):
        for name, call in module.config.calls.items():
            if id(call) not in seen:
                seen.add(id(call))
                yield _call(resource, module, name, call, _is_run(root, module))


def provider_requirements(graph: Graph) -> Iterator[ProviderRequirement]:
    """What all modules of the repository require, and what roots configure without that. What a
    module requires is said once for all roots that call it: for one that gives no version."""
    found: dict[Span, ProviderRequirement] = {}
    for resource, root, module in _modules(graph):
        required = _required(root.module)
        for name, (version, place) in _required(module).items():
            elsewhere = module.parent is not None and _has_version(required.get(name))
            run = _is_run(root, module)
            one = ProviderRequirement(resource, name, version, place, run, elsewhere)
            if place not in found or found[place].is_bounded_elsewhere:
                found[place] = one
        if module.parent is None and is_deployed(root):
            for one in _unrequired(resource, module):
                found.setdefault(one.place, one)
    yield from found.values()


def _modules(graph: Graph) -> Iterator[tuple[Resource, Root, ModuleInstance]]:
    """Every instance of every module that stands in the repository, with its root; not what
    `terraform init` has installed."""
    for resource, root in roots(graph):
        for module in root.module.all_modules():
            config = module.config
            if not config.is_stub and ".terraform" not in config.directory.split("/"):
                yield resource, root, module


def _is_run(root: Root, module: ModuleInstance) -> bool:
    folders = root.directory.split("/")
    return module.parent is None and is_deployed(root) and not _EXAMPLES.intersection(folders)


def _call(
    resource: Resource, module: ModuleInstance, name: str, call: Declaration, is_run: bool
) -> ModuleCall:
    body = LazyBody(call.body, module.scope_of(call), module.problem)
    absent = NULL.written_at(call.header)
    return ModuleCall(
        resource,
        f"{module.prefix}module.{name}",
        body.get("source", absent),
        body.get("version", absent),
        call.header,
        is_run,
    )


def _required(module: ModuleInstance) -> dict[str, tuple[Value, Span]]:
    """The version constraints of a module by the names of providers, each with its entry."""
    required = {}
    for settings in module.config.settings:
        for file, block in settings.body.blocks().get("required_providers", ()):
            for attribute in block.body.attributes:
                entry = Located(file, attribute)
                if not _is_built_in(entry):
                    required[attribute.name] = (_version(module, settings, entry), entry.span)
    return required


def _is_built_in(entry: Located) -> bool:
    source = _item(entry, "source")
    return isinstance(source, syntax.Literal) and str(source.value).startswith("terraform.io/")


def _version(module: ModuleInstance, settings: Declaration, entry: Located) -> Value:
    """The rest of an entry are names of configurations, which are no values."""
    node = _item(entry, "version")
    if node is None:
        return NULL.written_at(_head(entry))
    span = entry.file.span(node.start, node.end)
    attribute = syntax.Attribute(node.start, node.end, "version", node.start, node)
    scope = module.scope_of(settings)
    return guarded("version", Located(entry.file, attribute), scope, module.problem).used_at(span)


def _item(entry: Located, name: str) -> syntax.Expression | None:
    """An item of an entry; an entry that is a text is the version."""
    if not isinstance(entry.expression, syntax.Object):
        return entry.expression if name == "version" else None
    for item in entry.expression.items:
        if isinstance(item.key, syntax.Literal) and item.key.value == name:
            return item.value
    return None


def _head(entry: Located) -> Span:
    return entry.file.span(entry.attribute.start, entry.attribute.name_end)


def _has_version(required: tuple[Value, Span] | None) -> bool:
    return required is not None and not is_null(required[0])


def _unrequired(resource: Resource, module: ModuleInstance) -> Iterator[ProviderRequirement]:
    """Providers that a root configures and does not require, with the `version` that Terraform
    before 0.13 had in their configuration. One entry for all configurations of a provider."""
    versions: dict[str, tuple[Value, Span]] = {}
    required = _required(module)
    for provider in module.config.providers:
        name = provider.labels[0]
        body = LazyBody(provider.body, module.scope_of(provider), module.problem)
        version = body.get("version", NULL.written_at(provider.header))
        if name not in required and not _has_version(versions.get(name)):
            versions[name] = (version, provider.header)
    for name, (version, place) in versions.items():
        yield ProviderRequirement(resource, name, version, place, is_deployed=True)
