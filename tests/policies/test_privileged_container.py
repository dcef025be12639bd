from __future__ import annotations

import pytest

from cloudlint_policies.images.privileged_container import privileged_container as policy
from judging import Judge


def service(*lines: str) -> dict[str, str]:
    body = "".join(f"    {line}\n" for line in ("image: shop/web:1", *lines))
    return {"compose.yaml": f"services:\n  web:\n{body}"}


@pytest.mark.parametrize(
    "line",
    [
        "privileged: true",
        'privileged: "${PRIVILEGED:-true}"',
        "cap_add: [CHOWN, all]",
        "cap_add: [CAP_SYS_ADMIN]",
        "cap_add: [net_admin]",
        "pid: host",
        "ipc: host",
        "network_mode: host",
        "userns_mode: host",
        "use_api_socket: true",
        "post_start: [{command: ./x, privileged: true}]",
        "pre_stop: [{command: ./x, user: root}, {command: ./y, privileged: 'yes'}]",
        "volumes: [/var/run/docker.sock:/var/run/docker.sock]",
        "volumes: [/var/run/docker.sock:/tmp/docker.sock:ro]",
        "volumes: ['//var/run/docker.sock:/var/run/docker.sock']",
        "volumes: ['${SOCKET:-/run/docker.sock}:/var/run/docker.sock']",
        "volumes: ['$XDG_RUNTIME_DIR/docker.sock:/var/run/docker.sock']",
        "volumes: ['/run/user/1000/podman/podman.sock:/var/run/docker.sock']",
        "volumes: ['~/.docker/run/docker.sock:/var/run/docker.sock']",
        "volumes: [/run/containerd/containerd.sock:/x]",
        "volumes: [/run/:/host/run]",
        "volumes: ['/:/rootfs:ro']",
        "volumes: [{type: bind, source: /var/run, target: /x}]",
    ],
)
def test_ways_to_the_host(judged: Judge, line: str) -> None:
    (place,) = judged(service(line), policy).places
    assert place.startswith("compose.yaml:4 ")


@pytest.mark.parametrize(
    "line",
    [
        "privileged: false",
        "post_start: [{command: ./x, user: root}]",
        "cap_add: [NET_BIND_SERVICE, SYS_PTRACE]",
        "pid: 'service:other'",
        "ipc: shareable",
        "network_mode: bridge",
        "volumes: [run:/var/run, ./var/run:/x, /var/log:/var/log, /runner:/r]",
        "volumes: [{type: tmpfs, target: /var/run}]",
        "volumes: ['${PWD_UNSET}/site:/srv']",
    ],
)
def test_what_stays_apart(judged: Judge, line: str) -> None:
    outcome = judged(service(line), policy)
    assert (outcome.findings, outcome.undecided) == ([], [])


def test_a_volume_that_binds_the_socket(judged: Judge) -> None:
    files = service("volumes: ['engine:/engine']")
    files["compose.yaml"] += (
        "volumes:\n  engine:\n    driver_opts: {type: none, o: bind, device: /var/run}\n"
    )
    assert judged(files, policy).messages == [
        'the service `web` is given the container engine\'s socket by the mount of "/var/run"'
    ]


def test_a_known_way_is_found_beside_an_unknown_one(judged: Judge) -> None:
    outcome = judged(service("privileged: true", "pid: ${PID}"), policy)
    assert outcome.places == ["compose.yaml:4 true"]


@pytest.mark.parametrize("volume", ["${DATA}:/data", "${DATA}"])
def test_a_mount_of_something_unknown_is_undecided(judged: Judge, volume: str) -> None:
    assert judged(service(f"volumes: ['{volume}']"), policy).undecided


TASK = """
variable "unknown" {{}}

resource "aws_ecs_task_definition" "web" {{
  family = "web"
  {task}
  container_definitions = jsonencode([
    {{ name = "a", image = "shop/a:1", {container} }},
    {{ name = "b", image = "shop/b:1" }},
  ])
}}
"""


@pytest.mark.parametrize(
    ("task", "container", "expected"),
    [
        ("", "privileged = true", ["privileged = true"]),
        ("", 'linuxParameters = { capabilities = { add = ["SYS_ADMIN"] } }', ['"SYS_ADMIN"']),
        ('pid_mode = "host"', "", ['pid_mode = "host"']),
        ('network_mode = "host"', "", ['network_mode = "host"']),
        ('network_mode = "awsvpc"', "privileged = false", []),
        (
            'volume {\nname = "v"\nhost_path = "/run"\n}',
            'mountPoints = [{ sourceVolume = "v" }]',
            ['host_path = "/run"'],
        ),
        ('volume {\nname = "v"\nhost_path = "/run"\n}', "", []),
        ("", "privileged = var.unknown", ["var.unknown has no value"]),
    ],
)
def test_tasks(judged: Judge, task: str, container: str, expected: list[str]) -> None:
    outcome = judged({"main.tf": TASK.format(task=task, container=container)}, policy)
    found = [place.partition(" ")[2] for place in outcome.places]
    assert [*found, *outcome.undecided] == expected


def test_batch_jobs(judged: Judge) -> None:
    text = """
    resource "aws_batch_job_definition" "j" {
      container_properties = jsonencode({
        image       = "shop/job:1"
        volumes     = [{ name = "v", host = { sourcePath = "/var/run/docker.sock" } }]
        mountPoints = [{ sourceVolume = "v", containerPath = "/x" }]
      })
    }
    """
    assert len(judged({"main.tf": text}, policy).findings) == 1


def test_the_network_s_capability_is_said_to_be_no_more(judged: Judge) -> None:
    text = "services:\n  vpn:\n    image: vpn:1\n    cap_add: [NET_ADMIN, SYS_MODULE]\n"
    messages = judged({"compose.yaml": text}, policy).messages
    assert ["rules the network" in message for message in messages] == [True, False]
