"""How each family of resources in Terraform writes its containers.

A family is data: the ways from a container, from what holds it (a pod, a task) or from the whole
resource to what is said of it, and the places in resources where such containers are. A family
more is a form more and its places; nothing else knows how it is written.

Source: the documentation of the providers aws 6, kubernetes 3, docker 3, azurerm 4, google 7, and
of the Batch and ECS APIs for what is handed over as JSON, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Names = tuple[str, ...]
Origin = Literal["container", "holder", "resource"]


@dataclass(frozen=True, slots=True)
class Way:
    """Names that lead to an argument, through objects and nested blocks."""

    names: Names
    origin: Origin = "container"


def own(path: str) -> Way:
    """A way from the container."""
    return Way(tuple(path.split(".")))


def held(path: str) -> Way:
    """A way from what holds the container."""
    return Way(tuple(path.split(".")), "holder")


def whole(path: str) -> Way:
    """A way from the resource."""
    return Way(tuple(path.split(".")), "resource")


@dataclass(frozen=True, slots=True)
class Mounts:
    """What a container sees of its host. Each of `entries` has a path at `source`, if its argument
    `kind` is `bind` (or there is no such argument); or, where there are `volumes`, names under
    `reference` the one of them that has it."""

    entries: Way
    source: Names
    kind: str = ""
    volumes: Way | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Variables:
    """Environment variables in plain text: a map, or a list of names and values. `instead` is what
    takes a reference to a secret; entries whose `type` is one of `kept` are such references."""

    way: Way
    instead: str
    is_map: bool = False
    kept: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a family says what a container is and may. What it has no say about has no way.

    `users` and `non_root` are asked in order, the first that is given counts. `namespaces` are
    the host's if they say `host` or true. `escalation` is a flag, `options` are texts that say
    whether privileges can be gained. `ports` leads to entries with the port at `port`.
    `windows` may say that it runs there.
    """

    image: Way = own("image")  # noqa: RUF009 - a value that nothing changes
    name: Way = own("name")  # noqa: RUF009
    family: Way | None = None
    commands: tuple[Way, ...] = ()
    users: tuple[Way, ...] = ()
    non_root: tuple[Way, ...] = ()
    privileged: Way | None = None
    capabilities: Way | None = None
    namespaces: tuple[tuple[Way, str], ...] = ()
    mounts: tuple[Mounts, ...] = ()
    read_only: Way | None = None
    escalation: Way | None = None
    options: Way | None = None
    variables: tuple[Variables, ...] = ()
    ports: Way | None = None
    port: str = ""
    windows: tuple[Way, ...] = ()

    @property
    def says_rights(self) -> bool:
        """Whether it says anything about what the container may."""
        return bool(self.users or self.privileged)


@dataclass(frozen=True, slots=True)
class Place:
    """Where resources of a type have containers: `holder` leads to what holds them, `containers`
    on from there. `document` is the argument that holds all that as JSON."""

    form: Form
    containers: Names = ()
    holder: Names = ()
    document: str = ""


# -- AWS -------------------------------------------------------------------------------------------

_FROM_STORES = Variables(own("environment"), "`secrets` with `valueFrom`")

ECS = Form(
    family=whole("family"),
    commands=(own("command"),),
    users=(own("user"),),
    privileged=own("privileged"),
    capabilities=own("linuxParameters.capabilities.add"),
    namespaces=(
        (whole("pid_mode"), "process"),
        (whole("ipc_mode"), "IPC"),
        (whole("network_mode"), "network"),
    ),
    mounts=(
        Mounts(
            own("mountPoints"),
            ("host_path",),
            volumes=whole("volume"),
            reference="sourceVolume",
        ),
    ),
    read_only=own("readonlyRootFilesystem"),
    options=own("dockerSecurityOptions"),
    variables=(_FROM_STORES,),
    ports=own("portMappings"),
    port="containerPort",
    windows=(whole("runtime_platform.operating_system_family"),),
)


def _batch(volumes: Way) -> Form:
    return Form(
        family=whole("name"),
        commands=(own("command"),),
        users=(own("user"),),
        privileged=own("privileged"),
        capabilities=own("linuxParameters.capabilities.add"),
        mounts=(
            Mounts(
                own("mountPoints"),
                ("host", "sourcePath"),
                volumes=volumes,
                reference="sourceVolume",
            ),
        ),
        read_only=own("readonlyRootFilesystem"),
        variables=(_FROM_STORES,),
        windows=(own("runtimePlatform.operatingSystemFamily"),),
    )


_LAMBDA = Form(
    image=own("image_uri"),
    variables=(
        Variables(own("environment.variables"), "the ARN of a secret to read", is_map=True),
    ),
)
_CODEBUILD = Form(
    variables=(
        Variables(
            own("environment_variable"),
            "a `type` of SECRETS_MANAGER",
            kept=("PARAMETER_STORE", "SECRETS_MANAGER"),
        ),
    ),
)
_APP_RUNNER = Form(
    image=own("image_identifier"),
    variables=(
        Variables(
            own("image_configuration.runtime_environment_variables"),
            "`runtime_environment_secrets`",
            is_map=True,
        ),
    ),
)
_AMPLIFY = Form(
    image=own("custom_image"),
    variables=(Variables(own("environment_variables"), "a parameter to read", is_map=True),),
)


_EXPRESS = Form(variables=(Variables(own("environment"), "a `secret`"),))


# -- Kubernetes ------------------------------------------------------------------------------------


def _pod(spell: Callable[[str], str], read_only: str = "read_only_root_filesystem") -> Form:
    """The containers of a pod, for those who spell the API's names in a way of their own."""

    def inner(path: str) -> Way:
        return own(".".join(map(spell, path.split("."))))

    def outer(path: str) -> Way:
        return held(".".join(map(spell, path.split("."))))

    return Form(
        commands=(inner("command"), inner("args")),
        users=(inner("security_context.run_as_user"), outer("security_context.run_as_user")),
        non_root=(
            inner("security_context.run_as_non_root"),
            outer("security_context.run_as_non_root"),
        ),
        privileged=inner("security_context.privileged"),
        capabilities=inner("security_context.capabilities.add"),
        namespaces=(
            (outer("host_pid"), "process"),
            (outer("host_ipc"), "IPC"),
            (outer("host_network"), "network"),
        ),
        mounts=(
            Mounts(
                inner("volume_mount"),
                (spell("host_path"), "path"),
                volumes=outer("volume"),
                reference="name",
            ),
        ),
        read_only=inner(f"security_context.{read_only}"),
        escalation=inner("security_context.allow_privilege_escalation"),
        variables=(Variables(inner("env"), f"`{spell('value_from')}` with a secret's key"),),
        ports=inner("port"),
        port=spell("container_port"),
        windows=(
            outer("os.name"),
            Way((*outer("node_selector").names, "kubernetes.io/os"), "holder"),
        ),
    )


_PLURALS = {"volume_mount": "volume_mounts", "volume": "volumes", "port": "ports"}


def _plural(name: str) -> str:
    return _PLURALS.get(name, name)


def _as_in_manifests(name: str) -> str:
    """`run_as_user` as `runAsUser`, `volume` as `volumes`."""
    first, *others = _plural(name).split("_")
    return first + "".join("IPC" if word == "ipc" else word.capitalize() for word in others)


POD = _pod(lambda name: name)
MANIFEST = _pod(_as_in_manifests)
BATCH_POD = _pod(_plural, "read_only_root_file_system")


def _pods(form: Form, *holder: str) -> tuple[Place, ...]:
    names = ("container", "init_container")
    return tuple(Place(form, (name,), holder) for name in names)


# -- Docker ----------------------------------------------------------------------------------------

DOCKER = Form(
    commands=(own("command"),),
    users=(own("user"),),
    privileged=own("privileged"),
    capabilities=own("capabilities.add"),
    namespaces=(
        (own("pid_mode"), "process"),
        (own("ipc_mode"), "IPC"),
        (own("network_mode"), "network"),
        (own("userns_mode"), "user"),
    ),
    mounts=(
        Mounts(own("volumes"), ("host_path",)),
        Mounts(own("mounts"), ("source",), kind="type"),
    ),
    read_only=own("read_only"),
    options=own("security_opts"),
    ports=own("ports"),
    port="internal",
)
_SWARM = Form(
    family=whole("name"),
    commands=(own("command"),),
    users=(own("user"),),
    capabilities=own("cap_add"),
    mounts=(Mounts(own("mounts"), ("source",), kind="type"),),
    read_only=own("read_only"),
    variables=(Variables(own("env"), "a file in `secrets`", is_map=True),),
)


# -- Azure, Google ---------------------------------------------------------------------------------

_CONTAINER_GROUP = Form(
    family=whole("name"),
    commands=(own("commands"),),
    privileged=own("security.privilege_enabled"),
    variables=(
        Variables(own("environment_variables"), "`secure_environment_variables`", is_map=True),
    ),
    ports=own("ports"),
    port="port",
    windows=(whole("os_type"),),
)
_CONTAINER_APP = Form(
    family=whole("name"),
    commands=(own("command"),),
    variables=(Variables(own("env"), "a `secret_name`"),),
)
_WEB_APP = Form(image=own("docker_image_name"))
_APP_SETTINGS = Form(
    variables=(Variables(own("app_settings"), "a reference to Key Vault", is_map=True),),
)
_GOOGLE_FUNCTION = Form(
    variables=(
        Variables(own("environment_variables"), "`secret_environment_variables`", is_map=True),
    ),
)
_CLOUD_RUN = Form(
    family=whole("name"),
    commands=(own("command"),),
    variables=(Variables(own("env"), "a reference to Secret Manager"),),
)

_IMAGE_ALONE = Form()


def _named(path: str) -> Form:
    return Form(image=own(path))


PLACES: dict[str, tuple[Place, ...]] = {
    "aws_ecs_task_definition": (Place(ECS, document="container_definitions"),),
    "aws_batch_job_definition": (
        Place(_batch(own("volumes")), document="container_properties"),
        Place(
            _batch(own("volumes")),
            ("nodeRangeProperties", "container"),
            document="node_properties",
        ),
        Place(
            _batch(held("volumes")),
            ("containers",),
            ("taskProperties",),
            document="ecs_properties",
        ),
        Place(BATCH_POD, ("containers",), ("eks_properties", "pod_properties")),
        Place(BATCH_POD, ("init_containers",), ("eks_properties", "pod_properties")),
    ),
    "aws_apprunner_service": (
        Place(_APP_RUNNER, ("source_configuration", "image_repository")),
    ),
    "aws_amplify_app": (Place(_AMPLIFY),),
    "aws_codebuild_project": (Place(_CODEBUILD, ("environment",)),),
    "aws_ecs_express_gateway_service": (Place(_EXPRESS, ("primary_container",)),),
    "aws_emrserverless_application": (Place(_named("image_uri"), ("image_configuration",)),),
    "aws_gamelift_container_group_definition": (
        Place(_named("image_uri"), ("game_server_container_definition",)),
        Place(_named("image_uri"), ("support_container_definition",)),
    ),
    "aws_imagebuilder_container_recipe": (Place(_named("parent_image")),),
    "aws_lambda_function": (Place(_LAMBDA),),
    "aws_lightsail_container_service_deployment_version": (
        Place(_IMAGE_ALONE, ("container",)),
    ),
    "aws_sagemaker_model": (
        Place(_IMAGE_ALONE, ("primary_container",)),
        Place(_IMAGE_ALONE, ("container",)),
    ),
    "aws_bedrockagentcore_agent_runtime": (
        Place(
            _named("container_uri"),
            ("agent_runtime_artifact", "container_configuration"),
        ),
    ),
    "azurerm_container_app": (
        Place(_CONTAINER_APP, ("template", "container")),
        Place(_CONTAINER_APP, ("template", "init_container")),
    ),
    "azurerm_container_app_job": (
        Place(_CONTAINER_APP, ("template", "container")),
        Place(_CONTAINER_APP, ("template", "init_container")),
    ),
    "azurerm_container_group": _pods(_CONTAINER_GROUP),
    "docker_container": (Place(DOCKER),),
    "docker_image": (Place(_named("name")),),
    "docker_service": (Place(_SWARM, ("task_spec", "container_spec")),),
    "google_cloud_run_service": (
        Place(_CLOUD_RUN, ("containers",), ("template", "spec")),
    ),
    "google_cloud_run_v2_service": (Place(_CLOUD_RUN, ("containers",), ("template",)),),
    "google_cloud_run_v2_worker_pool": (Place(_CLOUD_RUN, ("containers",), ("template",)),),
    "google_cloudfunctions_function": (Place(_GOOGLE_FUNCTION),),
    "google_cloudfunctions2_function": (Place(_GOOGLE_FUNCTION, ("service_config",)),),
    "google_workstations_workstation_config": (Place(_IMAGE_ALONE, ("container",)),),
    "google_cloud_run_v2_job": (
        Place(_CLOUD_RUN, ("containers",), ("template", "template")),
    ),
} | {
    f"azurerm_{system}_web_app{slot}": (
        Place(_WEB_APP, ("site_config", "application_stack")), Place(_APP_SETTINGS),
    )
    for system in ("linux", "windows") for slot in ("", "_slot")
} | {
    f"azurerm_{system}_function_app{slot}": (Place(_APP_SETTINGS),)
    for system in ("linux", "windows") for slot in ("", "_slot")
} | {
    f"kubernetes_{kind}": _pods(POD, "spec", "template", "spec")
    for kind in (
        "deployment", "deployment_v1", "stateful_set", "stateful_set_v1", "daemonset",
        "daemon_set_v1", "job", "job_v1", "replication_controller", "replication_controller_v1",
    )
} | {
    f"kubernetes_{kind}": _pods(POD, "spec", "job_template", "spec", "template", "spec")
    for kind in ("cron_job", "cron_job_v1")
} | {
    "kubernetes_manifest": tuple(
        Place(MANIFEST, (name,), ("manifest", *holder))
        for holder in (
            ("spec",), ("spec", "template", "spec"),
            ("spec", "jobTemplate", "spec", "template", "spec"),
        )
        for name in ("containers", "initContainers")
    ),
} | {f"kubernetes_{kind}": _pods(POD, "spec") for kind in ("pod", "pod_v1")}  # fmt: skip
"""By type of resource, where it has containers, or something that runs from an image."""
