"""Which provider configuration a resource uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudlint.parsers.terraform.body import guarded, names_in
from cloudlint.parsers.terraform.config import Declaration
from cloudlint.values import Known, Value

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.module import ModuleInstance
    from cloudlint.parsers.terraform.resources import ResourceInstance


def used(instance: ResourceInstance) -> tuple[ModuleInstance, str]:
    """The module that configures the provider of a resource, and what it is called there: `aws`,
    or `aws.alias`."""
    located = instance.declaration.attribute("provider")
    name = instance.type.partition("_")[0]
    if located is not None:
        name = _text(names_in(located.expression, located.file)) or name
    module = instance.module
    while module.parent is not None and configuration(module, name) is None:
        name = _passed(module, name)
        module = module.parent
    return module, name


def argument(instance: ResourceInstance, name: str) -> Value | None:
    """An argument of the provider's configuration; None where it is not given."""
    module, provider = used(instance)
    found = configuration(module, provider)
    located = found.attribute(name) if found else None
    if found is None or located is None:
        return None
    return guarded(name, located, module.scope_of(found), module.problem)


def configuration(module: ModuleInstance, name: str) -> Declaration | None:
    """The configuration of that name in a module: `aws`, `aws.alias`."""
    for declaration in module.config.providers:
        alias = declaration.attribute("alias")
        text = _text(names_in(alias.expression, alias.file)) if alias else ""
        if name == ".".join(filter(None, [declaration.labels[0], text])):
            return declaration
    return None


def _passed(module: ModuleInstance, name: str) -> str:
    """What the caller of a module calls a provider of the module."""
    located = module.call.attribute("providers") if module.call else None
    if located is None:
        return name
    passed = names_in(located.expression, located.file)
    given = passed.mapping.get(name) if isinstance(passed, Known) else None
    return name if given is None else _text(given) or name


def _text(value: Value) -> str:
    return value.string() if isinstance(value, Known) and value.kind == "string" else ""
