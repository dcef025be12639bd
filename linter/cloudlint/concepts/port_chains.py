"""Where ports are handed on: compose service → image, load balancer → container → image.

A target group's own port is not compared: ECS registers the container's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from cloudlint.concepts.base import (
    Concept,
    Requirement,
    Unknowable,
    any_of,
    are_equal,
    doubtful,
    entries,
)
from cloudlint.concepts.built_images import BuiltImages, mapped_ports
from cloudlint.concepts.image_ports import exposed_ports
from cloudlint.concepts.placed_containers import Placed, Unplaced, containers_in
from cloudlint.concepts.ports import PortChain
from cloudlint.concepts.secrets.environments import EnvironmentVariable
from cloudlint.concepts.services import built_stages, lost_builds
from cloudlint.concepts.terraform_containers import variables_of
from cloudlint.graph import Graph, Resource, given
from cloudlint.graph.dockerfiles import BuildStage
from cloudlint.graph.services import ProjectService
from cloudlint.parsers.dockerfile.model import Stage
from cloudlint.values import Known, Value, applied, known
from cloudlint.values.types import BOOL


def services(graph: Graph) -> Iterator[Concept]:
    """Compose services that publish ports of images that are built here."""
    for service, stage in built_stages(graph):
        if isinstance(service.model, ProjectService) and isinstance(stage.model, BuildStage):
            model = service.model.service
            if model.command.known_or("?") is None and model.entrypoint.known_or("?") is None:
                check = partial(_published, service.model, stage.model.stage)
                yield PortChain(service, f"the service `{model.name}`", check)
    for lost in lost_builds(graph):
        if lost.model.ports:
            yield Unknowable(lost.service, lost.reason)


def _published(model: ProjectService, stage: Stage) -> list[Requirement]:
    """One of the published ports is one that the image exposes; others may be for debugging."""
    ports = [port for port in model.service.ports if port.protocol.known_or("tcp") == "tcp"]
    if not ports:
        return []
    wanted = [number for port in ports for number in port.targets()]
    offered = exposed_ports(stage)
    problem = f"publishes port {_listed(wanted)}, but its image exposes {_listed(offered)}"
    met: Value = known(not offered or not set(wanted).isdisjoint(offered))
    for number in wanted:
        met = met | _is_told(known(number), model.service.environment.items())
    return [Requirement(met, problem, known(None, ports[0].span))]


_TELLING = re.compile(r"PORT|URL|LISTEN|BIND|ADDR", re.IGNORECASE)
"""In the names of variables that tell a program where to listen."""


def _is_told(port: Value, variables: Iterable[tuple[str, Value]]) -> Value:
    """Three-valued: whether a variable tells a program to listen on a port, whatever its image
    exposes."""
    return any_of(_ends_in(value, port) for name, value in variables if _TELLING.search(name))


def _ends_in(value: Value, port: Value) -> Value:
    if isinstance(value, Known) and isinstance(port, Known):
        return known(bool(re.search(rf"(?<!\d){port}\Z", str(value.python()))))
    return applied("tells", value, port, type_=BOOL)


def _listed(ports: list[int]) -> str:
    return " and ".join(str(port) for port in ports)


def tasks(graph: Graph) -> Iterator[PortChain]:
    """Containers in Terraform of images that are built here, and ECS services behind load
    balancers."""
    behind: dict[str, list[Placed | Unplaced]] = {}
    images = BuiltImages(graph)
    for found in containers_in(graph):
        if found.resource.type == "aws_ecs_task_definition":
            behind.setdefault(found.resource.key, []).append(found)
        if not isinstance(found, Placed) or found.form.ports is None:
            continue
        if images.may_run_in(found):
            name = found[found.form.name].known_or("")
            what = f"the container `{name}` of {found.resource}"
            yield PortChain(found.resource, what, partial(_mapped, images, found))
    for service in graph.of("aws_ecs_service"):
        check = partial(_balanced, graph, service, behind)
        yield PortChain(service, str(service), check)


def _mapped(images: BuiltImages, container: Placed) -> list[Requirement]:
    """One of a container's ports is one that its image exposes."""
    ports = mapped_ports(container)
    stage = images.stage_in(container) if ports else None
    if stage is None:
        return []
    offered = exposed_ports(stage)
    met: Value = known(not offered)
    variables = list(variables_of(container))
    told = [(v.name, v.value) for v in variables if isinstance(v, EnvironmentVariable)]
    for port in ports:
        met = met | _is_one_of(port, offered) | _is_told(port, told)
    for variable in variables:
        if isinstance(variable, Unknowable):
            met = met | doubtful(variable.reason).met
    problem = f"maps port {ports[0]}, but its image exposes {_listed(offered)}"
    return [Requirement(met, problem, ports[0])]


def _balanced(
    graph: Graph, service: Resource, containers: dict[str, list[Placed | Unplaced]]
) -> list[Requirement]:
    """A load balancer asks a port that the container maps."""
    found = []
    tasks = graph.referenced(service["task_definition"], "aws_ecs_task_definition")
    behind = [container for task in tasks for container in containers.get(task.key, [])]
    for block in entries(service["load_balancer"]):
        found += _asked(block, behind)
    return found


def _asked(block: Value, behind: list[Placed | Unplaced]) -> list[Requirement]:
    """Of the container that a load balancer names; of those that may be it where none surely is."""
    port = given(block, "container_port", 0)
    found: list[Requirement] = []
    for container in behind:
        if isinstance(container, Unplaced):
            found.append(doubtful(container.reason))
            continue
        is_it = are_equal(block["container_name"], container.body["name"])
        if is_it.truth() is not False:
            mapped = _maps(port, container.body["portMappings"], is_it)
            if is_it.truth():
                return mapped
            found += mapped
    return found


def _maps(port: Value, mappings: Value, is_it: Value) -> list[Requirement]:
    if isinstance(mappings, Known) and not len(mappings):
        return []
    mapped = [given(entry, "containerPort", 0) for entry in entries(mappings)]
    met = ~is_it
    for other in mapped:
        met = met | are_equal(port, other)
    listed = " and ".join(str(other) for other in mapped)
    problem = f"has its load balancer ask port {port}, but the container maps {listed}"
    return [Requirement(met, problem, port)]


def _is_one_of(port: Value, numbers: list[int]) -> Value:
    return any_of(are_equal(port, known(number)) for number in numbers)
