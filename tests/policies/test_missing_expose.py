"""Servers that do not say where they answer."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.missing_expose import missing_expose as policy
from conftest import Judge


def image(*lines: str, base: str = "python:3.13.1-slim") -> dict[str, str]:
    return {"Dockerfile": "\n".join((f"FROM {base}", *lines)) + "\n"}


@pytest.mark.parametrize(
    "lines",
    [
        'CMD ["gunicorn", "app:app"]',
        "CMD exec gunicorn app:app",
        'CMD ["sh", "-c", "migrate && uvicorn app:app"]',
        'ENTRYPOINT ["tini", "--"]\nCMD ["flask", "run"]',
        'ENTRYPOINT ["dumb-init", "gunicorn"]',
        'CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]',
        'CMD ["python", "-m", "uvicorn", "app:app"]',
        'CMD ["bundle", "exec", "puma"]',
        'CMD ["npx", "serve", "-s", "build"]',
        'CMD ["flask", "--app", "shop", "--debug", "run", "--host", "0.0.0.0"]',
        'CMD ["python", "-u", "-m", "http.server"]',
        "CMD ddtrace-run gunicorn app:app",
        'ENTRYPOINT ["wait-for-it", "db:5432", "--"]\nCMD ["x"]\nCMD ["x", "--", "uvicorn", "a:b"]',
        'CMD ["tini", "-g", "--", "redis-server", "/etc/redis.conf"]',
    ],
)
def test_known_servers(judged: Judge, lines: str) -> None:
    assert len(judged(image(lines), policy).findings) == 1


@pytest.mark.parametrize(
    "lines",
    [
        'CMD ["gunicorn", "app:app"]\nEXPOSE 8000',
        'CMD ["python", "worker.py"]',
        'CMD ["flask", "db", "upgrade"]',
        'CMD ["gunicorn", "app:app"]\nCMD ["python", "job.py"]',
        "RUN gunicorn --version",
    ],
)
def test_exposed_or_no_server(judged: Judge, lines: str) -> None:
    assert judged(image(lines), policy).is_silent


def test_a_base_may_expose_it(judged: Judge) -> None:
    for base in ("nginx:1.27.3", "public.ecr.aws/docker/library/nginx:1.27.3", "arm64v8/nginx:1"):
        assert judged(image('CMD ["nginx"]', base=base), policy).is_silent
    assert judged(image('CMD ["nginx"]', base="grafana/grafana:12"), policy).is_silent
    earlier = 'FROM alpine:3.20.3 AS a\nEXPOSE 80\nFROM a\nCMD ["nginx"]\n'
    assert judged({"Dockerfile": earlier}, policy).is_silent
    assert judged(image('CMD ["nginx"]', base="example/x:1"), policy).undecided


def test_a_published_port(judged: Judge) -> None:
    service = "services:\n  web:\n    build: .\n    ports: ['80:3000']\n"
    files = image('CMD ["./server"]', base="debian:12.8-slim") | {"compose.yaml": service}
    assert judged(files, policy).places == ["Dockerfile:1 FROM debian:12.8-slim"]
    quiet = service.replace("    ports: ['80:3000']\n", "")
    assert judged(files | {"compose.yaml": quiet}, policy).is_silent


def test_stages_that_nobody_runs(judged: Judge) -> None:
    lines = 'FROM python:3.13.1 AS a\nCMD ["gunicorn"]\nFROM alpine:3.20.3\nCMD ["true"]\n'
    assert judged({"Dockerfile": lines}, policy).is_silent
    test = 'FROM python:3.13.1 AS test\nCMD ["gunicorn"]\n'
    assert judged({"Dockerfile": test}, policy).is_silent


TASK = """
variable "unknown" {}
resource "aws_ecs_task_definition" "t" {
  family = "t"
  container_definitions = jsonencode([
    { name = "web", image = "shop/web:1", portMappings = PORTS, MORE },
  ])
}
"""


def task(ports: str, more: str = "") -> str:
    return TASK.replace("PORTS", ports).replace("MORE", more)


ONE_PORT = "[{ containerPort = 80 }]"
SERVER = "FROM node:22\nCMD node server.js\n"


@pytest.mark.parametrize(
    ("dockerfile", "terraform", "found", "undecided"),
    [
        (SERVER, task(ONE_PORT), 1, 0),
        (SERVER, task("[{ containerPort = var.unknown }]"), 1, 0),
        (SERVER, task(ONE_PORT, 'command = ["worker"]'), 0, 0),
        (SERVER, task(ONE_PORT).replace("shop/web", "shop/api"), 0, 0),
        (SERVER, task("[]"), 0, 0),
        (SERVER, task("null"), 0, 0),
        (SERVER, task("var.unknown"), 0, 1),
        (f"{SERVER}EXPOSE 80\n", task(ONE_PORT), 0, 0),
        ("FROM shop/base:1\n", task(ONE_PORT), 0, 1),
    ],
)
def test_a_port_of_a_task(
    judged: Judge, dockerfile: str, terraform: str, found: int, undecided: int
) -> None:
    outcome = judged({"src/web/Dockerfile": dockerfile, "infra/main.tf": terraform}, policy)
    assert (len(outcome.findings), len(outcome.undecided)) == (found, undecided)


def test_tasks_of_several_dockerfiles_of_one_name(judged: Judge) -> None:
    files = {
        "a/web/Dockerfile": SERVER,
        "b/web/Dockerfile": SERVER,
        "infra/main.tf": task(ONE_PORT),
    }
    outcome = judged(files, policy)
    assert not outcome.findings
    assert outcome.undecided == ['the Dockerfile of the image "shop/web:1" is one of several']


def test_a_container_of_an_unknown_image_may_run_it(judged: Judge) -> None:
    unknown = task(ONE_PORT).replace('"shop/web:1"', "var.unknown")
    lost = TASK.partition("container_definitions")[0] + "container_definitions = var.unknown\n}\n"
    for terraform in (unknown, lost):
        files = {"src/web/Dockerfile": SERVER, "infra/main.tf": terraform}
        outcome = judged(files, policy)
        assert (outcome.findings, outcome.undecided) == ([], ["var.unknown has no value"])


def test_a_service_that_builds_what_is_not_known(judged: Judge) -> None:
    compose = "services:\n  web:\n    build: ${CONTEXT}\n    ports: ['80:3000']\n"
    outcome = judged({"Dockerfile": SERVER, "compose.yaml": compose}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["CONTEXT has no value in `.env`"])


def test_an_unknown_image_runs_what_is_nearest_to_it(judged: Judge) -> None:
    unknown = task(ONE_PORT).replace('"shop/web:1"', "var.unknown")
    files = {"a/web/Dockerfile": SERVER, "b/web/Dockerfile": SERVER, "b/infra/main.tf": unknown}
    outcome = judged(files, policy)
    assert outcome.findings == []
    assert outcome.undecided == ["var.unknown has no value"]
