"""What ECS and Batch container definitions say about isolation and health."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts import privileges
from cloudlint.concepts.base import Requirement, is_absent, is_any_of
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Value, applied, known, same, unknown
from cloudlint.values.types import BOOL

_TASK = "aws_ecs_task_definition"


def isolation(resource: Resource, definition: Value, *, first: bool) -> list[Requirement]:
    """One requirement for each way to the host; what the whole task says counts for its first
    container."""
    return list(_isolation(resource, definition, first))


def _isolation(resource: Resource, definition: Value, first: bool) -> Iterator[Requirement]:
    yield from privileges.privileged(definition["privileged"])
    yield from privileges.capabilities(
        entries(definition["linuxParameters"]["capabilities"]["add"])
    )
    if first and resource.type == _TASK:
        yield from privileges.namespace(resource["pid_mode"], "process")
        yield from privileges.namespace(resource["ipc_mode"], "IPC")
        yield from privileges.namespace(resource["network_mode"], "network")
    sources = dict(_host_paths(resource, definition))
    for point in entries(definition["mountPoints"]):
        source = sources.get(point["sourceVolume"].key)
        if source is not None:
            yield privileges.mount(source, source)


def _host_paths(resource: Resource, definition: Value) -> Iterator[tuple[str, Value]]:
    """What the volumes of a task show of the host, by the key of their name."""
    if resource.type == _TASK:
        for volume in entries(resource["volume"]):
            yield volume["name"].key, volume["host_path"]
    for volume in entries(definition["volumes"]):
        yield volume["name"].key, volume["host"]["sourcePath"]


def entries(value: Value) -> list[Value]:
    """The entries of a list; one that is not known stands for its entries."""
    return list(value) if isinstance(value, Known) else [value]


def read_only_root(resource: Resource, definition: Value) -> list[Requirement]:
    if _is_windows(resource):
        return []
    flag = definition["readonlyRootFilesystem"]
    problem = "can write to its root file system: `readonlyRootFilesystem` is not set"
    return [Requirement(~is_absent(flag) & flag, problem, flag)]


def no_new_privileges(resource: Resource, definition: Value) -> list[Requirement]:
    """Tasks on Fargate have no such option."""
    if resource.type != _TASK or _is_windows(resource):
        return []
    if "FARGATE" in resource["requires_compatibilities"]:
        return []
    met: Value = known(False)
    options = definition["dockerSecurityOptions"]
    for option in entries(options):
        met = met | is_any_of(option, "no-new-privileges", "no-new-privileges:true")
    problem = "may gain privileges: `dockerSecurityOptions` has no `no-new-privileges`"
    return [Requirement(met, problem, options)]


def _is_windows(resource: Resource) -> bool:
    platforms = entries(resource["runtime_platform"])
    families = [platform["operating_system_family"].known_or("") for platform in platforms]
    return any(str(family).startswith("WINDOWS") for family in families)


_STARTERS = (
    ("aws_cloudwatch_event_target", "ecs_target"),
    ("aws_pipes_pipe", "target_parameters"),
    ("aws_scheduler_schedule", "target"),
    ("aws_sfn_state_machine", "definition"),
)
"""What starts a task for one job, and the argument that names it."""


def health_check(graph: Graph, resource: Resource, definition: Value) -> list[Requirement]:
    """A container of a service says how it is checked, unless a load balancer checks it. The
    task's health does not depend on containers that are not essential; log routers are checked
    by ECS."""
    if resource.type != _TASK:
        return []
    given = definition["healthCheck"]
    met = ~is_absent(given) & ~is_any_of(given["command"][0], "NONE")
    met = met | _same(definition["essential"], known(False))
    met = met | ~is_absent(definition["firelensConfiguration"])
    if met.truth() is None or met:
        return [Requirement(met, "", given)]
    services = _services(graph, resource)
    if not services and any(graph.referring(resource, *starter) for starter in _STARTERS):
        return []
    problem = "has no `healthCheck` (ECS ignores that of the image) and is behind no load balancer"
    return [Requirement(_are_balanced(resource, services, definition["name"]), problem, given)]


def _services(graph: Graph, task: Resource) -> list[Resource]:
    argument = ("aws_ecs_service", "task_definition")
    return graph.referring(task, *argument) + graph.naming(task, task["family"], *argument)


def _are_balanced(task: Resource, services: list[Resource], container: Value) -> Value:
    """Three-valued: whether a load balancer asks the container in all services of its task."""
    if not services:
        return unknown(f"what runs {task}", "is not in the configuration").used_at(task.span)
    result: Value = known(True)
    for service in services:
        balanced: Value = known(False)
        for block in entries(service["load_balancer"]):
            balanced = balanced | _same(block["container_name"], container)
        result = result & balanced
    return result


def _same(one: Value, other: Value) -> Value:
    answer = same(one, other)
    return applied("==", one, other, type_=BOOL) if answer is None else known(answer)
