"""Caches that nobody will use."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.package_cache_left import package_cache_left as policy
from conftest import Judge


def run(command: str, before: str = "") -> dict[str, str]:
    return {"Dockerfile": f"FROM debian:12.8-slim\n{before}\nRUN {command}\n"}


@pytest.mark.parametrize(
    "command",
    [
        "apt-get update && apt-get install -y curl && apt-get clean",
        "apt-get update",
        "apt install -y curl && rm -rf /tmp/*",
        "apt install -y curl && cd /tmp && rm -rf *",
        "rm -rf /var/lib/apt/lists/* && apt-get update && apt-get install -y curl",
        "apk add curl", "apk update && apk add --no-cache curl", "apk -U add curl",
        "dnf -y install httpd", "microdnf install httpd", "yum install -y httpd && rm -rf /tmp/x",
        "zypper --non-interactive install curl", "pip install flask", "pip3.12 install flask",
        "python3 -m pip install -r requirements.txt", "/opt/venv/bin/pip install flask",
        "sudo apt-get install -y curl", "<<EOF\napt-get update\napt-get install -y curl\nEOF",
        "--mount=type=cache,target=/root/.npm apt-get update",
    ],
)  # fmt: skip
def test_left(judged: Judge, command: str) -> None:
    assert len(judged(run(command), policy).findings) == 1


@pytest.mark.parametrize(
    "command",
    [
        "apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*",
        "apt-get update && apt-get install -y curl && rm -r /var/lib/apt/lists /var/cache/apt",
        "apt-get update && apt-get install -y curl && rm -rf /var/lib/{apt,dpkg,cache}/*",
        "apt-get update && apt-get install -y curl && find /var/lib/apt/lists -type f -delete",
        "apt-get update && apt-get install -y curl && apt-get dist-clean",
        "apt-get update && apt-get install -y curl && cd /var/lib/apt/lists && rm -rf *",
        "apt-get update && apt-get install -y curl && cd /var/lib && rm -rf apt/lists x",
        "--mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update",
        "--mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl",
        "apk add --no-cache curl", "apk --no-cache add curl", "apk --update --no-cache add curl",
        "apk add --no-network --virtual .run $runDeps",
        "apt-get update && apt-get install -y `# for lxml` curl && rm -rf /var/lib/apt/lists/*",
        "apk add curl && rm -rf /var/cache/apk/*", "apk del curl", "apt-get remove -y curl",
        "dnf -y install httpd && dnf clean all", "yum install -y httpd && rm -rf /var/cache/yum",
        "microdnf install httpd && microdnf clean all", "zypper in curl && zypper clean -a",
        "pip install --no-cache-dir flask", "pip install --no-cache flask",
        "PIP_NO_CACHE_DIR=1 pip install flask",
        "pip install flask && rm -rf /root/.cache", "pip install flask && pip cache purge",
        "--mount=type=cache,target=/root/.cache/pip pip install flask",
        "--mount=type=cache,target=/root/.cache pip install flask",
        "pip config set global.no-cache-dir true && pip install flask",
        "echo apt-get install curl", "pip --version", "apt-get download curl",
    ],
)  # fmt: skip
def test_clean(judged: Judge, command: str) -> None:
    assert judged(run(command), policy).is_silent


def test_the_program_is_named(judged: Judge) -> None:
    (message,) = judged(run("/usr/bin/python3 -m pip install flask"), policy).messages
    assert message.startswith("`pip install` leaves its cache")


def test_pip_may_be_told_by_the_environment(judged: Judge) -> None:
    assert judged(run("pip install flask", "ENV PIP_NO_CACHE_DIR=1"), policy).is_silent


def test_discarded_stages(judged: Judge) -> None:
    lines = "FROM alpine:3 AS a\nRUN apk add curl\n"
    assert judged({"Dockerfile": lines + "FROM alpine:3\n"}, policy).is_silent
    assert judged({"Dockerfile": lines + "FROM alpine:3 AS b\nFROM a\n"}, policy).findings
    service = "services:\n  x:\n    build: {context: ., target: a}\n"
    kept = {"Dockerfile": lines + "FROM alpine:3\n", "compose.yaml": service}
    assert judged(kept, policy).findings


@pytest.mark.parametrize("clean", ["rm -rf $CACHES", "docker-clean.sh"])
def test_what_is_removed_may_be_unknown(judged: Judge, clean: str) -> None:
    outcome = judged(run(f"apt-get update && {clean}"), policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


@pytest.mark.parametrize("known", ["", "ENV PIP_NO_CACHE_DIR=1\n"])
def test_a_setting_that_is_not_known(judged: Judge, known: str) -> None:
    before = f"ARG OFF\n{known}ENV PIP_NO_CACHE_DIR=$OFF"
    outcome = judged(run("pip install flask", before), policy)
    assert (outcome.findings, outcome.undecided) == ([], ["ARG OFF has no default"])
    assert judged(run("pip install flask", f"{before}\nENV PIP_NO_CACHE_DIR=1"), policy).is_silent


def test_a_stage_that_a_service_may_build(judged: Judge) -> None:
    text = "FROM debian:12 AS base\nRUN apt-get update\nFROM base AS dev\nFROM alpine:3\n"
    built = "services:\n  web:\n    build: {context: '${CONTEXT}', target: dev}\n"
    assert judged({"Dockerfile": text}, policy).is_silent
    outcome = judged({"Dockerfile": text, "compose.yaml": built}, policy)
    assert outcome.findings == []
    assert set(outcome.undecided) == {"CONTEXT has no value in `.env`"}
