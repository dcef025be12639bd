"""Full distributions below what runs."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.non_slim_base import non_slim_base as policy
from conftest import Judge


@pytest.mark.parametrize(
    "base",
    [
        "python:3.13.1", "node:22-bookworm", "debian:12.8", "ruby:3.3", "nginx:1.27.3",
        "php:8.3-fpm",
        "public.ecr.aws/amazonlinux/amazonlinux:2023", "mcr.microsoft.com/dotnet/aspnet:9.0",
        "sapmachine:21-jre", "influxdb:2.7",
        "python", "docker.io/library/postgres:16.4", "registry.access.redhat.com/ubi9/ubi:9.5",
    ],
)  # fmt: skip
def test_full(judged: Judge, base: str) -> None:
    assert judged({"Dockerfile": f"FROM {base}\n"}, policy).places == [f"Dockerfile:1 {base}"]


@pytest.mark.parametrize(
    "base",
    [
        "python:3.13.1-slim", "node:22-alpine3.20", "debian:bookworm-slim", "php:8.3-apache",
        "scratch",
        "ubuntu:24.04", "mysql:8.4", "golang:1.25", "example/python:3", "alpine:3.20.3",
        "gcr.io/distroless/python3-debian12", "mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled",
        "amazonlinux:2023", "public.ecr.aws/amazonlinux/amazonlinux:2", "influxdb:3.9-core",
        "amazonlinux:2023-minimal", "python:3.13.1-windowsservercore-ltsc2022",
    ],
)  # fmt: skip
def test_small_or_without_a_smaller_one(judged: Judge, base: str) -> None:
    assert judged({"Dockerfile": f"FROM {base}\n"}, policy).is_silent


def test_a_digest_hides_nothing(judged: Judge) -> None:
    digest = "@sha256:1079b05296ed12ffd5fa0f89a8ceaca3c9859c362637af5eee0d28b309abbc3e"
    assert judged({"Dockerfile": f"FROM node:22{digest}\n"}, policy).findings
    assert judged({"Dockerfile": f"FROM node:22-slim{digest}\n"}, policy).is_silent
    assert judged({"Dockerfile": f"FROM node{digest}\n"}, policy).undecided


def test_only_stages_that_run(judged: Judge) -> None:
    lines = "FROM node:22 AS build\nFROM node:22-slim\n"
    assert judged({"Dockerfile": lines}, policy).is_silent
    service = "services:\n  x:\n    build: {context: ., target: build}\n"
    assert judged({"Dockerfile": lines, "compose.yaml": service}, policy).findings


def test_a_default_counts(judged: Judge) -> None:
    assert judged({"Dockerfile": "ARG V=22\nFROM node:$V\n"}, policy).findings
    assert judged({"Dockerfile": "ARG V=22\nFROM node:$V-slim\n"}, policy).is_silent


def test_a_base_of_several_stages_is_told_once(judged: Judge) -> None:
    files = {
        "Dockerfile": "FROM python:3.13 AS base\nFROM base AS worker\nFROM base\n",
        "compose.yaml": "services:\n  x:\n    build: {context: ., target: worker}\n",
    }
    assert judged(files, policy).places == ["Dockerfile:1 python:3.13"]
