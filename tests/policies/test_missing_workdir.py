"""Relative paths before any WORKDIR."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.missing_workdir import missing_workdir as policy
from conftest import Judge


def test_each_use_of_a_relative_path(judged: Judge) -> None:
    uses = (
        "COPY x .", "COPY x y/", "ADD x ./", "RUN ./configure", 'CMD ["./server"]', "CMD ./server",
        'CMD ["node", "server.js"]', "CMD python -u app/main.py", "RUN sh build.sh --all",
        'ENTRYPOINT ["java", "-Xmx1g", "-jar", "app.jar"]', 'CMD ["bash", "-c", "./server"]',
    )  # fmt: skip
    for use in uses:
        outcome = judged({"Dockerfile": f"FROM alpine:3.20.3\n{use}\n"}, policy)
        assert len(outcome.findings) == 1, use


@pytest.mark.parametrize(
    "lines",
    [
        'FROM alpine:3.20.3\nCOPY x /app/\nRUN cd /app && ./configure\nCMD ["/app/x"]',
        "FROM alpine:3.20.3\nWORKDIR /app\nCOPY x .",
        "FROM alpine:3.20.3\nARG HOME_DIR\nWORKDIR $HOME_DIR\nCOPY x .",
        "FROM alpine:3.20.3 AS a\nWORKDIR /app\nFROM a\nCOPY x .",
        "FROM php:8.3.14-apache\nCOPY x .",
        "FROM tomcat:10.1.34\nCOPY x webapps/",
        "FROM alpine:3.20.3\nENV APP=/app\nCOPY x $APP/",
        "FROM alpine:3.20.3\nONBUILD COPY x .",
        'FROM node:22-slim\nCOPY server.js /srv/\nCMD ["node", "/srv/server.js"]',
        "FROM python:3.13-slim\nCMD python -m http.server",
        "FROM python:3.13-slim\nRUN cd /src && python setup.py install",
        "FROM python:3.13-slim\nRUN python -c 'print(1)' && bash -c 'echo x.sh'",
        'FROM eclipse-temurin:21-jre\nENTRYPOINT ["java", "-cp", "/app/lib", "shop.Main"]',
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY x C:/app/",
        "# escape=`\nFROM example/windows:1\nCOPY x app",
    ],
)
def test_fine(judged: Judge, lines: str) -> None:
    assert judged({"Dockerfile": lines + "\n"}, policy).is_silent


@pytest.mark.parametrize(
    "lines",
    [
        "FROM example/base:1\nCOPY x .",
        "FROM alpine:3.20.3\nARG D\nCOPY x $D/",
        "ARG B\nFROM $B\nCOPY x .",
    ],
)
def test_undecided(judged: Judge, lines: str) -> None:
    outcome = judged({"Dockerfile": lines + "\n"}, policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


def test_the_first_use_is_pointed_at(judged: Judge) -> None:
    lines = "FROM docker.io/library/node:22-slim\nCOPY a /a\nCOPY b b/\nCOPY c c/\nWORKDIR /x\n"
    assert judged({"Dockerfile": lines}, policy).places == ["Dockerfile:3 b/"]
