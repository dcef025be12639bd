"""What only ECS has to say of a container."""

from __future__ import annotations

from cloudlint.concepts.base import Requirement, any_of, are_equal, entries, is_absent, is_any_of
from cloudlint.graph import Graph, Resource
from cloudlint.values import Value, known, unknown

_TASK = "aws_ecs_task_definition"


def is_on_fargate(resource: Resource) -> bool:
    """Whether it is a task that runs on Fargate, which knows no security options."""
    return resource.type == _TASK and "FARGATE" in resource["requires_compatibilities"]


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
    met = met | are_equal(definition["essential"], known(False))
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
        balancers = entries(service["load_balancer"])
        result = result & any_of(are_equal(b["container_name"], container) for b in balancers)
    return result
