"""Containers in Terraform: every family says the same things, each in its own words."""

from __future__ import annotations

import pytest

from cloudlint_policies.compose.port_mismatch import port_mismatch
from cloudlint_policies.credentials.plaintext_secret_environment import (
    plaintext_secret_environment,
)
from cloudlint_policies.images.floating_image_tag import floating_image_tag
from cloudlint_policies.images.missing_container_healthcheck import (
    missing_container_healthcheck,
)
from cloudlint_policies.images.new_privileges_allowed import new_privileges_allowed
from cloudlint_policies.images.privileged_container import privileged_container
from cloudlint_policies.images.root_container import root_container
from cloudlint_policies.images.writable_root_filesystem import writable_root_filesystem
from judging import Judge

GIVEN = """
variable "unknown" {}
variable "hidden" { sensitive = true }
variable "is_on" { type = bool }
"""


def nested(names: str, inner: str) -> str:
    """`inner` in blocks that stand in each other."""
    for name in reversed(names.split()):
        inner = f"{name} {{\n{inner}\n}}"
    return inner


def pod(
    inner: str, type_: str = "kubernetes_deployment_v1", way: str = "spec template spec"
) -> str:
    return f'resource "{type_}" "web" {{\n{nested(way, inner)}\n}}\n'


def container(inner: str, more: str = "") -> str:
    text = f'{more}\ncontainer {{\nname = "web"\nimage = "shop/web:1"\n{inner}\n}}'
    return GIVEN + pod(text)


def docker(inner: str) -> str:
    return (
        GIVEN + f'resource "docker_container" "web" {{\nname = "web"\nimage = "shop/web:1"\n'
        f"{inner}\n}}\n"
    )


# -- every place -----------------------------------------------------------------------------------

POD_TYPES = [
    ("kubernetes_pod", "spec"),
    ("kubernetes_pod_v1", "spec"),
    ("kubernetes_deployment", "spec template spec"),
    ("kubernetes_deployment_v1", "spec template spec"),
    ("kubernetes_stateful_set", "spec template spec"),
    ("kubernetes_stateful_set_v1", "spec template spec"),
    ("kubernetes_daemonset", "spec template spec"),
    ("kubernetes_daemon_set_v1", "spec template spec"),
    ("kubernetes_job", "spec template spec"),
    ("kubernetes_job_v1", "spec template spec"),
    ("kubernetes_replication_controller", "spec template spec"),
    ("kubernetes_replication_controller_v1", "spec template spec"),
    ("kubernetes_cron_job", "spec job_template spec template spec"),
    ("kubernetes_cron_job_v1", "spec job_template spec template spec"),
]


@pytest.mark.parametrize(("type_", "way"), POD_TYPES)
@pytest.mark.parametrize("block", ["container", "init_container"])
def test_pods(judged: Judge, type_: str, way: str, block: str) -> None:
    inner = nested(
        block, 'name = "a"\nimage = "shop/web"\nsecurity_context {\nprivileged = true\n}'
    )
    outcome = judged({"main.tf": pod(inner, type_, way)}, floating_image_tag, privileged_container)
    assert [finding.policy for finding in outcome.findings] == [
        "floating-image-tag",
        "privileged-container",
    ]
    assert f"the container `a` of {type_}.web is privileged" in outcome.messages[1]


@pytest.mark.parametrize(
    ("type_", "inner"),
    [
        ("aws_batch_job_definition", nested("eks_properties pod_properties containers", "@")),
        (
            "aws_batch_job_definition",
            "node_properties = jsonencode({ nodeRangeProperties = [{ container = {@} }] })",
        ),
        (
            "aws_batch_job_definition",
            "ecs_properties = jsonencode({ taskProperties = [{ containers = [{@}] }] })",
        ),
        ("aws_ecs_express_gateway_service", nested("primary_container", "@")),
        ("aws_emrserverless_application", nested("image_configuration", 'image_uri = "shop/web"')),
        (
            "aws_gamelift_container_group_definition",
            nested("game_server_container_definition", 'image_uri = "shop/web"'),
        ),
        ("google_workstations_workstation_config", nested("container", "@")),
        ("aws_imagebuilder_container_recipe", 'parent_image = "shop/web"'),
        ("aws_lightsail_container_service_deployment_version", nested("container", "@")),
        ("aws_sagemaker_model", nested("container", "@")),
        ("azurerm_container_app", nested("template container", "@")),
        ("azurerm_container_app_job", nested("template container", "@")),
        ("azurerm_container_group", nested("init_container", "@")),
        (
            "azurerm_linux_web_app",
            nested("site_config application_stack", 'docker_image_name = "shop/web"'),
        ),
        ("docker_container", "@"),
        ("docker_service", nested("task_spec container_spec", "@")),
        ("google_cloud_run_service", nested("template spec containers", "@")),
        ("google_cloud_run_v2_service", nested("template containers", "@")),
        ("google_cloud_run_v2_job", nested("template template containers", "@")),
    ],
)
def test_images(judged: Judge, type_: str, inner: str) -> None:
    text = f'resource "{type_}" "web" {{\n{inner}\n}}\n'.replace("@", 'image = "shop/web"')
    outcome = judged({"main.tf": text}, floating_image_tag)
    assert outcome.messages == ["the image `shop/web` has no tag"]
    assert not outcome.verdicts.errors


# -- rights ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "of_pod", "expected"),
    [
        ("security_context {\nprivileged = true\n}", "", ["privileged = true"]),
        ('security_context {\ncapabilities {\nadd = ["ALL"]\n}\n}', "", ['"ALL"']),
        ("", "host_network = true", ["host_network = true"]),
        ("", "host_pid = true", ["host_pid = true"]),
        ("", "host_ipc = true\nhost_network = false", ["host_ipc = true"]),
        ("security_context {\nprivileged = var.unknown\n}", "", ["var.unknown has no value"]),
        ('security_context {\ncapabilities {\nadd = ["CHOWN"]\n}\n}', "", []),
        (
            'security_context {\ncapabilities {\nadd = var.is_on ? ["ALL"] : []\n}\n}',
            "",
            ["var.is_on has no value"],
        ),
        (
            'security_context {\ncapabilities {\nadd = concat(["ALL"], var.unknown)\n}\n}',
            "",
            ['"ALL"'],
        ),
    ],
)
def test_ways_to_the_host(judged: Judge, inner: str, of_pod: str, expected: list[str]) -> None:
    outcome = judged({"main.tf": container(inner, of_pod)}, privileged_container)
    found = [place.partition(" ")[2] for place in outcome.places]
    assert [*found, *outcome.undecided] == expected


SOCKET = 'volume {\nname = "engine"\nhost_path {\npath = "/var/run/docker.sock"\n}\n}'
EMPTY = 'volume {\nname = "engine"\nempty_dir {}\n}'


@pytest.mark.parametrize(
    ("volume", "mounted", "count"),
    [(SOCKET, "engine", 1), (SOCKET, "other", 0), (EMPTY, "engine", 0)],
)
def test_host_paths_of_a_pod(judged: Judge, volume: str, mounted: str, count: int) -> None:
    text = container(f'volume_mount {{\nname = "{mounted}"\nmount_path = "/x"\n}}', volume)
    assert len(judged({"main.tf": text}, privileged_container).findings) == count


DYNAMIC = (
    'dynamic "volume" {\nfor_each = LIST\ncontent {\nname = volume.value\n'
    'host_path {\npath = "/run"\n}\n}\n}'
)
MOUNT = 'volume_mount {\nname = "engine"\nmount_path = "/x"\n}'
MOUNTS = (
    'dynamic "volume_mount" {\nfor_each = var.unknown\ncontent {\n'
    'name = volume_mount.value\nmount_path = "/x"\n}\n}'
)


@pytest.mark.parametrize(
    ("volume", "mounted", "expected"),
    [
        (SOCKET, MOUNTS, "var.unknown has no value"),
        (EMPTY, MOUNTS, None),
        (DYNAMIC.replace("LIST", "var.unknown"), MOUNT, "var.unknown has no value"),
        (DYNAMIC.replace("LIST", "var.unknown"), "", None),
        (
            DYNAMIC.replace("LIST", 'var.is_on ? ["engine"] : []'),
            MOUNT,
            "var.is_on has no value",
        ),
    ],
)
def test_mounts_of_which_not_all_is_known(
    judged: Judge, volume: str, mounted: str, expected: str | None
) -> None:
    outcome = judged({"main.tf": container(mounted, volume)}, privileged_container)
    assert outcome.findings == []
    assert outcome.undecided == ([expected] if expected else [])


def test_what_the_pod_says_is_said_once(judged: Judge) -> None:
    two = 'container {\nname = "b"\nimage = "shop/b:1"\n}'
    text = container("", f"host_network = true\n{two}")
    assert len(judged({"main.tf": text}, privileged_container).findings) == 1


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("privileged = true", ["privileged = true"]),
        ('capabilities {\nadd = ["SYS_ADMIN"]\n}', ['"SYS_ADMIN"']),
        ('network_mode = "host"', ['network_mode = "host"']),
        ('network_mode = "bridge"', []),
        ('pid_mode = "host"', ['pid_mode = "host"']),
        ('userns_mode = "host"', ['userns_mode = "host"']),
        ('volumes {\nhost_path = "/run"\n}', ['host_path = "/run"']),
        ('volumes {\nvolume_name = "run"\n}', []),
        ('mounts {\ntype = "bind"\nsource = "/run"\n}', ['source = "/run"']),
        ('mounts {\ntype = "volume"\nsource = "/run"\n}', []),
        ('mounts {\ntype = var.unknown\nsource = "/run"\n}', ["var.unknown has no value"]),
    ],
)
def test_docker(judged: Judge, inner: str, expected: list[str]) -> None:
    outcome = judged({"main.tf": docker(inner)}, privileged_container)
    found = [place.partition(" ")[2] for place in outcome.places]
    assert [*found, *outcome.undecided] == expected


def test_azure_container_group(judged: Judge) -> None:
    text = 'resource "azurerm_container_group" "a" {\n' + nested(
        "container security", "privilege_enabled = true"
    )
    assert len(judged({"main.tf": text + "\n}\n"}, privileged_container).findings) == 1


# -- users -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "of_pod", "expected"),
    [
        ("run_as_user = 0", "", ["run_as_user = 0"]),
        ('run_as_user = "0"', "run_as_user = 1000", ['run_as_user = "0"']),
        ("", "run_as_user = 0", ["run_as_user = 0"]),
        ("run_as_user = 1000", "run_as_user = 0", []),
        ("run_as_non_root = true", "", []),
        ("", "run_as_non_root = true", []),
        (
            "run_as_non_root = false",
            "run_as_non_root = true",
            ["the user of shop/web is not known"],
        ),
        ("run_as_user = 1000", "run_as_non_root = var.is_on", []),
        ("", "run_as_non_root = var.is_on", ["var.is_on has no value"]),
        ("run_as_user = var.unknown", "", ["var.unknown has no value"]),
        ("", "", ["the user of shop/web is not known"]),
    ],
)
def test_users_of_pods(judged: Judge, inner: str, of_pod: str, expected: list[str]) -> None:
    text = container(nested("security_context", inner), nested("security_context", of_pod))
    outcome = judged({"main.tf": text}, root_container)
    found = [place.partition(" ")[2] for place in outcome.places]
    assert [*found, *outcome.undecided] == expected


def test_a_manifest_in_terraform(judged: Judge) -> None:
    text = """
    resource "kubernetes_manifest" "web" {
      manifest = {
        apiVersion = "apps/v1"
        kind       = "DaemonSet"
        spec = { template = { spec = {
          hostIPC    = true
          volumes    = [{ name = "v", hostPath = { path = "/run" } }]
          containers = [{
            name            = "web"
            image           = "shop/web"
            securityContext = { runAsUser = 0, privileged = true }
            volumeMounts    = [{ name = "v", mountPath = "/x" }]
          }]
        } } }
      }
    }
    resource "kubernetes_manifest" "other" {
      manifest = { apiVersion = "v1", kind = "ConfigMap", data = { a = "b" } }
    }
    """
    outcome = judged({"main.tf": text}, floating_image_tag, root_container, privileged_container)
    assert sorted(finding.policy for finding in outcome.findings) == [
        "floating-image-tag",
        "privileged-container",
        "privileged-container",
        "privileged-container",
        "root-container",
    ]
    assert outcome.undecided == []


BUILT = """
resource "docker_image" "web" {
  name = "shop/web"
  build {
    context = "${path.module}/web"
  }
}
resource "docker_container" "web" {
  name  = "web"
  image = docker_image.web.image_id
  ports {
    internal = 80
  }
}
"""


def test_an_image_that_terraform_builds(judged: Judge) -> None:
    files = {"infra/main.tf": BUILT, "infra/web/Dockerfile": "FROM node:22\nEXPOSE 3000\n"}
    outcome = judged(files, root_container, floating_image_tag, port_mismatch)
    assert outcome.places == [
        "infra/main.tf:11 internal = 80",
        "infra/web/Dockerfile:1 FROM node:22",
    ]
    assert outcome.undecided == []


def test_docker_asks_the_images_health_check(judged: Judge) -> None:
    """An orchestrator that ignores it is another matter."""
    name = "example/web:1.0.0"
    files = {
        "main.tf": f'resource "docker_image" "a" {{\nname = "{name}"\n}}\n',
        "web/Dockerfile": 'FROM python:3.13.1\nCMD ["python", "a.py"]\n',
    }
    assert len(judged(files, missing_container_healthcheck).findings) == 1
    files["main.tf"] = container("").replace("shop/web:1", name)
    assert judged(files, missing_container_healthcheck).is_silent


# -- programs, environments ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "count"),
    [
        ("", 2),
        ("security_context {\nread_only_root_filesystem = true\n}", 1),
        ("security_context {\nallow_privilege_escalation = false\n}", 1),
    ],
)
def test_strict_policies(judged: Judge, inner: str, count: int) -> None:
    policies = (writable_root_filesystem, new_privileges_allowed)
    assert len(judged({"main.tf": container(inner)}, *policies).findings) == count
    windows = container(inner, 'node_selector = { "kubernetes.io/os" = "windows" }')
    assert judged({"main.tf": windows}, *policies).is_silent


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ('["no-new-privileges"]', []),
        ('["no-new-privileges:true", "apparmor=x"]', []),
        ('["apparmor=x"]', ["found"]),
        ('var.is_on ? ["no-new-privileges"] : []', ["var.is_on has no value"]),
        ("var.unknown", ["var.unknown has no value"]),
    ],
)
def test_options_of_docker(judged: Judge, options: str, expected: list[str]) -> None:
    outcome = judged({"main.tf": docker(f"security_opts = {options}")}, new_privileges_allowed)
    assert [*("found" for _ in outcome.findings), *outcome.undecided] == expected


VARIABLE = 'name = "DB_PASSWORD"\nvalue = var.hidden'


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        (container(nested("env", VARIABLE)), "`value_from` with a secret's key"),
        (
            'resource "google_cloud_run_v2_service" "a" {\n'
            + nested("template containers env", VARIABLE)
            + "\n}\n",
            "a reference to Secret Manager",
        ),
        (
            'resource "azurerm_container_app" "a" {\n'
            + nested("template container env", VARIABLE)
            + "\n}\n",
            "a `secret_name`",
        ),
        (
            'resource "azurerm_container_group" "a" {\n'
            + nested("container", "environment_variables = { DB_PASSWORD = var.hidden }")
            + "\n}\n",
            "`secure_environment_variables`",
        ),
        (
            'resource "azurerm_linux_function_app" "a" {\n'
            "app_settings = { DB_PASSWORD = var.hidden }\n}\n",
            "a reference to Key Vault",
        ),
        (
            'resource "google_cloudfunctions2_function" "a" {\n'
            + nested("service_config", "environment_variables = { DB_PASSWORD = var.hidden }")
            + "\n}\n",
            "`secret_environment_variables`",
        ),
    ],
)
def test_secrets_in_environments(judged: Judge, text: str, instead: str) -> None:
    text = text if 'variable "hidden"' in text else GIVEN + text
    (message,) = judged({"main.tf": text}, plaintext_secret_environment).messages
    assert message.endswith(f"in plain text; give it {instead}")


def test_secrets_by_reference(judged: Judge) -> None:
    reference = nested("value_from secret_key_ref", 'name = "db"\nkey = "password"')
    text = container(nested("env", f'name = "DB_PASSWORD"\n{reference}'))
    assert judged({"main.tf": text}, plaintext_secret_environment).is_silent


# -- lists of which not all is known ---------------------------------------------------------------

TASK = """
locals {
  web  = { name = "web", image = "shop/web" }
  side = { name = "side", image = "shop/side" }
}
resource "aws_ecs_task_definition" "a" {
  family                = "a"
  container_definitions = jsonencode(@)
}
"""


@pytest.mark.parametrize(
    ("definitions", "expected"),
    [
        ("concat([local.web], var.is_on ? [local.side] : [])", ["web", "side if var.is_on"]),
        ("concat([local.web], var.unknown)", ["web", "var.unknown has no value"]),
        ("[local.web, var.unknown]", ["web", "var.unknown has no value"]),
        ("flatten([[local.web], var.is_on ? [local.side] : []])", ["web", "side if var.is_on"]),
        ("var.is_on ? [local.web] : [local.side]", ["web if var.is_on", "side if !(var.is_on)"]),
        ("var.unknown", ["var.unknown has no value"]),
    ],
)
def test_containers_on_condition(judged: Judge, definitions: str, expected: list[str]) -> None:
    files = {"main.tf": GIVEN + TASK.replace("@", definitions)}
    outcome = judged(files, floating_image_tag)
    found = [
        finding.message.split("`")[1].removeprefix("shop/")
        + (f" if {finding.condition.strip('`')}" if finding.condition else "")
        for finding in outcome.findings
    ]
    assert sorted([*found, *outcome.undecided]) == sorted(expected)
    assert not outcome.verdicts.errors


def test_a_dynamic_container(judged: Judge) -> None:
    dynamic = (
        'dynamic "container" {\nfor_each = var.is_on ? ["a"] : []\ncontent {\n'
        'name = "a"\nimage = "shop/side"\n}\n}'
    )
    outcome = judged({"main.tf": container("", dynamic)}, floating_image_tag)
    assert outcome.messages == ["the image `shop/side` has no tag"]


def test_containers_that_are_none(judged: Judge) -> None:
    text = 'resource "aws_ecs_task_definition" "a" {\ncontainer_definitions = jsonencode(["x"])\n}'
    assert judged({"main.tf": text}, floating_image_tag, root_container).is_silent


# -- images that others set ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ignored", "expected"),
    [
        ("spec[0].template[0].spec[0].container[0].image", ["web", "side"]),
        ("spec[0].template[0].spec[0].container[1].image", ["side", "web"]),
        ("spec.0.template.0.spec.0.container.0.image", ["web", "side"]),
        ("spec[0].template[0].spec[0].container", ["web and side", ""]),
        ("spec", ["web and side", ""]),
        ("spec[0].replicas", ["", "web and side"]),
        ('metadata[0].annotations["image"]', ["", "web and side"]),
    ],
)
def test_images_that_terraform_leaves_alone(
    judged: Judge, ignored: str, expected: list[str]
) -> None:
    """What follows is which images are undecided, and which are found."""
    inner = "".join(
        f'container {{\nname = "{name}"\nimage = "shop/{name}"\n}}\n' for name in ("web", "side")
    )
    text = pod(inner).removesuffix("}\n") + f"lifecycle {{\nignore_changes = [{ignored}]\n}}\n}}\n"
    outcome = judged({"main.tf": text}, floating_image_tag)
    found = [message.split("`")[1].removeprefix("shop/") for message in outcome.messages]
    left = [name for name in ("web", "side") if name not in found]
    assert [" and ".join(left), " and ".join(found)] == expected
    reason = "the image of kubernetes_deployment_v1.web is set by others"
    assert all(reason in why for why in outcome.undecided)
    assert len(outcome.undecided) == len(left)


def test_everything_is_left_alone(judged: Judge) -> None:
    text = 'image_uri = "shop/web"\npackage_type = "Image"\nlifecycle {\nignore_changes = all\n}'
    text = f'resource "aws_lambda_function" "a" {{\n{text}\n}}\n'
    outcome = judged({"main.tf": text}, floating_image_tag)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


def test_an_image_left_alone_is_still_one_that_runs_here(judged: Judge) -> None:
    text = container("").removesuffix("}\n") + "lifecycle {\nignore_changes = [spec]\n}\n}\n"
    files = {"main.tf": text, "web/Dockerfile": 'FROM python:3.13.1\nCMD ["a"]\n'}
    assert judged(files, missing_container_healthcheck).is_silent


def test_json_inside_of_json(judged: Judge) -> None:
    """What is not known of one definition leaves the rest of it known."""
    text = (
        'locals {\n  web = { name = "web", image = "shop/web", user = var.unknown }\n}\n'
        'resource "aws_ecs_task_definition" "a" {\n'
        '  container_definitions = "[${jsonencode(local.web)}]"\n}\n'
    )
    outcome = judged({"main.tf": GIVEN + text}, floating_image_tag, root_container)
    assert outcome.messages == ["the image `shop/web` has no tag"]
    assert outcome.undecided == ["var.unknown has no value"]
