from __future__ import annotations

import pytest

from cloudlint_policies.compose.port_mismatch import port_mismatch as policy
from judging import Judge


@pytest.mark.parametrize(
    ("dockerfile", "lines", "expected"),
    [
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["80:80"]', (1, 0)),
        ("FROM node:22 AS a\nEXPOSE 3000\nFROM a\n", 'ports: ["80:80"]', (1, 0)),
        ("FROM node:22\nEXPOSE 3000/tcp\n", 'ports: ["80:3000"]', (0, 0)),
        ("FROM node:22\nEXPOSE 8000-8010\n", 'ports: ["80:8003"]', (0, 0)),
        ("FROM node:22\n", 'ports: ["80:3000"]', (0, 0)),
        ("FROM nginx:1.27\nEXPOSE 3000\n", 'ports: ["80:80"]', (0, 0)),
        ("FROM nginx:1.27\nEXPOSE 3000\n", 'ports: ["80:8080"]', (1, 0)),
        ("FROM tomcat:11.0\nEXPOSE 3000\n", 'ports: ["80:8443"]', (1, 0)),
        ("FROM haproxy:3.2\nEXPOSE 3000\n", 'ports: ["80:80"]', (1, 0)),
        ("FROM wordpress:6.9\nEXPOSE 3000\n", 'ports: ["80:80"]', (0, 0)),
        ("FROM wordpress:6.9-fpm\nEXPOSE 3000\n", 'ports: ["80:80"]', (1, 0)),
        ("FROM shop/base:1\nEXPOSE 3000\n", 'ports: ["80:80"]', (0, 1)),
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["80:80", "1:3000"]', (0, 0)),
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["53:53/udp"]', (0, 0)),
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["80:80"]\n    command: serve -p 80', (0, 0)),
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["80:${PORT}"]', (0, 1)),
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["80:80"]\n    environment: {PORT: 80}', (0, 0)),
        (
            "FROM node:22\nEXPOSE 3000\n",
            'ports: ["80:80"]\n    environment: ["ASPNETCORE_URLS=http://+:80"]',
            (0, 0),
        ),
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["80:80"]\n    environment: {PORT: 8080}', (1, 0)),
        ("FROM node:22\nEXPOSE 3000\n", 'ports: ["80:80"]\n    environment: {PORT: $P}', (0, 1)),
    ],
)
def test_services(judged: Judge, dockerfile: str, lines: str, expected: tuple[int, int]) -> None:
    text = f"services:\n  web:\n    build: web\n    {lines}\n"
    outcome = judged({"web/Dockerfile": dockerfile, "compose.yaml": text}, policy)
    assert outcome.verdicts.errors == []
    assert (len(outcome.findings), len(outcome.undecided)) == expected


TASK = """
variable "unknown" {}
resource "aws_ecr_repository" "web" {
  name = "shop/web"
}
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    { name = "web", image = IMAGE, portMappings = [{ containerPort = PORT }], MORE },
  ])
}
"""


@pytest.mark.parametrize(
    ("image", "port", "more", "expected"),
    [
        ('"${aws_ecr_repository.web.repository_url}:1"', "80", "", (1, 0)),
        ('"${aws_ecr_repository.web.repository_url}:1"', "3000", "", (0, 0)),
        ('"registry.local/my-web:1"', "80", "", (1, 0)),
        ('"shop/api:1"', "80", "", (0, 0)),
        ('"shop/web:1"', "80", 'command = ["-p", "80"]', (0, 0)),
        ('"shop/web:1"', "80", 'environment = [{ name = "PORT", value = "80" }]', (0, 0)),
        ('"shop/web:1"', "80", 'environment = [{ name = "PORT", value = var.unknown }]', (0, 1)),
        ('"shop/web:1"', "80", "environment = var.unknown", (0, 1)),
        ('"shop/web:1"', "80", 'environment = [{ name = "PORT", value = "81" }]', (1, 0)),
        ('"shop/web:1"', "var.unknown", "", (0, 1)),
        ("var.unknown", "80", "", (0, 1)),
    ],
)
def test_tasks(judged: Judge, image: str, port: str, more: str, expected: tuple[int, int]) -> None:
    text = TASK.replace("IMAGE", image).replace("PORT", port).replace("MORE", more)
    files = {"services/web/Dockerfile": "FROM node:22\nEXPOSE 3000\n", "main.tf": text}
    outcome = judged(files, policy)
    assert outcome.verdicts.errors == []
    assert (len(outcome.findings), len(outcome.undecided)) == expected


def balanced(containers: str, container: str = '"web"') -> dict[str, str]:
    text = f"""
      variable "unknown" {{}}
      resource "aws_ecs_task_definition" "t" {{
        family                = "t"
        container_definitions = {containers}
      }}
      resource "aws_ecs_service" "s" {{
        name            = "s"
        task_definition = aws_ecs_task_definition.t.arn
        load_balancer {{
          container_name = {container}
          container_port = 8080
        }}
      }}
    """
    return {"main.tf": text}


@pytest.mark.parametrize(
    ("containers", "container"),
    [
        ("var.unknown", '"web"'),
        ('jsonencode([{ name = "proxy", image = "a" }, var.unknown])', '"web"'),
        (
            'jsonencode([{ name = "web", image = "a", portMappings = [{ containerPort = 80 }] }])',
            "var.unknown",
        ),
        (
            "jsonencode([{ name = var.unknown, portMappings = [{ containerPort = 80 }] }])",
            '"web"',
        ),
    ],
)
def test_a_container_that_may_be_the_one(judged: Judge, containers: str, container: str) -> None:
    outcome = judged(balanced(containers, container), policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.unknown has no value"])


def test_a_container_beside_one_that_is_not_known(judged: Judge) -> None:
    web = '{ name = "web", image = "a", portMappings = [{ containerPort = %d }] }'
    for port, findings in ((80, 1), (8080, 0)):
        files = balanced(f"jsonencode([var.unknown, {web % port}])")
        outcome = judged(files, policy)
        assert (len(outcome.findings), outcome.undecided) == (findings, [])


def test_several_dockerfiles_of_one_name(judged: Judge) -> None:
    text = TASK.replace("IMAGE", '"shop/web:1"').replace("PORT", "80").replace("MORE", "")
    dockerfile = "FROM node:22\nEXPOSE 3000\n"
    files = {"a/web/Dockerfile": dockerfile, "b/web/Dockerfile": dockerfile, "main.tf": text}
    outcome = judged(files, policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


def test_a_service_that_builds_what_is_not_known(judged: Judge) -> None:
    compose = "services:\n  web:\n    build: ${CONTEXT}\n    ports: ['80:3000']\n"
    files = {"Dockerfile": "FROM node:22\nEXPOSE 80\n", "compose.yaml": compose}
    outcome = judged(files, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["CONTEXT has no value in `.env`"])
