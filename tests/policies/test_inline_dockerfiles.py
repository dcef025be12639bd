"""Dockerfiles in compose files: judged like any other, at their places in the compose file."""

from __future__ import annotations

import pytest

from cloudlint_policies.compose.missing_service_healthcheck import missing_service_healthcheck
from cloudlint_policies.compose.port_mismatch import port_mismatch
from cloudlint_policies.credentials.hard_coded_password import hard_coded_password
from cloudlint_policies.images.floating_image_tag import floating_image_tag
from cloudlint_policies.images.loose_dockerignore import loose_dockerignore
from cloudlint_policies.images.package_cache_left import package_cache_left
from cloudlint_policies.images.root_container import root_container
from cloudlint_policies.images.secret_in_image import secret_in_image
from cloudlint_policies.images.unpinned_image import unpinned_image
from judging import Judge

HEAD = "services:\n  web:\n    build:\n      context: .\n"


def inline(dockerfile: str, more: str = "", header: str = "|") -> dict[str, str]:
    """A service whose Dockerfile begins on line 6."""
    lines = "".join(f"        {line}\n" if line else "\n" for line in dockerfile.split("\n"))
    return {"compose.yaml": f"{HEAD}      dockerfile_inline: {header}\n{lines}{more}"}


def test_places(judged: Judge) -> None:
    dockerfile = (
        "# syntax=docker/dockerfile:1\n\nFROM node\nRUN <<EOF\n  apt-get install -y curl\nEOF\n"
        "ENV A=1 \\\n    DB_PASSWORD=tH7-quiet-Harbour-29"
    )
    policies = (floating_image_tag, root_container, package_cache_left, secret_in_image)
    outcome = judged(inline(dockerfile), *policies)
    assert outcome.places == [
        "compose.yaml:8 FROM node",
        "compose.yaml:8 node",
        "compose.yaml:10 apt-get install -y curl",
        "compose.yaml:13 tH7-quiet-Harbour-29",
    ]
    columns = [finding.span.first.column for finding in outcome.findings]
    assert columns == [9, 14, 11, 25]


def test_a_secret_is_told_once(judged: Judge) -> None:
    outcome = judged(inline("FROM node\nENV DB_PASSWORD=tH7-quiet-Harbour-29"), hard_coded_password)
    assert outcome.is_silent


@pytest.mark.parametrize("header", ["|", "|-", "|+", "| # a comment"])
def test_headers(judged: Judge, header: str) -> None:
    outcome = judged(inline("FROM node", header=header), floating_image_tag)
    assert outcome.places == ["compose.yaml:6 node"]


def test_windows_line_ends(judged: Judge) -> None:
    files = {name: text.replace("\n", "\r\n") for name, text in inline("FROM node").items()}
    assert judged(files, floating_image_tag).places == ["compose.yaml:6 node"]


def test_dollars(judged: Judge) -> None:
    """Compose takes two for one; the Dockerfile's own variables are known."""
    files = inline("ARG TAG=22\nFROM node:$${TAG}-$${TAG}")
    assert judged(files, unpinned_image).places == ["compose.yaml:7 node:$${TAG}-$${TAG}"]


def test_arguments_of_the_build(judged: Judge) -> None:
    files = inline("ARG TAG\nFROM node:$$TAG", more="      args:\n        TAG: latest\n")
    assert judged(files, floating_image_tag).messages == [
        "the base image `node` has the floating tag `latest`"
    ]


@pytest.mark.parametrize(
    ("header", "dockerfile", "reason"),
    [
        ("|", "FROM node:${TAG}", "TAG has no value in `.env`"),
        ("|", "FROM node:${TAG:-22}", "the Dockerfile of web is not written out in a literal"),
        (">", "FROM node", "the Dockerfile of web is not written out in a literal"),
    ],
)
def test_what_is_not_read(judged: Judge, header: str, dockerfile: str, reason: str) -> None:
    outcome = judged(inline(dockerfile, header=header), root_container)
    (undecided,) = outcome.undecided
    assert undecided.startswith(reason)
    assert outcome.findings == []


def test_the_service_uses_it(judged: Judge) -> None:
    files = inline(
        "FROM node:22\nEXPOSE 3000\nHEALTHCHECK CMD x",
        more='    user: "1000"\n    ports: ["80:80"]\n',
    )
    policies = (root_container, port_mismatch, missing_service_healthcheck)
    assert judged(files, *policies).places == ['compose.yaml:10 "80:80"']


def test_its_context_is_the_services(judged: Judge) -> None:
    files = inline("FROM node:22\nCOPY . /app") | {".env": "A=1\n"}
    assert judged(files, loose_dockerignore).places == ["compose.yaml:7 ."]


def test_two_services_with_one_text(judged: Judge) -> None:
    text = inline("FROM node", header="&file |")["compose.yaml"]
    text += "  two:\n    build:\n      context: .\n      dockerfile_inline: *file\n"
    assert judged({"compose.yaml": text}, floating_image_tag).places == ["compose.yaml:6 node"]


def test_two_dockerfiles_in_one_file(judged: Judge) -> None:
    text = inline("FROM node")["compose.yaml"]
    text += "  two:\n    build:\n      dockerfile_inline: |\n        FROM nginx\n        USER 1\n"
    outcome = judged({"compose.yaml": text}, floating_image_tag, root_container)
    assert outcome.places == [
        "compose.yaml:6 FROM node",
        "compose.yaml:6 node",
        "compose.yaml:10 nginx",
    ]


def test_what_is_wrong_with_it(judged: Judge) -> None:
    (problem,) = judged(inline("FROM node:22\nRNU x"), root_container).diagnostics
    assert problem.place == "compose.yaml:7:9"
    assert problem.message == "unknown instruction RNU"
