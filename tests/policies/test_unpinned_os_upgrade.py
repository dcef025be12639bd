"""Upgrades of everything."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.unpinned_os_upgrade import unpinned_os_upgrade as policy
from conftest import Judge


def run(command: str) -> dict[str, str]:
    return {"Dockerfile": f"FROM debian:12.8-slim\nRUN {command}\n"}


@pytest.mark.parametrize(
    "command",
    [
        "apt-get upgrade -y", "apt-get -y -o Dpkg::Options::=--force-confold dist-upgrade",
        "apt full-upgrade", "apk upgrade", "apk -U upgrade --no-cache", "dnf -y update",
        "yum upgrade -y",
        "microdnf update", "yum update -y --security", "zypper -n up", "zypper patch",
        "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get upgrade -y",
    ],
)  # fmt: skip
def test_upgrades(judged: Judge, command: str) -> None:
    assert len(judged(run(command), policy).findings) == 1


@pytest.mark.parametrize(
    "command",
    [
        "apt-get update", "apt-get install --only-upgrade -y openssl", "apk update",
        "zypper refresh",
        "apk upgrade openssl", "yum update -y openssl", "pip install --upgrade pip",
        "dnf check-update", "apk add --upgrade openssl", "echo apt-get upgrade",
    ],
)  # fmt: skip
def test_others(judged: Judge, command: str) -> None:
    assert judged(run(command), policy).is_silent


def test_discarded_stages(judged: Judge) -> None:
    lines = "FROM alpine:3 AS a\nRUN apk upgrade\nFROM alpine:3\n"
    assert judged({"Dockerfile": lines}, policy).is_silent
