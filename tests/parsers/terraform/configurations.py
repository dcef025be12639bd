"""Configurations written by tests, and questions to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from cloudlint.discovery import Inputs, Repository, take_inventory
from cloudlint.graph import Graph, Resource, terraform
from cloudlint.graph.environment import Rules
from cloudlint.parsers.terraform import project
from cloudlint.parsers.terraform.project import Terraform
from cloudlint.source import Diagnostic
from cloudlint.values import Value

Files = Mapping[str, str]


def load(directory: Path, files: Files | str, inputs: Inputs | None = None) -> Terraform:
    """The Terraform of files by path, or of one `main.tf`."""
    repository = _written(directory, files)
    inventory = take_inventory(repository, [directory], lambda path: False)
    return project.load(repository, inventory.of("terraform"), inventory.of("tfvars"), inputs)


def _written(directory: Path, files: Files | str) -> Repository:
    for path, text in ({"main.tf": files} if isinstance(files, str) else files).items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")
    return Repository(directory)


def local(directory: Path, files: Files | str, inputs: Inputs | None = None) -> Value:
    """The value of `local.x` in the root module."""
    return load(directory, files, inputs).roots[0].module.local("x")


def graph(directory: Path, files: Files | str) -> Graph:
    """The resource graph of a configuration."""
    repository = _written(directory, files)
    inventory = take_inventory(repository, [directory], lambda path: False)
    made = Graph()
    paths = inventory.of("terraform"), inventory.of("tfvars")
    terraform.add(made, repository, *paths, Inputs(), Rules())
    return made


def referenced(made: Graph, address: str, argument: str) -> list[str]:
    """The addresses of the resources that an argument refers to."""
    return [found.address for found in made.referenced(resource(made, address)[argument])]


def resource(made: Graph, address: str) -> Resource:
    return next(found for found in made.resources if found.address == address)


def addresses(loaded: Terraform) -> list[str]:
    return [instance.address for root in loaded.roots for instance in root.module.all_resources()]


def told(loaded: Terraform) -> list[Diagnostic]:
    """Everything found wrong, when every value has been asked for."""
    for root in loaded.roots:
        for module in root.module.all_modules():
            for ask, names in (
                (module.variable, module.config.variables),
                (module.local, module.config.locals),
                (module.output, module.config.outputs),
            ):
                for name in names:
                    ask(name)
        for instance in root.module.all_resources():
            list(instance.body.mapping.values())
    return list(terraform.diagnostics(loaded))
