"""The root modules that are deployed, and the backends of their state."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.terraform_state import TerraformState
from cloudlint.graph import Graph, Resource
from cloudlint.graph.terraform import roots
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.body import block_value
from cloudlint.parsers.terraform.config import ModuleConfig
from cloudlint.parsers.terraform.evaluate import Scope
from cloudlint.parsers.terraform.project import Root
from cloudlint.source import SourceFile, Span
from cloudlint.values import Known


def states(graph: Graph) -> Iterator[TerraformState]:
    """The states of all roots but those that are no more than modules for others to call."""
    for resource, root in roots(graph):
        state = _state(resource, root)
        if state is not None:
            yield state


def _state(resource: Resource, root: Root) -> TerraformState | None:
    config = root.module.config
    found = _backend(config)
    if found is not None:
        file, block = found
        body = block_value(file, block, Scope(root.module, file), root.module.problem)
        kind = "cloud" if block.type == "cloud" else block.labels[0].value
        return TerraformState(resource, kind, body, file.span(block.start, block.header_end))
    if not is_deployed(root):
        return None
    place = header(config)
    return TerraformState(resource, "", Known({}, "object", span=place), place, root.generator)


_MODULES = frozenset({"modules", "module"})
"""Folders for what others call, even where nobody does."""


def is_deployed(root: Root) -> bool:
    """Whether a root is one that people run: it has a backend; or it makes something, and it has
    values or a lock file, or configures providers or takes no values where it is not kept as a
    module."""
    config, terraform = root.module.config, root.terraform_
    if _backend(config) is not None:
        return True
    if not (any(mode == "managed" for mode, _, _ in config.resources) or config.calls):
        return False
    lock = terraform.repository.join(root.directory, ".terraform.lock.hcl")
    is_kept_as_module = not _MODULES.isdisjoint(root.directory.split("/"))
    return (
        bool(terraform.tfvars_of(root.directory))
        or (lock is not None and terraform.repository.is_file(lock))
        or (not is_kept_as_module and (bool(config.providers) or not config.variables))
    )


def _backend(config: ModuleConfig) -> tuple[SourceFile, syntax.Block] | None:
    """The last `backend` or `cloud` block: override files come after the others."""
    found = None
    for settings in config.settings:
        blocks = settings.body.blocks()
        for type_ in ("backend", "cloud"):
            for file, block in blocks.get(type_, ()):
                if type_ == "cloud" or block.labels:
                    found = (file, block)
    return found


def header(config: ModuleConfig) -> Span:
    """Where settings of a root belong: the `terraform` block, or that of the provider; else what
    comes first."""
    declared = [*config.settings, *config.providers, *config.resources.values()]
    return [*declared, *config.calls.values()][0].header
