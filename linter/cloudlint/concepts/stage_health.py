"""Whether the image of a build stage tells how it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from cloudlint.concepts import image_data, service_data
from cloudlint.concepts.base import Requirement
from cloudlint.concepts.deployments import Deployments
from cloudlint.concepts.images import image_name
from cloudlint.concepts.stage_commands import (
    is_lambda_client,
    is_toolbox,
    keeps_running,
    says_what_runs,
)
from cloudlint.graph import Resource
from cloudlint.graph.dockerfiles import BuildStage
from cloudlint.graph.services import ProjectService
from cloudlint.parsers.dockerfile.model import BaseImage
from cloudlint.values import Origin, Undecided, Value, known

if TYPE_CHECKING:
    from cloudlint.concepts.services import LostBuild
    from cloudlint.parsers.compose.model import HealthCheck


def health_check(
    deployments: Deployments,
    built: BuildStage,
    services: Mapping[Resource, Value],
    lost: list[LostBuild],
) -> list[Requirement]:
    """One requirement where the image is one that keeps running under Docker: it says how it is
    checked, or a service does, also one of the `lost`, which may build it. `services` build it,
    with whether they run once. Raises `Undecided` where its base is not known."""
    stage = built.stage
    if any(is_checked(service) for service in services):
        return []
    for level in stage.lineage():
        if level.healthcheck is not None:
            at = known(None, level.healthcheck.header)
            met = known(not level.healthcheck.is_none)
            return [Requirement(met, "switches its health check off", at)]
    if is_lambda_client(stage):
        return []
    for other in lost:
        if other.may_build(built) and is_checked(other.service):
            raise other.reason
    if not services and (is_toolbox(stage) or deployments.run(built)):
        return []
    base = stage.root
    if isinstance(base, BaseImage):
        if not _needs_check(base.reference):
            return []
        if not says_what_runs(stage):
            _check_known(base.reference)
    ends = ~keeps_running(stage)
    if services:
        once = reduce(and_, services.values())
        ends = once if ends.truth() is None else ends | once
    return [Requirement(ends, "has no `HEALTHCHECK`", known(None, stage.span))]


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
    return not service_data.checks_itself(name.path) and not image_data.is_for_lambda(name.path)


def _check_known(base: Value) -> None:
    """Raises `Undecided` where an image that runs as its base does may have that one's check."""
    path = image_data.common_name(image_name(base).path)
    is_known = path in image_data.WITHOUT_HEALTH_CHECK or path in image_data.OFFICIAL
    if not is_known and not image_data.is_plain(path) and path not in image_data.STATEFUL:
        raise Undecided(Origin(f"whether {path} has a health check", "is not known"), base)
