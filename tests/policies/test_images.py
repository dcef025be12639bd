"""floating-image-tag and unpinned-image: what a reference names."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.floating_image_tag import floating_image_tag
from cloudlint_policies.images.unpinned_image import unpinned_image
from judging import Judge

DIGEST = "sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a"


def verdict(judged: Judge, files: dict[str, str]) -> list[str]:
    """The policies that found something, and what is undecided."""
    outcome = judged(files, floating_image_tag, unpinned_image)
    assert not outcome.verdicts.errors
    return [*(finding.policy for finding in outcome.findings), *outcome.undecided]


@pytest.mark.parametrize(
    "image",
    [
        "nginx",
        "library/nginx",
        "docker.io/library/nginx",
        "localhost:5000/app",
        "registry.example.com:443/team/app",
        "nginx:latest",
        "localhost:5000/app:latest",
        "nginx:alpine",
        "nginx:stable-alpine3.20",
        "nginx:mainline",
        "node:lts-slim",
        "node:current-bookworm",
        "php:fpm-alpine",
        "debian:stable-slim",
        "alpine:edge",
        "jenkins/jenkins:lts-jdk17",
        "mcr.microsoft.com/mssql/server:2022-latest",
        "mcr.microsoft.com/windows/servercore:latest",
        "app:main",
        "app:dev",
        "gcr.io/distroless/static:nonroot",
        "gcr.io/distroless/static",
        "app:latest-amd64",
        "debian:sid-slim",
        "node:resolute",
    ],
)
def test_floating(judged: Judge, image: str) -> None:
    assert verdict(judged, {"Dockerfile": f"FROM {image}\n"}) == ["floating-image-tag"]


@pytest.mark.parametrize(
    "image",
    [
        "nginx:1.27.3",
        "localhost:5000/app:1.2",
        "python:3-slim",
        "python:3.13.1-slim-bookworm",
        "eclipse-temurin:21-jre-alpine",
        "ubuntu:22.04",
        "ubuntu:jammy",
        "debian:bookworm-slim",
        "amazonlinux:2023",
        "mcr.microsoft.com/windows/servercore:ltsc2022",
        "golang:1.25.4-windowsservercore-ltsc2022",
        "app:v1",
        "app:git-3f5d21c",
        "app:main-20260102",
        "app:release-2026-01",
        "registry.example.com/ubuntu:resolute",
        "arm64v8/buildpack-deps:resolute-curl",
    ],
)
def test_a_version_without_digest(judged: Judge, image: str) -> None:
    assert verdict(judged, {"Dockerfile": f"FROM {image}\n"}) == ["unpinned-image"]


@pytest.mark.parametrize(
    "text",
    [
        "FROM {{image}}\n",
        "FROM {{registry}}/app:{{version}}\n",
        "FROM %IMAGE%:1\n",
        "ARG VERSION=\nFROM node:$VERSION\n",
    ],
)
def test_no_name_of_an_image(judged: Judge, text: str) -> None:
    outcome = verdict(judged, {"Dockerfile": text})
    assert len(outcome) == 2
    assert all("is not the name of an image" in line for line in outcome)


@pytest.mark.parametrize(
    "image", [f"nginx:1.27.3@{DIGEST}", f"nginx@{DIGEST}", f"nginx:latest@{DIGEST}", "scratch"]
)
def test_pinned(judged: Judge, image: str) -> None:
    assert verdict(judged, {"Dockerfile": f"FROM {image}\n"}) == []


def test_build_stages_are_no_images(judged: Judge) -> None:
    text = f"""
    FROM golang:1@{DIGEST} AS Build
    FROM build AS test
    FROM scratch
    COPY --from=build /a /a
    COPY --from=0 /a /a
    RUN --mount=type=bind,from=test,target=/b true
    """
    assert verdict(judged, {"Dockerfile": text}) == []


def test_images_copied_and_mounted_from(judged: Judge) -> None:
    text = f"""
    FROM alpine:3@{DIGEST}
    COPY --from=nginx /a /a
    COPY --from=nginx:1.27.3 /a /a
    RUN --mount=type=bind,from=busybox,target=/b true
    """
    outcome = judged({"Dockerfile": text}, floating_image_tag, unpinned_image)
    assert outcome.places == [
        "Dockerfile:2 nginx",
        "Dockerfile:3 nginx:1.27.3",
        "Dockerfile:4 busybox",
    ]
    assert outcome.messages[0] == "the image `nginx` that is copied from has no tag"


def test_named_contexts_are_no_images(judged: Judge) -> None:
    files = {
        "Dockerfile": f"FROM alpine:3@{DIGEST}\nCOPY --from=assets /a /a\n",
        "compose.yaml": """
        services:
          web:
            build:
              context: .
              additional_contexts:
                assets: ./assets
        """,
    }
    assert verdict(judged, files) == []


@pytest.mark.parametrize("line", ["COPY --from=assets /a /a", "RUN --mount=from=assets true"])
def test_a_word_may_be_a_context_that_the_build_is_given(judged: Judge, line: str) -> None:
    outcome = judged({"Dockerfile": f"FROM alpine:3@{DIGEST}\n{line}\n"}, floating_image_tag)
    [undecided] = outcome.undecided
    assert (outcome.findings, "said by the command of the build" in undecided) == ([], True)
    assert judged({"Dockerfile": "FROM assets\n"}, floating_image_tag).findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ARG TAG=latest\nFROM node:$TAG\n", ["floating-image-tag"]),
        ("ARG V=20\nARG TAG=${V}-slim\nFROM node:${TAG}\n", ["unpinned-image"]),
        ("FROM node:${TAG:-20}\n", ["unpinned-image"]),
        (f"ARG DIGEST={DIGEST}\nFROM node@$DIGEST\n", []),
        ("ARG DIGEST\nFROM node:1@$DIGEST\n", []),
        ("ARG REPO\nFROM $REPO:latest\n", ["floating-image-tag"]),
        ("ARG REGISTRY\nFROM $REGISTRY/node:20\n", ["unpinned-image"]),
        ("ARG REGISTRY\nFROM $REGISTRY/node\n", ["floating-image-tag"]),
    ],
)
def test_arguments_with_and_without_defaults(judged: Judge, text: str, expected: list[str]) -> None:
    assert verdict(judged, {"Dockerfile": text}) == expected


@pytest.mark.parametrize("text", ["ARG TAG\nFROM node:$TAG\n", "ARG BASE\nFROM $BASE\n"])
def test_arguments_without_a_value_are_undecided(judged: Judge, text: str) -> None:
    outcome = judged({"Dockerfile": text}, floating_image_tag, unpinned_image)
    assert (outcome.findings, len(outcome.undecided)) == ([], 2)
    assert all("TAG" in reason or "BASE" in reason for reason in outcome.undecided)


def test_images_of_services(judged: Judge) -> None:
    text = f"""
    services:
      a:
        image: nginx
      b:
        image: nginx:${{VERSION:-1.27.3}}
      c:
        image: nginx@{DIGEST}
      built:
        build: .
        image: nginx
    """
    assert verdict(judged, {"compose.yaml": text}) == ["floating-image-tag", "unpinned-image"]


# -- Terraform -----------------------------------------------------------------------------------

MORE = """
variable "repo" {
  type = string
}
variable "tag" {
  type = string
}
variable "on" {
  type = bool
}
resource "aws_ecr_repository" "app" {
  name = "app"
}
data "aws_ecr_repository" "old" {
  name = "old"
}
data "aws_ecr_image" "app" {
  repository_name = "app"
  image_tag       = "1"
}
"""


def task(image: str) -> dict[str, str]:
    definitions = f'jsonencode([{{ name = "web", image = {image} }}])'
    text = (
        f'resource "aws_ecs_task_definition" "t" {{\n  container_definitions = {definitions}\n}}\n'
    )
    return {"main.tf": text + MORE}


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ('"nginx"', ["floating-image-tag"]),
        ('"${var.repo}:latest"', ["floating-image-tag"]),
        ('"${var.repo}/app"', ["floating-image-tag"]),
        ("aws_ecr_repository.app.repository_url", ["floating-image-tag"]),
        ("data.aws_ecr_repository.old.repository_url", ["floating-image-tag"]),
        ('"${aws_ecr_repository.app.repository_url}:1.4"', ["unpinned-image"]),
        ('var.on ? "nginx:1.27" : "nginx:1.27"', ["unpinned-image"]),
        ('"${var.repo}@${var.tag}"', []),
        (f'"${{var.repo}}:1@{DIGEST}"', []),
        ("data.aws_ecr_image.app.image_uri", []),
        (
            '"${data.aws_ecr_repository.old.repository_url}@${data.aws_ecr_image.app.id}"',
            [],
        ),
    ],
)
def test_images_of_tasks(judged: Judge, image: str, expected: list[str]) -> None:
    assert verdict(judged, task(image)) == expected


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        ("var.repo", "var.repo has no value"),
        ('"${var.repo}:${var.tag}"', "var.tag has no value"),
        ('"${aws_ecr_repository.app.repository_url}:${var.tag}"', "var.tag has no value"),
        ('var.on ? "nginx:1.27" : "nginx"', "var.on has no value"),
    ],
)
def test_unknown_images_of_tasks_are_undecided(judged: Judge, image: str, reason: str) -> None:
    assert verdict(judged, task(image)) == [reason, reason]


def test_an_image_in_a_heredoc_is_pointed_at(judged: Judge) -> None:
    text = """
    resource "aws_ecs_task_definition" "t" {
      container_definitions = <<EOF
    [
      {"name": "${var.tag}", "image": "nginx:latest"}
    ]
    EOF
    }
    variable "tag" {}
    """
    outcome = judged({"main.tf": text}, floating_image_tag)
    assert outcome.places == ['main.tf:4 "image": "nginx:latest"']


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_lambda_function" "f" {\npackage_type = "Image"\nimage_uri = "app"\n}',
        'resource "kubernetes_deployment_v1" "d" {\nspec {\ntemplate {\nspec {\ncontainer {\n'
        'image = "app"\n}\n}\n}\n}\n}',
        'resource "kubernetes_cron_job_v1" "d" {\nspec {\njob_template {\nspec {\ntemplate {\n'
        'spec {\ninit_container {\nimage = "app"\n}\n}\n}\n}\n}\n}\n}',
        'resource "docker_container" "c" {\nimage = "app"\n}',
        'resource "docker_image" "i" {\nname = "app"\n}\n'
        'resource "docker_container" "c" {\nimage = docker_image.i.image_id\n}\n'
        'resource "docker_container" "d" {\nimage = docker_image.i.name\n}',
        'resource "aws_apprunner_service" "s" {\nsource_configuration {\nimage_repository {\n'
        'image_identifier = "app"\n}\n}\n}',
        'resource "aws_codebuild_project" "p" {\nenvironment {\nimage = "app"\n}\n}',
        'resource "aws_batch_job_definition" "j" {\n'
        'container_properties = jsonencode({ image = "app" })\n}',
    ],
)
def test_images_of_other_resources_are_found_once(judged: Judge, text: str) -> None:
    assert verdict(judged, {"main.tf": text}) == ["floating-image-tag"]


@pytest.mark.parametrize(
    "text",
    [
        'variable "i" {}\nresource "aws_lambda_function" "f" {\nimage_uri = var.i\n}',
        'resource "aws_codebuild_project" "p" {\nenvironment {\n'
        'image = "aws/codebuild/standard:7.0"\n}\n}',
        'resource "docker_image" "i" {\nname = "app"\nbuild {\ncontext = "."\n}\n}',
    ],
)
def test_what_names_no_image_to_pin_is_silent(judged: Judge, text: str) -> None:
    assert verdict(judged, {"main.tf": text}) == []
