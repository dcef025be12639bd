"""Which tags the AWS provider puts on all that it makes."""

from __future__ import annotations

from functools import partial

from cloudlint.concepts.aws.tags import any_entry, begins, holds, is_called
from cloudlint.concepts.billing import TagSource
from cloudlint.concepts.terraform_roots import header, is_deployed
from cloudlint.graph import Graph, Resource
from cloudlint.graph.providers import Provider, Providers
from cloudlint.graph.terraform import roots
from cloudlint.parsers.terraform.module import ResourceInstance
from cloudlint.parsers.terraform.project import Root
from cloudlint.source import Span
from cloudlint.values import Value, known, unknown


class TagSources:
    """The provider configurations of a graph, as sources of tags."""

    def __init__(self, graph: Graph) -> None:
        self._roots = {node.root: (root, Providers()) for node, root in roots(graph)}
        self._sources: dict[Provider | str, TagSource] = {}

    def of(self, resource: Resource) -> TagSource:
        """What puts tags on a resource, besides itself. In a plan tags are complete."""
        instance = resource.model
        if not isinstance(instance, ResourceInstance):
            plan = TagSource(resource.root.rstrip("#"), resource.span, lambda name: known(False))
            return self._sources.setdefault(resource.root, plan)
        root, providers = self._roots[resource.root]
        provider = providers.of(instance)
        if provider not in self._sources:
            self._sources[provider] = _source(root, provider)
        return self._sources[provider]


def _source(root: Root, provider: Provider) -> TagSource:
    called = f"the provider `{provider.name}` of {root.directory}"
    if provider.header is None:
        verdict = _unconfigured(root, provider, called)
        return TagSource(called, header(root.module.config), lambda name: verdict)
    place: Value | Span = provider.tags if provider.tags.place else provider.header
    return TagSource(called, place, partial(_hold, root, provider, called))


def _unconfigured(root: Root, provider: Provider, called: str) -> Value:
    """A root that is run as it is has a provider without `default_tags` then."""
    tool = root.generator
    if not tool and is_deployed(root) and "." not in provider.name:
        return known(False)
    reason = f"may be written by {tool}" if tool else "is configured by whoever calls it"
    return unknown(called, reason, header(root.module.config), scope=root.scope)


def _hold(root: Root, provider: Provider, called: str, name: str) -> Value:
    return holds(provider.tags, name) | _left_to_others(root, provider, called, name)


def _left_to_others(root: Root, provider: Provider, called: str, name: str) -> Value:
    """Not known where the provider is told to leave tags of this name alone, else false."""
    left = any_entry(provider.ignored, lambda block: _is_named(block, name))
    if left.truth() is not True:
        return left
    reason = f"leaves the tag `{name}` to others"
    return unknown(called, reason, provider.ignored.place, scope=root.scope)


def _is_named(block: Value, name: str) -> Value:
    keys = any_entry(block["keys"], lambda key: is_called(key, name))
    return keys | any_entry(block["key_prefixes"], lambda prefix: begins(name, prefix))
