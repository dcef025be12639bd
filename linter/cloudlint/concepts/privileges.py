"""Ways out of a container: what opens it to its host, whatever format says so.

Source: capabilities(7) of Linux, Docker's documentation of `docker run --privileged` and of the
daemon's socket, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cloudlint.concepts.base import Requirement, is_any_of, is_null
from cloudlint.values import Known, Template, Value, known
from cloudlint.values.types import BOOL

CAPABILITIES = (
    "ALL BPF DAC_READ_SEARCH MAC_ADMIN NET_ADMIN SYS_ADMIN SYS_BOOT SYS_MODULE SYS_RAWIO".split()
)
"""Capabilities that reach the host: its kernel, devices, files or network."""


def _spellings(name: str) -> tuple[str, ...]:
    return name, name.lower(), f"CAP_{name}", f"cap_{name.lower()}"


_SPELLINGS = {spelling for name in CAPABILITIES for spelling in _spellings(name)}

SOCKETS = (
    "/var/run/docker.sock",
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/var/run/containerd/containerd.sock",
    "/run/podman/podman.sock",
    "/var/run/podman/podman.sock",
    "/run/crio/crio.sock",
    "/var/run/crio/crio.sock",
)
"""Where a container engine listens: who may write there starts containers as root of the host."""

_NAMES = ("/docker.sock", "/podman.sock", "/containerd.sock", "/crio.sock")
"""How the sockets of engines are called wherever they are: those of users are in their folders."""

_PIPES = (r"\\.\pipe\docker_engine", "//./pipe/docker_engine")


def privileged(flag: Value) -> Iterator[Requirement]:
    if not is_null(flag):
        yield Requirement(~flag, "is privileged: it may do what root of the host may", flag)


def capabilities(added: Iterable[Value]) -> Iterator[Requirement]:
    """No added capability reaches the host."""
    for name in added:
        is_network = is_any_of(name, *_spellings("NET_ADMIN")).truth()
        reach = "rules the network it is in" if is_network else "can reach the host"
        problem = f"is given the capability {name}, with which it {reach}"
        yield Requirement(~is_any_of(name, *_SPELLINGS), problem, name)


def namespace(value: Value, kind: str) -> Iterator[Requirement]:
    """It has a namespace of its own: `value` is the mode that may be `host`, or a flag for it."""
    if not is_null(value):
        is_host = value if value.type == BOOL else is_any_of(value, "host", "true")
        yield Requirement(~is_host, f"shares the host's {kind} namespace", value)


def mount(source: Value, place: Value) -> Requirement:
    """What is mounted from the host is no engine's socket, and no directory that holds one."""
    problem = f"is given the container engine's socket by the mount of {source}"
    return Requirement(~_holds_socket(source), problem, place)


def _holds_socket(source: Value) -> Value:
    if isinstance(source, Known):
        return known(source.kind == "string" and _is_way_to_socket(source.string()))
    if isinstance(source, Template) and source.suffix.endswith(_NAMES):
        return known(True)
    if isinstance(source, Template) and not _may_lead_to_socket(source):
        return known(False)
    return is_any_of(source, "/", "/run", "/var", "/var/run", *SOCKETS)


def _may_lead_to_socket(source: Template) -> bool:
    prefix, suffix = source.prefix, source.suffix
    return any(path.startswith(prefix) for path in SOCKETS) and (
        not suffix or any(path.endswith(suffix) for path in SOCKETS)
    )


def _is_way_to_socket(path: str) -> bool:
    if path in _PIPES:
        return True
    if path.endswith(_NAMES):
        return True
    if not path.startswith("/"):
        return False
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return any(socket.split("/")[1:][: len(parts)] == parts for socket in SOCKETS)
