"""What provider configurations say of the resources they make: the tags they put on all."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.parsers.terraform import providers
from cloudlint.parsers.terraform.body import LazyBody
from cloudlint.parsers.terraform.config import Declaration
from cloudlint.parsers.terraform.module import ModuleInstance, ResourceInstance
from cloudlint.source import Span
from cloudlint.values import NULL, Known, Value


@dataclass(frozen=True, slots=True, eq=False)
class Provider:
    """What makes resources: the configuration of a provider; without a `header`, one that no root
    configures. `tags` are put on all that it makes, `ignored` are blocks of tags that it leaves to
    others; null where there are none."""

    name: str
    header: Span | None
    tags: Value = NULL
    ignored: Value = NULL


class Providers:
    """The configurations of providers in one root, each read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], Provider] = {}

    def of(self, instance: ResourceInstance) -> Provider:
        """What makes a resource."""
        module, name = providers.used(instance)
        found = self._read.get((module.address, name))
        if found is None:
            declaration = providers.configuration(module, name)
            found = _provider(module, name, declaration)
            self._read[module.address, name] = found
        return found


def _provider(module: ModuleInstance, name: str, declaration: Declaration | None) -> Provider:
    if declaration is None:
        return Provider(name, None)
    body = LazyBody(declaration.body, module.scope_of(declaration), module.problem)
    blocks = body.get("default_tags", NULL)
    tags = blocks[0]["tags"] if not isinstance(blocks, Known) or blocks.blocks else NULL
    return Provider(name, declaration.header, tags, body.get("ignore_tags", NULL))
