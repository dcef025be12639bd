"""What is known of a compose service that runs: from itself, its build stage and its image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cloudlint.concepts import command_data, image_data, service_data
from cloudlint.concepts.base import Requirement, any_of, is_absent, is_any_of
from cloudlint.concepts.compose_services import ComposeService
from cloudlint.concepts.images import image_name
from cloudlint.concepts.service_facts import mounted_from_host
from cloudlint.concepts.services import (
    built_stages,
    command_words,
    engine,
    has_health_check,
    image_below,
)
from cloudlint.concepts.stage_health import is_checked
from cloudlint.graph import Graph, Resource
from cloudlint.graph.dockerfiles import BuildStage
from cloudlint.graph.services import ProjectService, services
from cloudlint.parsers.compose.model import Port, Service, Volume
from cloudlint.parsers.dockerfile.model import Cmd, Entrypoint
from cloudlint.source import Span
from cloudlint.values import Known, Template, Undecided, Value, applied, known, unknown
from cloudlint.values.types import BOOL

_ALWAYS = ("always", "unless-stopped")


def compose_services(graph: Graph) -> Iterator[ComposeService]:
    """All services of the graph that run in containers."""
    built = {service.key: stage for service, stage in built_stages(graph)}
    checked, awaited = _checked_dockerfiles(graph), _awaited(graph)
    for resource, model in services(graph):
        if not model.service.is_container:
            continue
        stage = built.get(resource.key)
        is_judged = stage is not None and _is_judged_itself(stage, checked)
        is_awaited = awaited.get(resource.key, known(False))
        running = Running(model, stage, is_judged, is_awaited)
        yield ComposeService(
            resource,
            model.service.name,
            running.engine,
            running.data_mounts,
            running.persistence,
            running.database_ports,
            running.health_check,
            running.restart,
            running.limits,
        )


def running_once(graph: Graph) -> dict[str, Value]:
    """Three-valued: whether services run once and end, as others take them to, or as they say; by
    the keys of their nodes."""
    awaited = _awaited(graph)
    return {
        resource.key: _is_job(model.service, awaited.get(resource.key, known(False)))
        for resource, model in services(graph)
    }


def _is_job(service: Service, is_awaited: Value) -> Value:
    told = is_awaited | is_any_of(service.deploy["mode"], "replicated-job", "global-job")
    return told | known(service.restart.known_or("") not in _ALWAYS and _ends(service))


def _ends(service: Service) -> bool:
    """Whether the service's own command line is known to end by itself."""
    own = service.command if is_absent(service["entrypoint"]).truth() else service.entrypoint
    if not command_data.may_end(" ".join(command_words(own))):
        return False
    lines = _lines(own, service.span)
    return bool(lines) and all(map(command_data.ends, lines))


def _lines(command: Value, span: Span) -> list[list[str]]:
    """The command lines that run, those of a shell's script instead of the shell's."""
    from cloudlint.parsers.shell import Word, inner_script, parse, parse_arguments

    words = command_words(command)
    if isinstance(command, Known) and command.kind != "string":
        found = parse_arguments([Word(word, "?" not in word, span) for word in words])
    else:
        found = parse(" ".join(words), lambda start, end: span)
    return [[word.text for word in one.words] for one in found if inner_script(one) is None]


def _checked_dockerfiles(graph: Graph) -> set[str]:
    """The Dockerfiles for whose images a service gives a health check."""
    return {stage.module for service, stage in built_stages(graph) if is_checked(service)}


def _awaited(graph: Graph) -> dict[str, Value]:
    """Three-valued: whether others wait for a service to complete, by the key of its node."""
    found: dict[str, Value] = {}
    for resource, model in services(graph):
        for dependency in model.service.dependencies:
            key = resource.module + dependency.service
            completes = is_any_of(dependency.condition, "service_completed_successfully")
            found[key] = found.get(key, known(False)) | completes
    return found


def _is_judged_itself(stage: Resource, checked: set[str]) -> bool:
    """Whether a missing health check is a matter of the Dockerfile."""
    final = stage.model.dockerfile.final if isinstance(stage.model, BuildStage) else None
    if final is None or stage.module in checked:
        return False
    says = next((level.healthcheck for level in final.lineage() if level.healthcheck), None)
    return says is None or says.is_none


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """A service with the stage that it builds, if that is at hand; `is_judged_itself` tells that
    the Dockerfile answers for its health check, `is_awaited`, three-valued, that another service
    waits for it to complete."""

    model: ProjectService
    stage: Resource | None
    is_judged_itself: bool
    is_awaited: Value

    @property
    def service(self) -> Service:
        return self.model.service

    def engine(self) -> str:
        """What it keeps data with."""
        return engine(self.service, self.stage)

    # -- data ----------------------------------------------------------------------------------

    def data_mounts(self) -> list[Requirement]:
        """Each mount on the data directory is no bind mount."""
        found = self.engine()
        directories = self._directories(found) if found else ()
        return [
            Requirement(
                ~(_covers(volume.target, directories) & self._is_bind(volume)),
                f"keeps the data of {found} on a bind mount",
                volume.body,
            )
            for volume in self.service.volumes
        ]

    def persistence(self) -> list[Requirement]:
        """Something is mounted on the data directory, if anything is to be kept."""
        found = self.engine()
        if not found or found in service_data.IN_MEMORY:
            return []
        if found in service_data.CACHES and not service_data.keeps_data(found, self._told(found)):
            return []
        directories = self._directories(found)
        if not directories or not self.service["volumes_from"].is_null:
            return []
        covered = any_of(_covers(target, directories) for target in self._mounted())
        problem = f"mounts no volume on {directories[0]}"
        return [Requirement(covered, problem, known(None, self.service.span))]

    def _mounted(self) -> Iterator[Value]:
        yield from (volume.target for volume in self.service.volumes)
        for entry in self.service.tmpfs:
            text = entry.known_or(None)
            yield known(text.partition(":")[0]) if isinstance(text, str) else entry

    def _directories(self, engine: str) -> tuple[str, ...]:
        variable = service_data.directory_variable(engine)
        told = self._environment().get(variable)
        if told is not None:
            return tuple(told.string().split(","))
        options = tuple(service_data.directory_options(engine, self._told(engine)))
        return options or service_data.directories(engine, *self._image())

    def _is_bind(self, volume: Volume) -> Value:
        if isinstance(volume.type, Known):
            return known(mounted_from_host(self.model, volume) is not None)
        source = volume.source
        if isinstance(source, Template) and any(
            "/" in part for part in source.parts if isinstance(part, str)
        ):
            return known(True)
        return is_any_of(volume.type, "bind")

    def _image(self) -> tuple[str, str]:
        """The repository and the tag of its image, as far as they are known."""
        reference = image_below(self.service, self.stage)
        if reference is None:
            return "", ""
        name = image_name(reference)
        return name.path, name.known_tag

    def _environment(self) -> dict[str, Value]:
        model = self.stage.model if self.stage else None
        levels = list(model.stage.lineage()) if isinstance(model, BuildStage) else []
        settings: dict[str, Value] = {}
        for level in reversed(levels):
            settings |= level.environment
        return settings | dict(self.service.environment)

    def _told(self, engine: str) -> list[str]:
        """The words of the command; raises `Undecided` where one that is not known may tell the
        engine where to keep its data, or that it is to keep any."""
        words = self._words()
        if not service_data.settle(engine, words):
            raise self.service.command.undecided()
        return words

    def _words(self) -> list[str]:
        """The words of the command, `?` for what is not known of them."""
        command = self.service.command
        if isinstance(command, Known) and command.kind == "null":
            return _stage_words(self.stage)
        return command_words(command)

    # -- network -------------------------------------------------------------------------------

    def database_ports(self) -> list[Requirement]:
        """Each port of the engine is published on some interfaces only."""
        found = self.engine() or service_data.OTHER_STORES.get(self._image()[0], "")
        own = service_data.PORTS.get(found, ())
        return [
            Requirement(
                ~(_is_among(port, own) & _is_everywhere(port)),
                f"publishes {found} on all interfaces of the host",
                known(None, port.span),
            )
            for port in (self.service.ports if own else ())
        ]

    # -- running -------------------------------------------------------------------------------

    def is_job(self) -> Value:
        """Three-valued: whether it runs once: as others take it to, or as it says."""
        return _is_job(self.service, self.is_awaited)

    def keeps_running(self) -> Value:
        """Three-valued: whether it serves until it is stopped."""
        service, is_job = self.service, self.is_job()
        if service.ports or service.expose or self._exposes() or self.engine():
            return ~is_job
        if service.restart.known_or("") in _ALWAYS:
            return ~is_job
        if is_job.truth():
            return known(False)
        what = f"whether {service.name} keeps running"
        return unknown(what, "is not known").used_at(service.span)

    def _exposes(self) -> bool:
        if self.stage is not None and isinstance(self.stage.model, BuildStage):
            return any(level.exposed for level in self.stage.model.stage.lineage())
        path, tag = self._image()
        says_otherwise = ~is_absent(self.service["command"]) | ~is_absent(
            self.service["entrypoint"]
        )
        ports = service_data.exposed(image_data.common_name(path), tag)
        return bool(ports) and says_otherwise.truth() is False

    def health_check(self) -> list[Requirement]:
        """It has a health check if it keeps running; nothing where the Dockerfile answers."""
        check = self.service.healthcheck
        is_disabled = check is not None and check.disabled.truth() is True
        is_job = self.is_job()
        if is_job.truth() or (self.is_judged_itself and not is_disabled):
            return []
        if has_health_check(self.service, self.stage):
            return []
        if check is not None and is_disabled:
            return [Requirement(is_job, "switches its health check off", check.body)]
        at = known(None, self.service.span)
        return [Requirement(~self.keeps_running(), "has no health check", at)]

    def restart(self) -> list[Requirement]:
        """It says what happens when it ends, unless it is a job."""
        own, deployed = self.service.restart, self.service.deploy["restart_policy"]
        given = ~(is_absent(own) | is_any_of(own, "")) | ~is_absent(deployed)
        return [Requirement(given | self.is_job(), "sets no `restart`", own)]

    def limits(self) -> list[Requirement]:
        """It may not use all memory and processors of its host."""
        service = self.service
        limits = service.deploy["resources"]["limits"]
        memory = (limits["memory"], service["mem_limit"])
        cpu = (limits["cpus"], service["cpus"], service["cpu_quota"], service["cpu_count"])
        at = known(None, service.span)
        return [
            Requirement(_any_given(memory), "memory", at),
            Requirement(_any_given(cpu), "processors", at),
        ]


def _stage_words(stage: Resource | None) -> list[str]:
    if stage is None or not isinstance(stage.model, BuildStage):
        return []
    for level in stage.model.stage.lineage():
        given = [item.command for item in (level.last(Entrypoint), level.last(Cmd)) if item]
        if given:
            return [word for command in given for word in str(command).split()]
    return []


def _any_given(values: Iterable[Value]) -> Value:
    return any_of(~is_absent(value) for value in values)


def _covers(target: Value, directories: tuple[str, ...]) -> Value:
    """Three-valued: whether what is mounted there holds one of the directories."""
    if isinstance(target, Known):
        place = target.string().rstrip("/")
        return known(any(_holds(place, path.rstrip("/")) for path in directories))
    if isinstance(target, Template) and not any(p.startswith(target.prefix) for p in directories):
        return known(False)
    return applied("mounts", target, type_=BOOL) if directories else known(False)


def _holds(place: str, directory: str) -> bool:
    if directory in service_data.VOLUMES:
        return place == directory
    return bool(place) and f"{directory}/".startswith(f"{place}/")


def _is_among(port: Port, numbers: tuple[int, ...]) -> Value:
    try:
        targets = port.targets()
    except Undecided:
        return applied("port", port.target, type_=BOOL)
    return known(any(number in targets for number in numbers))


def _is_everywhere(port: Port) -> Value:
    return is_absent(port.host_ip) | is_any_of(port.host_ip, "", "0.0.0.0", "::", "[::]")  # noqa: S104
