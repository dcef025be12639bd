"""What provider configurations say of the resources they make: the tags they put on all."""

from __future__ import annotations

from cloudlint.parsers.terraform.body import LazyBody
from cloudlint.parsers.terraform.config import Declaration
from cloudlint.parsers.terraform.module import ModuleInstance, ResourceInstance
from cloudlint.values import NULL, Known, Value


class DefaultTags:
    """The `default_tags` of the AWS provider's configurations in one root, each read once."""

    def __init__(self) -> None:
        self._tags: dict[str, Value] = {}

    def of(self, instance: ResourceInstance) -> Value:
        """The tags that the provider of a resource puts on it; null where there are none."""
        if not instance.type.startswith("aws_"):
            return NULL
        module, name = _provider_of(instance)
        tags = self._tags.get(name)
        if tags is None:
            declaration = _configuration(module, name)
            tags = self._tags[name] = NULL if declaration is None else _read(module, declaration)
        return tags


def _provider_of(instance: ResourceInstance) -> tuple[ModuleInstance, str]:
    """The root module, and what the resource's provider is called there: `aws`, `aws.dr`."""
    module = instance.module
    name = str(instance.body["provider"].known_or(None) or "aws")
    while module.parent is not None:
        name = _passed_as(module, name)
        module = module.parent
    return module, name


def _passed_as(module: ModuleInstance, name: str) -> str:
    """What the caller of a module calls one of its providers."""
    if module.call is None or module.parent is None:
        return name
    given = _body(module.parent, module.call).get("providers", NULL)
    found = given[name].known_or(None) if isinstance(given, Known) else None
    return found if isinstance(found, str) else name


def _configuration(root: ModuleInstance, name: str) -> Declaration | None:
    kind, _, alias = name.partition(".")
    for declaration in root.config.providers:
        given = _body(root, declaration).get("alias", NULL).known_or(None) or ""
        if declaration.labels == [kind] and given == alias:
            return declaration
    return None


def _read(root: ModuleInstance, declaration: Declaration) -> Value:
    blocks = _body(root, declaration).get("default_tags", NULL)
    return blocks[0]["tags"] if isinstance(blocks, Known) and blocks.items else NULL


def _body(module: ModuleInstance, declaration: Declaration) -> LazyBody:
    return LazyBody(declaration.body, module.scope_of(declaration), module.problem)
