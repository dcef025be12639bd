"""From an inventory of files to the one graph; a parser is imported when it has files to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cloudlint.discovery import Inputs, Inventory, Repository
from cloudlint.graph.environment import Rules
from cloudlint.graph.model import Graph
from cloudlint.source import Diagnostic

Diagnose = Callable[[], Iterator[Diagnostic]]


def build_graph(
    repository: Repository,
    inventory: Inventory,
    inputs: Inputs,
    rules: Rules,
    cache_directory: Path | None = None,
) -> tuple[Graph, Diagnose]:
    """The graph, and a function that tells what was found wrong: to be called when policies have
    been asked, for Terraform is evaluated while they ask. Syntax trees are kept below
    `cache_directory`, where there is one."""
    graph = Graph()
    problems: list[Diagnostic] = []
    later: Diagnose = lambda: iter(())  # noqa: E731 - nothing to tell later without Terraform
    if inventory.of("dockerfile"):
        from cloudlint.graph import dockerfiles

        problems += dockerfiles.add(graph, repository, inventory.of("dockerfile"), rules)
    if inventory.of("compose"):
        from cloudlint.graph import services

        problems += services.add(graph, repository, inventory.of("compose"), rules)
    if inventory.of("env"):
        from cloudlint.graph import env_files

        problems += env_files.add(graph, repository, inventory.of("env"), rules)
    if inventory.of("terraform"):
        from cloudlint.graph import terraform

        loaded = terraform.add(
            graph,
            repository,
            inventory.of("terraform"),
            inventory.of("tfvars"),
            inputs,
            rules,
            cache_directory,
        )
        later = lambda: terraform.diagnostics(loaded)  # noqa: E731

    def diagnose() -> Iterator[Diagnostic]:
        yield from problems
        yield from later()

    return graph, diagnose
