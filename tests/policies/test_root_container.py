from __future__ import annotations

import pytest

from cloudlint_policies.images.root_container import root_container as policy
from judging import Judge

USER = "FROM alpine:3\nUSER 1000\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("FROM alpine:3\n", "1 FROM alpine:3"),
        ("FROM alpine:3\nUSER root\n", "2 root"),
        ("FROM alpine:3\nUSER 0:0\n", "2 0:0"),
        ("FROM alpine:3\nUSER app\nUSER root\n", "3 root"),
        ("FROM alpine:3\nARG U=0\nUSER $U\n", "3 $U"),
        ("FROM alpine:3\nARG G\nUSER root:$G\n", "3 root:$G"),
        ("FROM alpine:3 AS a\nUSER app\nFROM alpine:3\n", "3 FROM alpine:3"),
        ("FROM gcr.io/distroless/static:latest\n", "1 FROM gcr.io/distroless/static:latest"),
        ('FROM scratch\nCOPY a /a\nENTRYPOINT ["/a"]\n', "1 FROM scratch"),
        ("FROM haproxy:2.2\n", "1 FROM haproxy:2.2"),
        ("FROM mariadb:11.8\n", "1 FROM mariadb:11.8"),
        ("FROM fluent/fluentd:v1.2\n", "1 FROM fluent/fluentd:v1.2"),
        ("FROM cgr.dev/chainguard/wolfi-base\n", "1 FROM cgr.dev/chainguard/wolfi-base"),
        ("FROM company/base:1\n", "1 FROM company/base:1"),
        ("FROM arm64v8/haproxy:2.2\n", "1 FROM arm64v8/haproxy:2.2"),
        ('FROM company/base:1\nSHELL ["pwsh", "-c"]\n', "1 FROM company/base:1"),
    ],
)
def test_root_is_found(judged: Judge, text: str, place: str) -> None:
    assert judged({"Dockerfile": text}, policy).places == [f"Dockerfile:{place}"]


@pytest.mark.parametrize(
    "text",
    [
        USER,
        "FROM alpine:3\nUSER app:root\n",
        "FROM alpine:3 AS base\nUSER app\nFROM base\n",
        "FROM alpine:3 AS base\nUSER app\nFROM base AS b\nFROM b\nRUN true\n",
        "FROM gcr.io/distroless/static:nonroot\n",
        "FROM gcr.io/distroless/java21-debian12:debug-nonroot\n",
        "FROM nginxinc/nginx-unprivileged:1.27\n",
        "FROM cimg/ruby:3.4-browsers\n",
        "FROM haproxy:3.0\n",
        "FROM haproxy\n",
        "FROM docker:29-dind-rootless\n",
        "FROM fluent/fluentd:v1.19-debian\n",
        "FROM kong:3.9\n",
        "FROM mariadb:11.8-ubi9\n",
        "FROM mcr.microsoft.com/dotnet/runtime:10.0-azurelinux3.0-distroless\n",
        "FROM odoo:19.0\n",
        "FROM quay.io/wildfly/wildfly:36.0.1.Final-jdk21\n",
        "FROM cgr.dev/chainguard/python:latest-dev\n",
        "FROM mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled\n",
        "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n",
        "FROM mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-1809\n",
        "FROM registry.access.redhat.com/ubi9/nodejs-20\n",
        "FROM mcr.microsoft.com/dotnet/runtime:10.0-azurelinux3.0-distroless-extra\n",
        "FROM mcr.microsoft.com/dotnet/framework/aspnet:4.8\n",
        "FROM mcr.microsoft.com/windows:1909\n",
        "FROM microsoft/iis\n",
        "FROM nanoserverapiscan\n",
        'FROM python:3\nENTRYPOINT ["/usr/local/bin/python", "-m", "awslambdaric"]\n',
        'FROM node:22\nENTRYPOINT ["npx", "aws-lambda-ric"]\nCMD ["index.handler"]\n',
        'FROM company/base:1\nSHELL ["powershell", "-Command"]\nRUN Get-Item x\n',
        'FROM company/base:1\nSHELL ["C:\\\\Windows\\\\cmd.exe", "/S"]\n',
        "FROM --platform=windows/amd64 golang:1\n",
        "# escape=`\nFROM company/base:1\n",
        "FROM grafana/k6:2.2.0-with-browser\n",
        "FROM mcr.microsoft.com/dotnet/aspnet:9.0\nUSER $APP_UID\n",
        "FROM mcr.microsoft.com/dotnet/aspnet:9.0 AS b\nFROM b\nUSER ${APP_UID}\n",
        "ARG TAG=nonroot\nFROM gcr.io/distroless/static:$TAG\n",
        "FROM scratch\nCOPY a /a\n",
    ],
)
def test_another_user_is_silent(judged: Judge, text: str) -> None:
    assert judged({"Dockerfile": text}, policy).is_silent


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FROM alpine:3\nARG UID\nUSER $UID\n", "UID"),
        ("FROM mcr.microsoft.com/devcontainers/python:3\n", "is set by `devcontainer.json`"),
        ("FROM alpine:3\nARG UID\nARG GID\nUSER $UID:$GID\n", "UID"),
        ("ARG BASE\nFROM $BASE\n", "BASE"),
        ("ARG REGISTRY\nFROM $REGISTRY/base:1\n", "REGISTRY"),
    ],
)
def test_unknown_users_are_undecided(judged: Judge, text: str, reason: str) -> None:
    outcome = judged({"Dockerfile": text}, policy)
    assert not outcome.findings
    (told,) = outcome.undecided
    assert reason in told


def test_a_base_is_named(judged: Judge) -> None:
    outcome = judged({"Dockerfile": "FROM company/base:1\n"}, policy)
    assert outcome.messages == [
        "the image of Dockerfile runs as root: no `USER` is set, and `company/base:1` is not "
        "known to set one"
    ]


# -- services ------------------------------------------------------------------------------------


def compose(**services: str) -> dict[str, str]:
    named = "".join(f"  {name}:\n{body}" for name, body in services.items())
    return {"Dockerfile": "FROM alpine:3\n", "compose.yaml": f"services:\n{named}"}


BUILT = "    build: .\n"
AS_USER = '    user: "1000"\n'
AS_ROOT = "    user: root\n"


def test_a_service_may_set_the_user(judged: Judge) -> None:
    assert judged(compose(a=BUILT + AS_USER), policy).is_silent
    assert judged(compose(a=BUILT + AS_USER, b=BUILT + AS_USER), policy).is_silent


def test_all_services_have_to(judged: Judge) -> None:
    outcome = judged(compose(a=BUILT + AS_USER, b=BUILT), policy)
    assert outcome.places == ["Dockerfile:1 FROM alpine:3"]


def test_a_service_as_root_is_found_where_it_says_so(judged: Judge) -> None:
    outcome = judged(compose(a=BUILT + AS_ROOT), policy)
    assert outcome.places == ["compose.yaml:4 root"]


def test_a_service_of_an_image_as_root_is_found(judged: Judge) -> None:
    text = 'services:\n  a:\n    image: example/a:1\n    user: "0:0"\n'
    assert judged({"compose.yaml": text}, policy).places == ['compose.yaml:4 "0:0"']


def test_images_of_others(judged: Judge) -> None:
    outcome = judged(compose(a="    image: example/a:1\n", b="    image: kibana:8\n"), policy)
    assert outcome.undecided == ["the user of example/a is not known"]


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        ("https://example.com/a.git", "the Dockerfile of a is not at hand"),
    ],
)
def test_a_dockerfile_that_is_not_at_hand(judged: Judge, build: str, reason: str) -> None:
    outcome = judged({"compose.yaml": f"services:\n  a:\n    build: {build}\n"}, policy)
    assert (outcome.findings, outcome.undecided) == ([], [reason])


def test_targets_are_judged_and_the_final_stage(judged: Judge) -> None:
    files = {
        "Dockerfile": """
        FROM alpine:3 AS unused
        FROM alpine:3 AS dev
        FROM alpine:3 AS final
        USER app
        """,
        "compose.yaml": """
        services:
          dev:
            build:
              context: .
              target: dev
        """,
    }
    assert judged(files, policy).places == ["Dockerfile:2 FROM alpine:3 AS dev"]


def test_a_stage_that_takes_its_user_from_another_is_judged_there(judged: Judge) -> None:
    files = {
        "Dockerfile": """
        FROM alpine:3 AS base
        FROM base AS final
        """,
        "compose.yaml": """
        services:
          dev:
            build:
              context: .
              target: base
        """,
    }
    assert judged(files, policy).places == ["Dockerfile:1 FROM alpine:3 AS base"]
    files["Dockerfile"] += "USER root\n"
    assert judged(files, policy).places == [
        "Dockerfile:1 FROM alpine:3 AS base",
        "Dockerfile:3 root",
    ]


# -- tasks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ('user = "root"', ['main.tf:3 user = "root"']),
        ('user = "0"', ['main.tf:3 user = "0"']),
        ('user = "1000:0"', []),
        ("user = null", ["the user of shop/web is not known"]),
        ('image = "${var.user}/web:1"', ["the user of the image is not known"]),
        ("user = var.user", ["var.user has no value"]),
    ],
)
def test_containers_of_tasks(judged: Judge, user: str, expected: list[str]) -> None:
    text = f"""
    resource "aws_ecs_task_definition" "web" {{
      container_definitions = jsonencode([
        merge({{ image = "shop/web:1" }}, {{ {user} }})
      ])
    }}
    variable "user" {{}}
    """
    outcome = judged({"main.tf": text}, policy)
    assert [*outcome.places, *outcome.undecided] == expected


@pytest.mark.parametrize(
    "base", ["public.ecr.aws/lambda/nodejs:22", "amazon/aws-lambda-python:3.12"]
)
def test_lambda_gives_functions_a_user_of_its_own(judged: Judge, base: str) -> None:
    assert judged({"Dockerfile": f'FROM {base}\nCMD ["app.handler"]\n'}, policy).is_silent


LOST = "services:\n  web:\n    build: ${CONTEXT}\n"


def test_a_service_that_may_run_it_as_somebody_else(judged: Judge) -> None:
    files = {"Dockerfile": "FROM alpine:3\n", "compose.yaml": f"{LOST}    user: '10001'\n"}
    outcome = judged(files, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["CONTEXT has no value in `.env`"])
    files["compose.yaml"] = LOST
    assert [finding.span.path for finding in judged(files, policy).findings] == ["Dockerfile"]


def test_a_stage_that_is_not_known(judged: Judge) -> None:
    text = "FROM alpine:3 AS dev\nFROM alpine:3\nUSER app\n"
    built = "services:\n  web:\n    build: {context: ., target: '${STAGE}'}\n"
    outcome = judged({"Dockerfile": text, "compose.yaml": built}, policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 2)


def test_a_stage_that_a_service_may_build(judged: Judge) -> None:
    text = "FROM alpine:3 AS dev\nFROM alpine:3 AS test\nFROM alpine:3\nUSER app\n"
    built = "services:\n  web:\n    build: {context: '${CONTEXT}', target: dev}\n"
    outcome = judged({"Dockerfile": text, "compose.yaml": built}, policy)
    assert outcome.findings == []
    assert {check.address for check in outcome.verdicts.undecided} == {
        "compose.service.web",
        "dockerfile.stage.dev",
    }


def test_a_service_beside_others_that_may_not_set_a_user(judged: Judge) -> None:
    compose = "services:\n  web: {build: ., user: '1000'}\n  job: {build: '${CONTEXT}'}\n"
    files = {"Dockerfile": "FROM alpine:3\n", "compose.yaml": compose}
    outcome = judged(files, policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 2)
    files["compose.yaml"] = compose.replace("'${CONTEXT}'", "other")
    assert judged(files, policy).findings == []


@pytest.mark.parametrize(
    "image",
    [
        "gcr.io/distroless/static:$TAG",
        "gcr.io/distroless/static:${TAG}-nonroot",
        "dhi.io/node:$TAG",
    ],
)
def test_a_tag_that_would_tell_the_user_is_undecided(judged: Judge, image: str) -> None:
    outcome = judged({"Dockerfile": f"ARG TAG\nFROM {image}\n"}, policy)
    assert outcome.findings == []
    assert outcome.undecided


def test_any_tag_of_an_image_that_runs_as_root_is_found(judged: Judge) -> None:
    assert len(judged({"Dockerfile": "ARG TAG\nFROM node:$TAG\n"}, policy).findings) == 1
