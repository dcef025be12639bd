"""Toolchains in images that run."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.fat_runtime_image import fat_runtime_image as policy
from conftest import Judge

START = 'CMD ["/x"]\n'


@pytest.mark.parametrize(
    "base",
    [
        "golang:1.25", "docker.io/library/rust:1.83", "maven:3.9-eclipse-temurin-21", "gradle:8",
        "mcr.microsoft.com/dotnet/sdk:9.0", "public.ecr.aws/docker/library/golang:1.25", "gcc:14",
        "eclipse-temurin:21", "eclipse-temurin:21-jdk-alpine", "openjdk:17-slim", "swift:6.0",
        "nvidia/cuda:12.6.3-devel-ubuntu24.04", "sapmachine:21-jdk-headless-ubuntu",
        "azul-zulu:21-headless-alpine", "adoptopenjdk/openjdk11:alpine", "cimg/go:1.24",
        "registry.access.redhat.com/ubi9/openjdk-21:1.23",
        "golang:1.25@sha256:1079b05296ed12ffd5fa0f89a8ceaca3c9859c362637af5eee0d28b309abbc3e",
    ],
)  # fmt: skip
def test_images_to_build_with(judged: Judge, base: str) -> None:
    assert judged({"Dockerfile": f"FROM {base}\n{START}"}, policy).places == [
        f"Dockerfile:1 {base}"
    ]


@pytest.mark.parametrize(
    "base",
    [
        "eclipse-temurin:21-jre", "amazoncorretto:21-headless", "swift:6.0-slim", "scratch",
        "python:3.13", "debian:12", "mcr.microsoft.com/dotnet/aspnet:9.0", "example/golang:1",
        "nvidia/cuda:12.6.3-runtime-ubuntu24.04", "sapmachine:21-jre-headless-ubuntu",
        "registry.access.redhat.com/ubi9/openjdk-21-runtime:1.23", "adoptopenjdk/openjdk11:jre",
    ],
)  # fmt: skip
def test_images_to_run(judged: Judge, base: str) -> None:
    assert judged({"Dockerfile": f"FROM {base}\n{START}"}, policy).is_silent


def run(command: str, base: str = "debian:12.8-slim") -> dict[str, str]:
    return {"Dockerfile": f"FROM {base}\nRUN {command}\n{START}"}


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (
            "apt-get update && apt-get -y install --no-install-recommends curl gcc=4:12.2",
            "gcc=4:12.2",
        ),
        ("apk add --no-cache build-base", "build-base"),
        ("dnf install -y make && dnf clean all", "make"),
        ("microdnf install java-21-openjdk-devel", "java-21-openjdk-devel"),
        ("apt-get install -y libpq-dev && apt-get purge -y curl", "libpq-dev"),
        ("apk add --virtual .build gcc && apk add g++ && apk del .build", "g++"),
        ("bash -c 'apt-get install -y openjdk-17-jdk'", "openjdk-17-jdk"),
        ("<<EOF\napt-get install -y cmake\nEOF", "cmake"),
        ("yum groupinstall -y 'Development Tools'", "'Development Tools'"),
    ],
)
def test_packages_that_stay(judged: Judge, command: str, word: str) -> None:
    (place,) = judged(run(command), policy).places
    assert place.endswith(f" {word}")


@pytest.mark.parametrize(
    "command",
    [
        "apt-get install -y curl libpq5 default-jre",
        "apt-get install -y gcc && make && apt-get purge -y --auto-remove gcc",
        "apk add --no-cache -t .deps gcc musl-dev && make && apk del --no-network .deps",
        "deps='gcc make' && apt-get install -y $deps && apt-get remove -y $deps",
        "yum install -y gcc && yum remove -y gcc",
        "pip install python-dev",
        "apt-get remove -y gcc",
    ],
)
def test_packages_that_do_not(judged: Judge, command: str) -> None:
    assert judged(run(command), policy).is_silent


@pytest.mark.parametrize(
    "command",
    [
        "apt-get install -y $PACKAGES",
        "apt-get install -y gcc && apt-get purge -y $(cat unwanted)",
        "apt-get install -y gcc && apt-mark auto gcc && apt-get -y autoremove",
    ],
)
def test_packages_that_nobody_knows(judged: Judge, command: str) -> None:
    outcome = judged(run(command), policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


def test_what_a_later_layer_removes_is_still_there(judged: Judge) -> None:
    files = run("apk add gcc\nRUN apk del gcc", "alpine:3.20.3")
    assert len(judged(files, policy).findings) == 1


def test_php_keeps_its_build_tools_in_a_variable(judged: Judge) -> None:
    assert len(judged(run("apk add $PHPIZE_DEPS", "php:8.3-fpm-alpine"), policy).findings) == 1
    undone = run("apk add $PHPIZE_DEPS && apk del $PHPIZE_DEPS", "php:8.3-fpm-alpine")
    assert judged(undone, policy).is_silent


@pytest.mark.parametrize(
    "command",
    [
        "npm run build",
        "pnpm --filter web build",
        "yarn workspace web run build:production",
        "mix release",
        "deno compile -o /shop main.ts",
        "yarn build",
        "pnpm -r build",
        "npx tsc",
        "./gradlew bootJar",
        "make install",
    ],
)
def test_builds_of_what_was_copied(judged: Judge, command: str) -> None:
    files = {"Dockerfile": f"FROM node:22-slim\nWORKDIR /a\nCOPY . .\nRUN {command}\n{START}"}
    assert len(judged(files, policy).findings) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "RUN npm run build",
        "COPY . .\nRUN npm ci",
        "COPY --from=build /x /x\nRUN make install",
        "COPY Makefile .\nRUN make migrate",
    ],
)
def test_other_commands(judged: Judge, lines: str) -> None:
    files = {"Dockerfile": f"FROM node:22-slim AS build\nFROM node:22-slim\n{lines}\n{START}"}
    assert judged(files, policy).is_silent


def test_stages_of_a_build_may_hold_anything(judged: Judge) -> None:
    lines = "FROM golang:1.25 AS build\nRUN go build\nFROM scratch\nCOPY --from=build /x /x\n"
    assert judged({"Dockerfile": lines + START}, policy).is_silent
    service = "services:\n  x:\n    build: {context: ., target: build}\n"
    found = judged({"Dockerfile": lines + "USER 1\n" + START, "compose.yaml": service}, policy)
    assert found.is_silent  # starts nothing, copies nothing: there to build with
    lines = lines.replace("RUN", "COPY . .\nRUN")
    found = judged({"Dockerfile": lines + START, "compose.yaml": service}, policy)
    assert found.places == ["Dockerfile:1 golang:1.25"]


def test_images_that_start_nothing_are_there_to_build_with(judged: Judge) -> None:
    install = "RUN apk add gcc\n"
    assert judged({"Dockerfile": "FROM golang:1.25\nRUN go install x@v1\n"}, policy).is_silent
    assert judged({"Dockerfile": f"FROM alpine:3.20.3\n{install}"}, policy).is_silent
    assert judged({"Dockerfile": f"FROM nginx:1.27.3\n{install}"}, policy).findings
    assert judged({"Dockerfile": f"ARG B\nFROM $B\n{install}"}, policy).findings


@pytest.mark.parametrize(
    "path", ["Dockerfile.dev", ".devcontainer/Dockerfile", "test/Dockerfile", "Dockerfile"]
)
def test_images_for_development(judged: Judge, path: str) -> None:
    stage = " AS test" if path == "Dockerfile" else ""
    assert judged({path: f"FROM golang:1.25{stage}\n{START}"}, policy).is_silent


def test_a_known_toolchain_on_an_unknown_base(judged: Judge) -> None:
    files = {"Dockerfile": f"ARG B\nFROM $B\nRUN apk add gcc\n{START}"}
    assert len(judged(files, policy).findings) == 1


TARGET = "services:\n  x:\n    build: {context: ., target: worker}\n"


def test_what_the_final_stage_has_as_well_is_told_once(judged: Judge) -> None:
    base = "FROM debian:12-slim AS base\nRUN apt-get install -y gcc\n"
    worker = f"FROM base AS worker\nRUN apt-get install -y cmake\n{START}"
    files = {"Dockerfile": f"{base}{worker}FROM base\n{START}", "compose.yaml": TARGET}
    assert judged(files, policy).places == ["Dockerfile:2 gcc", "Dockerfile:4 cmake"]


def test_a_final_stage_for_development_tells_of_nothing(judged: Judge) -> None:
    base = "FROM debian:12-slim AS base\nRUN apt-get install -y gcc\n"
    stages = f"FROM base AS worker\n{START}FROM base AS dev\n{START}"
    files = {"Dockerfile": f"{base}{stages}", "compose.yaml": TARGET}
    assert judged(files, policy).places == ["Dockerfile:2 gcc"]


@pytest.mark.parametrize(
    ("before", "inside", "expected"),
    [
        ("ARG TOOLS='curl gcc'\n", "ARG TOOLS\n", (1, 0)),
        ("ARG TOOLS='curl gcc'\n", "ARG TOOLS=curl\n", (0, 0)),
        ("ARG TOOLS='curl gcc'\n", "ENV TOOLS=curl\nARG TOOLS\n", (0, 0)),
        ("ARG TOOLS='curl gcc'\n", "", (0, 1)),
        ("ARG TOOLS\n", "ARG TOOLS\n", (0, 1)),
    ],
)
def test_arguments_before_the_first_from(
    judged: Judge, before: str, inside: str, expected: tuple[int, int]
) -> None:
    text = f"{before}FROM alpine:3.20\n{inside}RUN apk add --no-cache $TOOLS\n{START}"
    report = judged({"Dockerfile": text}, policy)
    assert (len(report.findings), len(report.undecided)) == expected


@pytest.mark.parametrize(
    ("path", "command", "expected"),
    [
        ("ci/Dockerfile", '["sh", "-c", "gunicorn shop"]', 1),
        ("ci/Dockerfile", '["make", "check"]', 0),
        ("dev/Dockerfile", '["gunicorn", "shop"]', 0),
        ("ci/Dockerfile.test", '["gunicorn", "shop"]', 0),
    ],
)
def test_a_server_is_no_tool_of_the_pipeline(
    judged: Judge, path: str, command: str, expected: int
) -> None:
    text = f"FROM python:3.13-slim\nRUN apt-get install -y gcc\nCMD {command}\n"
    assert len(judged({path: text}, policy).findings) == expected
