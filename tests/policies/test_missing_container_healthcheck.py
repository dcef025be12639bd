from __future__ import annotations

import pytest

from cloudlint_policies.images.missing_container_healthcheck import (
    missing_container_healthcheck as policy,
)
from judging import Judge

SERVER = 'FROM node:22\nCMD ["node", "server.js"]\n'
CHECK = 'HEALTHCHECK CMD ["node", "check.js"]\n'


@pytest.mark.parametrize(
    "text",
    [
        SERVER,
        f"FROM node:22 AS base\n{CHECK}FROM node:22\nCMD node server.js\n",
        'FROM scratch\nCOPY server /\nENTRYPOINT ["/server"]\n',
        "FROM nginx:1.27\n",
        "FROM ubuntu:24.04\nRUN apt-get install x\nEXPOSE 80\n",
        'FROM alpine:3\nCMD ["sh", "-c", "exec server"]\n',
        'FROM alpine:3\nCMD ["server"]\n',
        'FROM alpine:3\nRUN apk add tool\nEXPOSE 80\nENTRYPOINT ["tool"]\nCMD ["--help"]\n',
        'FROM alpine:3\nRUN apk add redis\nENTRYPOINT ["redis-server"]\n',
        "FROM alpine:3\nRUN apk add x\nENTRYPOINT tor -f /etc/torrc\n",
        'FROM alpine:3\nRUN apk add x\nCMD ["tini", "--", "python3", "-u", "app.py"]\n',
        'FROM debian:12\nRUN apt-get install x\nENTRYPOINT ["java", "-jar", "/x.jar"]\n',
        'FROM alpine:3\nRUN apk add bash\nCOPY start.sh /usr/bin/\nCMD ["start.sh"]\n',
        "FROM alpine:3\nRUN apk add bash\nCOPY <<EOF /start.sh\nx\nEOF\nCMD start.sh\n",
        "FROM golang:1 AS b\nCOPY . .\nRUN go build -o /usr/bin/x\nFROM alpine:3\nRUN apk add y\n"
        'COPY --from=b /usr/bin/x /usr/bin/x\nENTRYPOINT ["x"]\n',
        "FROM python:3 AS b\nRUN --mount=type=bind,target=/src pip install /src\nFROM b\n"
        'ENTRYPOINT ["x"]\n',
    ],
)
def test_images_without(judged: Judge, text: str) -> None:
    assert len(judged({"Dockerfile": text}, policy).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        SERVER + CHECK,
        f"FROM node:22 AS base\n{CHECK}FROM base\nCMD node server.js\n",
        'FROM public.ecr.aws/lambda/python:3.12\nCMD ["app.handler"]\n',
        'FROM amazon/aws-lambda-python:3.12\nCMD ["app.handler"]\n',
        "FROM axllent/mailpit:v1.21\n",
        "FROM alpine:3\nRUN apk add git\n",
        'FROM ubuntu:24.04\nCMD ["/bin/bash"]\n',
        'FROM amazon/aws-cli:2\nENTRYPOINT []\nCMD ["/bin/bash"]\n',
        "FROM scratch\nCOPY out /\n",
        "FROM public.ecr.aws/amazonlinux/amazonlinux:2023\nRUN dnf install -y git\n",
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell x\n",
        'FROM ubuntu:24.04\nCMD ["sleep", "infinity"]\n',
        "FROM ubuntu:24.04\nCMD tail -f /dev/null\n",
        'FROM alpine:3\nRUN apk add x\nENTRYPOINT ["x"]\nCMD ["--help"]\n',
        'FROM alpine:3\nCOPY x /x\nENTRYPOINT ["/x"]\nCMD ["tool", "--help"]\n',
        'FROM node:22\nCMD ["node", "server.js"]\nCMD ["bash"]\n',
        'FROM python:3\nCOPY . .\nCMD ["python", "manage.py", "migrate"]\n',
        'FROM golang:1\nCOPY . .\nCMD ["go", "test", "./..."]\n',
        'FROM node:22\nCOPY . .\nENTRYPOINT ["npx", "cypress", "run"]\n',
        'FROM python:3\nCOPY . .\nENTRYPOINT ["python", "-m", "awslambdaric"]\nCMD ["a.b"]\n',
    ],
)
def test_images_that_need_none(judged: Judge, text: str) -> None:
    assert judged({"Dockerfile": text}, policy).is_silent


@pytest.mark.parametrize(
    "lines",
    [
        'ENTRYPOINT ["tool"]',
        "ENTRYPOINT tool --flag",
        'ENTRYPOINT ["tini", "--"]\nCMD ["/usr/bin/tool", "x"]',
        'COPY fonts.conf /etc/fonts/local.conf\nENTRYPOINT ["tool"]\nCMD ["--data=/x"]',
        'ADD https://example.com/tool /usr/bin/tool\nCMD ["tool"]',
    ],
)
def test_programs_of_others_may_end(judged: Judge, lines: str) -> None:
    outcome = judged({"Dockerfile": f"FROM alpine:3\nRUN apk add tool\n{lines}\n"}, policy)
    assert not outcome.findings
    (told,) = outcome.undecided
    assert "keeps running is not known" in told
    served = {"Dockerfile": f"FROM alpine:3\nRUN apk add tool\n{lines}\nEXPOSE 80\n"}
    assert judged(served, policy).findings
    service = {"compose.yaml": "services:\n  a:\n    build: .\n"}
    text = {"Dockerfile": f"FROM alpine:3\nRUN apk add tool\n{lines}\n"}
    assert judged(text | service, policy).findings


@pytest.mark.parametrize(
    "text", ["FROM python:3\nCOPY . /app\n", "FROM gcr.io/distroless/static\nCOPY a /a\n"]
)
def test_what_starts_nothing_may_hold_what_others_start(judged: Judge, text: str) -> None:
    outcome = judged({"Dockerfile": text}, policy)
    assert outcome.findings == []
    (told,) = outcome.undecided
    assert "what the image starts is not said" in told


def test_an_image_that_runs_as_its_base_does_may_have_its_check(judged: Judge) -> None:
    outcome = judged({"Dockerfile": "FROM example/agent:7\nCOPY agent.yaml /etc/\n"}, policy)
    assert outcome.findings == []
    (told,) = outcome.undecided
    assert "whether example/agent has a health check is not known" in told
    own = {"Dockerfile": 'FROM example/agent:7\nCOPY server /\nCMD ["/server"]\n'}
    assert judged(own, policy).findings


def test_what_ends_has_no_need_of_one_as_a_service_either(judged: Judge) -> None:
    files = {
        "Dockerfile": 'FROM python:3\nCOPY . .\nCMD ["pytest", "-q"]\n',
        "compose.yaml": "services:\n  a:\n    build: .\n",
    }
    assert judged(files, policy).is_silent


@pytest.mark.parametrize(("other", "found"), [("image: a:1", 0), ("build: web", 1)])
def test_services_that_others_wait_for_to_end(judged: Judge, other: str, found: int) -> None:
    services = (
        "services:\n  setup:\n    build: web\n  app:\n    image: shop/app:1\n"
        "    depends_on:\n      setup: {condition: service_completed_successfully}\n"
        f"  other:\n    {other}\n"
    )
    outcome = judged({"web/Dockerfile": SERVER, "compose.yaml": services}, policy)
    assert len(outcome.findings) == found


def test_none_is_found_where_it_is_written(judged: Judge) -> None:
    outcome = judged({"Dockerfile": f"{SERVER}{CHECK}HEALTHCHECK NONE\n"}, policy)
    assert outcome.places == ["Dockerfile:4 HEALTHCHECK NONE"]


def compose(check: str) -> str:
    return f"services:\n  web:\n    build: web\n    healthcheck:\n      {check}\n"


def test_a_service_may_give_one(judged: Judge) -> None:
    files = {"web/Dockerfile": SERVER, "compose.yaml": compose('test: ["CMD", "true"]')}
    assert judged(files, policy).is_silent


@pytest.mark.parametrize("check", ["disable: true", "interval: 5s", "test: [NONE]"])
def test_a_service_may_not_give_one(judged: Judge, check: str) -> None:
    files = {"web/Dockerfile": SERVER, "compose.yaml": compose(check)}
    assert judged(files, policy).places == ["web/Dockerfile:1 FROM node:22"]


def test_jobs_are_an_option(judged: Judge) -> None:
    files = {"db/Dockerfile.migrate": SERVER}
    assert judged(files, policy).is_silent
    assert judged(files, policy, options={"missing-container-healthcheck": {"jobs": []}}).findings


def test_what_only_kubernetes_runs(judged: Judge) -> None:
    manifest = "apiVersion: apps/v1\nspec:\n  containers:\n  - image: registry.local/shop/web:1\n"
    files = {"src/web/Dockerfile": SERVER, "k8s/web.yaml": manifest}
    assert judged(files, policy).is_silent
    assert judged({"src/api/Dockerfile": SERVER, **files}, policy).places == [
        "src/api/Dockerfile:1 FROM node:22"
    ]


def test_what_only_kubernetes_runs_with_a_tag_of_others(judged: Judge) -> None:
    deployment = """
    resource "kubernetes_deployment" "web" {
      spec {
        template {
          spec {
            container {
              image = "registry.local/shop/web:1"
            }
          }
        }
      }
      lifecycle {
        ignore_changes = [spec[0].template[0].spec[0].container[0].image]
      }
    }
    """
    files = {"src/web/Dockerfile": SERVER, "infra/main.tf": deployment}
    assert judged(files, policy).is_silent


TASK = """
variable "unknown" {}
variable "names" { type = list(string) }
resource "aws_ecs_task_definition" "t" {
  family = "t"
  container_definitions = jsonencode([CONTAINER])
}
"""
SERVICE = """
resource "aws_ecs_service" "s" {
  name = "s"
  task_definition = aws_ecs_task_definition.t.arn
  BODY
}
"""
SCHEDULE = """
resource "aws_cloudwatch_event_target" "e" {
  rule = "r"
  arn = "c"
  role_arn = "r"
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.t.arn
  }
}
"""
BEHIND = 'load_balancer {\ncontainer_name = "a"\ncontainer_port = 80\n}'
OTHER = 'load_balancer {\ncontainer_name = "b"\ncontainer_port = 80\n}'
DYNAMIC = (
    'dynamic "load_balancer" {\nfor_each = var.names\n'
    "content {\ncontainer_name = load_balancer.value\ncontainer_port = 80\n}\n}"
)


@pytest.mark.parametrize(
    ("container", "more", "found", "undecided"),
    [
        ("", SERVICE, 1, 0),
        ("", SERVICE.replace("BODY", BEHIND), 0, 0),
        ("", SERVICE.replace("BODY", OTHER), 1, 0),
        ("", SERVICE.replace("BODY", DYNAMIC), 0, 1),
        ('healthCheck = { command = ["CMD", "true"] }', SERVICE, 0, 0),
        ('healthCheck = { command = ["NONE"] }', SERVICE, 1, 0),
        ("healthCheck = var.unknown", SERVICE, 0, 1),
        ("essential = false", SERVICE, 0, 0),
        ('firelensConfiguration = { type = "fluentbit" }', SERVICE, 0, 0),
        ("", SCHEDULE, 0, 0),
        ("", "", 0, 1),
    ],
)
def test_tasks(judged: Judge, container: str, more: str, found: int, undecided: int) -> None:
    definition = f'{{ name = "a", image = "shop/a:1", {container} }}'
    text = TASK.replace("CONTAINER", definition) + more.replace("BODY", "")
    outcome = judged({"main.tf": text}, policy)
    assert (len(outcome.findings), len(outcome.undecided)) == (found, undecided)


UNTOLD = """
variable "image" {}
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{ name = "web", image = var.image }])
}
"""


def test_an_image_that_a_task_may_run(judged: Judge) -> None:
    files = {"services/web/Dockerfile": SERVER, "main.tf": UNTOLD}
    undecided = judged(files, policy).verdicts.undecided
    assert [check.origin for check in undecided if "dockerfile" in check.address] == ["var.image"]
    told = UNTOLD.replace("var.image", '"shop/cart:1"')
    assert [f.span.path for f in judged(files | {"main.tf": told}, policy).findings] == [
        "services/web/Dockerfile"
    ]


def test_a_service_that_may_check_it(judged: Judge) -> None:
    compose = "services:\n  web:\n    build: ${CONTEXT}\n    healthcheck: {test: [CMD, a]}\n"
    outcome = judged({"Dockerfile": SERVER, "compose.yaml": compose}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["CONTEXT has no value in `.env`"])


def test_an_unknown_image_runs_what_is_nearest_to_it(judged: Judge) -> None:
    files = {"a/web/Dockerfile": SERVER, "b/web/Dockerfile": SERVER, "b/infra/main.tf": UNTOLD}
    outcome = judged(files, policy)
    assert [finding.span.path for finding in outcome.findings] == ["a/web/Dockerfile"]
