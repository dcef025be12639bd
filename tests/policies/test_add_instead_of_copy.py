"""ADD for what COPY does."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.add_instead_of_copy import add_instead_of_copy as policy
from conftest import Judge


def image(*lines: str) -> dict[str, str]:
    return {"Dockerfile": "\n".join(("FROM debian:12.8-slim", *lines)) + "\n"}


@pytest.mark.parametrize(
    "source", [".", "app.jar", "target/*.jar", "src/", "app-$VERSION.jar", "x.zip", "my.target"]
)
def test_files_and_folders(judged: Judge, source: str) -> None:
    found = judged(image("ARG VERSION", f"ADD --chown=1:1 {source} /app/"), policy)
    assert found.places == [f"Dockerfile:3 {source}"]


@pytest.mark.parametrize(
    "source",
    [
        "rootfs.tar", "rootfs.tar.xz", "x.tgz", "build/*.tar.gz", "x-$VERSION.tar.gz", "x.txz",
        "https://x.dev/app.jar", "https://x.dev/$VERSION/app.jar", "git@github.com:x/y.git",
    ],
)  # fmt: skip
def test_what_only_add_can_do(judged: Judge, source: str) -> None:
    assert judged(image("ARG VERSION", f"ADD {source} /app/"), policy).is_silent


@pytest.mark.parametrize("source", ["$SOURCE", "target/$NAME"])
def test_what_may_be_an_archive(judged: Judge, source: str) -> None:
    outcome = judged(image("ARG SOURCE", "ARG NAME", f"ADD {source} /app/"), policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


def test_a_known_source_beside_an_unknown_one(judged: Judge) -> None:
    assert len(judged(image("ARG X", "ADD $X app.jar /app/"), policy).findings) == 1


def test_a_here_document_is_no_source(judged: Judge) -> None:
    assert judged(image("ADD <<EOF /x", "text", "EOF"), policy).is_silent
