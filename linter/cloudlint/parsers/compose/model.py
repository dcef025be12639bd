"""What a compose project is, for those who ask about it: services and what they are made of.

None of these compare by what they hold: values do not always know whether they are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cloudlint.source import SourceFile, Span
from cloudlint.values import Known, Symbolic, Template, Value


@dataclass(frozen=True, slots=True, eq=False)
class Build:
    """How a service's image is built.

    `directory` and `dockerfile_path` are paths from the repository's root: None where they are
    not known, remote or outside. `dockerfile` is what names the file, `Dockerfile` by default and
    null beside `inline`, which holds the Dockerfile's text; `inline_file` is that as a file, called
    by `dockerfile_path`, None where it cannot be read as one. `args` without a value that nothing
    sets are unknown. `span` is the place of `build` in the service.
    """

    context: Value
    directory: str | None
    dockerfile: Value
    dockerfile_path: str | None
    inline: Value
    inline_file: SourceFile | None
    target: Value
    args: Mapping[str, Value]
    span: Span | None

    @property
    def given_args(self) -> dict[str, Value]:
        """The arguments that are set; one that may be or not is left to its default."""
        return {
            name: arg
            for name, arg in self.args.items()
            if isinstance(arg, Template) or (isinstance(arg, Known) and not arg.is_null)
        }


@dataclass(frozen=True, slots=True, eq=False)
class Dependency:
    """A service that is started first. `reason` is the attribute that says so: `depends_on`, or
    one that implies it (`links`, `volumes_from`, `network_mode`, `ipc`, `pid`)."""

    service: str
    condition: Value
    required: Value
    reason: str
    span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class HealthCheck:
    """A service's `healthcheck`. `test` is null where the image's own is kept; `disabled` is a
    truth: `disable: true`, or a test of `NONE`."""

    body: Value
    test: Value
    disabled: Value
    span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Port:
    """A port of a service. `target` and `published` are numbers, texts for ranges (`8000-8010`);
    `published` is null where the host's port is any, `host_ip` null where it is all addresses."""

    host_ip: Value
    published: Value
    target: Value
    protocol: Value
    span: Span | None

    def targets(self) -> range:
        """The ports of the container; raises `Undecided`."""
        return _ports(self.target)

    def published_ports(self) -> range:
        """The ports of the host, none where Docker chooses; raises `Undecided`."""
        return range(0) if self.published.is_null else _ports(self.published)


def _ports(value: Value) -> range:
    ends = value.string().split("-") if value.type.name == "string" else [str(value.number())]
    return range(int(ends[0]), int(ends[-1]) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """A mount of a service. `type` is `bind`, `volume`, `tmpfs`, `npipe` …; `source` is null for an
    anonymous volume; `path` is a bind's source from the repository's root, None where it is not
    known or outside."""

    type: Value
    source: Value
    target: Value
    read_only: Value
    path: str | None
    body: Value
    span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class FileGrant:
    """A secret or config that a service is given: its name in the project, and where it is put."""

    source: Value
    target: Value
    span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class EnvFile:
    """A file of variables. `path` is from the repository's root; `found` tells whether it is there:
    where it is not, the service may have variables that nobody here knows."""

    value: Value
    path: str | None
    required: Value
    found: bool


@dataclass(frozen=True, eq=False)
class Service:
    """A service as Compose runs it: files merged, variables replaced, everything in long form.

    `span` is the service's key; `files` are those that say something about it. `environment`
    holds what its files and its own entries set, unknown for what is handed over from the shell.
    """

    name: str
    span: Span
    body: Known
    files: tuple[str, ...]
    build: Build | None
    environment: Mapping[str, Value]
    env_files: tuple[EnvFile, ...]
    dependencies: tuple[Dependency, ...]
    healthcheck: HealthCheck | None
    ports: tuple[Port, ...]
    volumes: tuple[Volume, ...]
    secrets: tuple[FileGrant, ...]
    configs: tuple[FileGrant, ...]

    def __repr__(self) -> str:
        return f"<{self.address}>"

    @property
    def address(self) -> str:
        return f"compose.service.{self.name}"

    @property
    def file(self) -> str:
        return self.span.path

    def __getitem__(self, name: str) -> Value:
        """An attribute by its name in the compose file (`cap_add`, `network_mode`, …); null, at
        the service's key, where it is absent."""
        return self.body[name]

    @property
    def is_container(self) -> bool:
        """Whether it runs from an image; where there is a `provider`, that runs something else."""
        return self.body["provider"].key == "null"

    @property
    def image(self) -> Value:
        return self.body["image"]

    @property
    def user(self) -> Value:
        return self.body["user"]

    @property
    def privileged(self) -> Value:
        return self.body["privileged"]

    @property
    def read_only(self) -> Value:
        return self.body["read_only"]

    @property
    def command(self) -> Value:
        """A text, or a list of texts."""
        return self.body["command"]

    @property
    def entrypoint(self) -> Value:
        """A text, or a list of texts."""
        return self.body["entrypoint"]

    @property
    def restart(self) -> Value:
        return self.body["restart"]

    @property
    def deploy(self) -> Value:
        return self.body["deploy"]

    @property
    def network_mode(self) -> Value:
        return self.body["network_mode"]

    @property
    def pid(self) -> Value:
        return self.body["pid"]

    @property
    def ipc(self) -> Value:
        return self.body["ipc"]

    @property
    def userns_mode(self) -> Value:
        return self.body["userns_mode"]

    @property
    def hooks(self) -> tuple[Value, ...]:
        """What is run in the container after it starts and before it stops."""
        return (*self._list("post_start"), *self._list("pre_stop"))

    @property
    def cap_add(self) -> tuple[Value, ...]:
        return self._list("cap_add")

    @property
    def security_opt(self) -> tuple[Value, ...]:
        return self._list("security_opt")

    @property
    def tmpfs(self) -> tuple[Value, ...]:
        return self._list("tmpfs")

    @property
    def expose(self) -> tuple[Value, ...]:
        return self._list("expose")

    @property
    def profiles(self) -> tuple[Value, ...]:
        """A service with a profile is started only when one of its profiles is asked for."""
        return self._list("profiles")

    def _list(self, name: str) -> tuple[Value, ...]:
        value = self.body[name]
        if isinstance(value, Symbolic):
            return (value,)
        return () if value.is_null else tuple(value)


@dataclass(frozen=True, eq=False)
class ComposeProject:
    """What one `docker compose up` starts.

    `files` are the files given to Compose, the base first; `sources` all that were read, with
    what they include and extend. `environment` is what `.env` sets. `volumes`, `networks`,
    `secrets` and `configs` hold the top-level definitions, null where they say nothing.
    """

    name: Value
    directory: str
    files: tuple[str, ...]
    sources: tuple[str, ...]
    services: Mapping[str, Service]
    volumes: Mapping[str, Value]
    networks: Mapping[str, Value]
    secrets: Mapping[str, Value]
    configs: Mapping[str, Value]
    environment: Mapping[str, Value]
    comments: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<compose project {' + '.join(self.files)}>"
