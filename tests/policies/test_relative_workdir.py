"""A WORKDIR that begins somewhere."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.relative_workdir import relative_workdir as policy
from conftest import Judge


@pytest.mark.parametrize("base", ["alpine:3.20.3", "example/base:1", "node:22"])
def test_a_relative_first_one(judged: Judge, base: str) -> None:
    files = {"Dockerfile": f"FROM {base}\nWORKDIR app\nWORKDIR more\n"}
    assert judged(files, policy).places == ["Dockerfile:2 app"]


@pytest.mark.parametrize(
    "lines",
    [
        "FROM node:22\nWORKDIR /app\nWORKDIR more",
        "FROM node:22 AS a\nWORKDIR /app\nFROM a\nWORKDIR more",
        "FROM php:8.3.14-fpm\nWORKDIR public",
        "FROM scratch\nWORKDIR app",
        "FROM node:22\nENV D=/app\nWORKDIR $D",
        "FROM node:22\nARG D\nWORKDIR /srv/$D",
        "FROM example/windows:1\nWORKDIR C:/app",
    ],
)
def test_fine(judged: Judge, lines: str) -> None:
    assert judged({"Dockerfile": lines + "\n"}, policy).is_silent


def test_an_unknown_base_does_not_matter(judged: Judge) -> None:
    files = {"Dockerfile": "ARG BASE\nFROM $BASE\nWORKDIR app\n"}
    assert len(judged(files, policy).findings) == 1


def test_an_unknown_base_may_be_an_earlier_stage(judged: Judge) -> None:
    text = "ARG BASE\nFROM node:22 AS a\nWORKDIR /srv\nFROM $BASE\nWORKDIR app\n"
    outcome = judged({"Dockerfile": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["ARG BASE has no default"])


@pytest.mark.parametrize("path", ["{{directory}}", "<%= directory %>", "@DIRECTORY@", "%DIR%"])
def test_what_a_template_fills_in_is_undecided(judged: Judge, path: str) -> None:
    (reason,) = judged({"Dockerfile": f"FROM node:22\nWORKDIR {path}\n"}, policy).undecided
    assert "is not a path" in reason
