"""What a compose service says about what keeps its container apart from the host."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts import privileges
from cloudlint.concepts.base import Requirement, any_of, is_absent, is_any_of
from cloudlint.graph.services import ProjectService
from cloudlint.parsers.compose.model import Volume
from cloudlint.values import Known, Value, known


def isolation(model: ProjectService) -> list[Requirement]:
    """One requirement for each way to the host."""
    return list(_isolation(model))


def _isolation(model: ProjectService) -> Iterator[Requirement]:
    service = model.service
    yield from privileges.privileged(service.privileged)
    for hook in service.hooks:
        yield from privileges.privileged(hook["privileged"])
    yield from privileges.capabilities(service.cap_add)
    yield from privileges.namespace(service.pid, "process")
    yield from privileges.namespace(service.ipc, "IPC")
    yield from privileges.namespace(service.network_mode, "network")
    yield from privileges.namespace(service.userns_mode, "user")
    socket = service["use_api_socket"]
    if not (isinstance(socket, Known) and socket.is_null):
        yield Requirement(~socket, "is given the container engine's socket", socket)
    for volume in service.volumes:
        source = mounted_from_host(model, volume)
        if source is not None:
            yield privileges.mount(source, volume.body)


def mounted_from_host(model: ProjectService, volume: Volume) -> Value | None:
    """What of the host a mount shows: a bind's source, or the device that the named volume binds;
    None for what is surely neither."""
    if volume.type.known_or(None) in ("bind", "npipe"):
        return volume.source
    if volume.type.known_or("volume") not in ("volume", "bind", "npipe"):
        return None
    if not isinstance(volume.type, Known):
        return volume.source
    options = _definition(model, volume)["driver_opts"]
    if not isinstance(options, Known) or options.is_null:
        return None
    kind = options["o"].known_or("")
    return options["device"] if "bind" in str(kind).split(",") else None


def _definition(model: ProjectService, volume: Volume) -> Value:
    """The top-level definition of a named volume, null where it says nothing."""
    name = volume.source.known_or(None)
    return model.project.volumes.get(name, known(None)) if isinstance(name, str) else known(None)


def read_only_root(model: ProjectService) -> list[Requirement]:
    flag = model.service.read_only
    met = ~is_absent(flag) & flag
    return [Requirement(met, "can write to its root file system: `read_only` is not set", flag)]


_OPTION = "no-new-privileges"


def no_new_privileges(model: ProjectService) -> list[Requirement]:
    spellings = (_OPTION, f"{_OPTION}:true", f"{_OPTION}=true")
    met = any_of(is_any_of(option, *spellings) for option in model.service.security_opt)
    problem = f"may gain privileges: `security_opt` has no `{_OPTION}:true`"
    return [Requirement(met, problem, model.service["security_opt"])]
