"""The Terraform sources that a plan was made from, where they stand beside it.

They tell where an argument is written, and what is known of it although its value is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cloudlint.discovery import Inputs, Repository
from cloudlint.parsers.plan.model import Json, Plan, PlannedResource
from cloudlint.parsers.terraform import data_sources
from cloudlint.parsers.terraform.config import ConfigLoader
from cloudlint.parsers.terraform.module import Argument, ModuleInstance, ResourceInstance
from cloudlint.parsers.terraform.project import Root, Terraform
from cloudlint.source import Span
from cloudlint.values import Known, Step, Value, known, unknown


@dataclass(frozen=True, slots=True)
class Written:
    """A resource's block in the sources; `is_exact` says that it is evaluated for the very
    instance, not for one that stands for all."""

    instance: ResourceInstance
    is_exact: bool

    @property
    def header(self) -> Span:
        return self.instance.header

    @property
    def body(self) -> Known:
        return self.instance.body

    def computed(self, name: str) -> Value | None:
        """An attribute that follows from the arguments of a data source."""
        if self.instance.mode != "data" or not self.is_exact:
            return None
        return data_sources.attribute(self.instance, name)


class Sources:
    """The root module in a directory, evaluated with the variables of a plan. References in it
    are to the plan's resources: they have its `scope`."""

    def __init__(
        self,
        repository: Repository,
        loader: ConfigLoader,
        directory: str,
        plan: Plan,
        scope: str,
    ) -> None:
        self._root = Root(Terraform(repository, loader, [], Inputs()), directory)
        self._root.scope = scope
        self._root.module.arguments = _arguments(plan)

    def find(self, resource: PlannedResource) -> Written | None:
        """The block of a planned resource; None where the sources have none."""
        instance = self._instances.get(resource.address)
        if instance is not None:
            is_stub = instance.module.site is not None
            return Written(instance, not (instance.repetition.open or is_stub))
        declared = (resource.mode, resource.type, resource.name)
        module = self._modules.get(resource.module)
        if module is None or declared not in module.config.resources:
            return None
        instances = module.resource(*declared)
        return Written(instances[0], False) if instances else None

    @cached_property
    def _modules(self) -> Mapping[str, ModuleInstance]:
        return {module.address: module for module in self._root.module.all_modules()}

    @cached_property
    def _instances(self) -> Mapping[str, ResourceInstance]:
        return {instance.address: instance for instance in self._root.module.all_resources()}


def _arguments(plan: Plan) -> dict[str, Argument]:
    return {
        name: _argument(name, variable.value, plan.file.path, variable.sensitive)
        for name, variable in plan.variables.items()
    }


def _argument(name: str, data: Json, path: str, sensitive: bool) -> Argument:
    def read() -> Value:
        try:
            value: Value = known(data)  # type: ignore[arg-type]
        except RecursionError:
            value = unknown(f"var.{name}", "is nested too deeply to be read")
        return value.via(Step(f"{path} sets {name}", None)).marked_sensitive(sensitive)

    return read


def beside(repository: Repository, directory: str, plan: Plan, scope: str) -> Sources | None:
    """The sources in a directory, if they declare any of the plan's root resources or calls."""
    loader = ConfigLoader(repository, [])
    config = loader.load(directory)
    planned = {(r.mode, r.type, r.name) for r in plan.resources if not r.module}
    called = set(plan.configuration.calls)
    if planned & set(config.resources) or called & set(config.calls):
        return Sources(repository, loader, directory, plan, scope)
    return None
