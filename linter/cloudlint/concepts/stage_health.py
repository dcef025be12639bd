"""Whether the image of a build stage tells how it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudlint.concepts import image_data, service_data
from cloudlint.concepts.base import Requirement
from cloudlint.concepts.deployments import Deployments
from cloudlint.concepts.images import image_name
from cloudlint.graph import Resource
from cloudlint.graph.dockerfiles import BuildStage
from cloudlint.graph.services import ProjectService
from cloudlint.parsers.dockerfile.model import BaseImage, Cmd, Command, Entrypoint, Stage
from cloudlint.values import Undecided, Value, known

if TYPE_CHECKING:
    from cloudlint.parsers.compose.model import HealthCheck

_SHELLS = ("bash", "sh", "zsh", "ash")


def health_check(
    deployments: Deployments, built: BuildStage, services: list[Resource]
) -> list[Requirement]:
    """One requirement where the image is one that keeps running under Docker: it says how it is
    checked, or a service does. Raises `Undecided` where its base is not known."""
    stage = built.stage
    if any(is_checked(service) for service in services):
        return []
    for level in stage.lineage():
        if level.healthcheck is not None:
            at = known(None, level.healthcheck.header)
            met = known(not level.healthcheck.is_none)
            return [Requirement(met, "switches its health check off", at)]
    if not services and (_is_toolbox(stage) or deployments.run(built)):
        return []
    base = stage.root
    if isinstance(base, BaseImage) and not _needs_check(base.reference):
        return []
    return [Requirement(known(False), "has no `HEALTHCHECK`", known(None, stage.span))]


def is_checked(service: Resource) -> bool:
    """Whether a compose service has a health check of its own, as far as that is known."""
    check = service.model.service.healthcheck if isinstance(service.model, ProjectService) else None
    return check is not None and gives_test(check)


def gives_test(check: HealthCheck) -> bool:
    """Whether a `healthcheck` says what to run; what is not known of it is taken to do so."""
    try:
        return not check.disabled and not check.test.is_null
    except Undecided:
        return True


def _needs_check(base: Value) -> bool:
    """Whether an image built on this has no health check unless it says so itself: not where the
    base brings one, and not on Lambda, which runs none."""
    name = image_name(base)
    if name.unknown is not None:
        raise name.unknown.undecided()
    return name.path not in service_data.OWN_HEALTH_CHECK and not name.path.startswith("lambda/")


def _is_toolbox(stage: Stage) -> bool:
    """Whether the image does nothing unless it is told what: a distribution or a language with
    no command, or with a shell."""
    commands = [command for level in stage.lineage() for command in _commands(level)]
    if commands:
        return all(_is_shell(command) for command in commands)
    base = stage.root
    return isinstance(base, BaseImage) and image_name(base.reference).path in image_data.PLAIN


def _commands(stage: Stage) -> list[Command]:
    given = (*stage.of(Cmd), *stage.of(Entrypoint))
    return [item.command for item in given if item.command is not None]


def _is_shell(command: Command) -> bool:
    words = [str(word.known_or("?")) for word in command.arguments or ()] or str(command).split()
    return len(words) == 1 and words[0].rpartition("/")[2] in _SHELLS
