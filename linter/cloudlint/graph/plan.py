"""Resources of a Terraform plan as nodes of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname
from typing import TYPE_CHECKING

from cloudlint.discovery import Repository, Unreadable
from cloudlint.graph.environment import Rules, names_environment
from cloudlint.graph.model import Graph, Resource, without_keys
from cloudlint.parsers.plan import reader
from cloudlint.parsers.plan.bodies import Bodies
from cloudlint.parsers.plan.model import Plan, PlannedResource, calls_in, mapping
from cloudlint.parsers.plan.reader import is_plan
from cloudlint.source import Diagnostic
from cloudlint.values import Known, Value, known

if TYPE_CHECKING:
    from cloudlint.parsers.plan.sources import Sources

__all__ = ["add", "is_plan"]

_SOURCES = (".tf", ".tofu", ".tf.json", ".tofu.json")


def add(
    graph: Graph, repository: Repository, path: str, rules: Rules, directory: str | None = None
) -> Iterator[Diagnostic]:
    """Load the plan in a file of the repository into the graph; yields what is wrong with it.

    Findings point into the sources where they stand in `directory` (that of the plan, if not
    given), else at the address in the plan.
    """
    try:
        plan = reader.read(repository, path)
    except Unreadable as problem:
        yield problem.diagnostic
        return
    scope = f"{path}#"
    sources = _sources(repository, directory or dirname(path) or ".", plan, scope)
    bodies = Bodies(plan, sources, scope)
    for resource in plan.resources:
        graph.add(_resource(bodies, resource, rules))
    yield from plan.diagnostics


def _sources(repository: Repository, directory: str, plan: Plan, scope: str) -> Sources | None:
    if not any(name.endswith(_SOURCES) for name in repository.names(directory)):
        return None
    from cloudlint.parsers.plan.sources import beside

    return beside(repository, directory, plan, scope)


def _resource(bodies: Bodies, planned: PlannedResource, rules: Rules) -> Resource:
    path = bodies.plan.file.path
    body = bodies.body(planned)
    return Resource(
        key=bodies.scope + planned.address,
        address=planned.address,
        type=f"data.{planned.type}" if planned.mode == "data" else planned.type,
        format="terraform",
        body=body,
        span=bodies.header(planned),
        judged=lambda: rules.judge((path,), _environment_values(bodies.plan, planned, body)),
        module=bodies.scope + planned.module,
        declared=without_keys(planned.address),
        model=planned,
    )


def _environment_values(plan: Plan, planned: PlannedResource, body: Known) -> Iterator[Value]:
    """Values that name the environment: the resource's tags, then variables from the resource's
    own module outwards."""
    for argument in ("tags", "tags_all"):
        tags = body.mapping.get(argument)
        for name, value in tags.mapping.items() if isinstance(tags, Known) else ():
            if names_environment(name):
                yield value
    for caller, name, _, _ in reversed(list(calls_in(planned.module))):
        module = plan.configured_module(caller)
        call = module.calls.get(name) if module else None
        for argument, expression in call.expressions.items() if call else ():
            said = mapping(expression).get("constant_value")
            if names_environment(argument) and isinstance(said, str):
                yield known(said)
    for name, variable in plan.variables.items():
        if names_environment(name) and isinstance(variable.value, str):
            yield known(variable.value)
