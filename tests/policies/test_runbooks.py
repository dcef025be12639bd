"""Runbooks that are missing or have not been tried for long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from cloudlint.report import Report
from cloudlint.scan import Request, scan

Write = Callable[[Mapping[str, str]], Path]
RUN = 'provider "aws" {\n  region = "eu-west-1"\n}\nresource "aws_sqs_queue" "a" {}\n'
TODAY = date(2026, 11, 20)
MISSING, STALE = "missing-rollback-runbook", "stale-rollback-runbook"


def report(
    write: Write,
    files: Mapping[str, str],
    below: str = ".",
    root: str = "prod",
    today: date = TODAY,
) -> Report:
    folder = write({".git": "gitdir: elsewhere\n", f"{root}/main.tf": RUN, **files})
    return scan(Request([folder / below], select=[MISSING, STALE], today=today)).report


def found(given: Report) -> list[tuple[str, str]]:
    return [(finding.policy, finding.span.path) for finding in given.findings]


@pytest.mark.parametrize(
    "path",
    [
        "docs/runbooks/rollback.md",
        "docs/releases.md",
        "services/shop/docs/ops.md",
        "RUNBOOK.md",
        "infra/ops/release.markdown",
    ],
)
def test_places_of_runbooks(write: Write, path: str) -> None:
    text = "# Rolling back\n\n**Last validated:** 2026-11-01\n"
    given = report(write, {path: text})
    assert not given.findings
    assert not given.undecided


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"docs/runbooks/failover.md": "# Failover\n"},
        {"notes/rollout.md": "# Roll back\n"},
        {"docs/rollback.txt": "Roll back\n"},
        {"node_modules/a/docs/rollback.md": "# Rollback\n"},
    ],
)
def test_what_is_no_runbook(write: Write, files: Mapping[str, str]) -> None:
    assert found(report(write, files)) == [(MISSING, "prod/main.tf")]


def test_a_document_that_names_a_rollback_may_be_all_there_is(write: Write) -> None:
    given = report(write, {"docs/intro.md": "We can roll back within minutes.\n"})
    assert [check.origin for check in given.undecided] == ["docs/intro.md"]


@pytest.mark.parametrize("root", ["dev", "examples/simple"])
def test_what_is_not_for_production(write: Write, root: str) -> None:
    assert not report(write, {}, root=root).findings


def test_outside_of_a_repository(write: Write) -> None:
    folder = write({"main.tf": RUN})
    assert not scan(Request([folder], select=[MISSING], today=TODAY)).report.findings


def test_modules_for_others_are_not_deployed(write: Write) -> None:
    folder = write({".git": "gitdir: a\n", "main.tf": 'variable "a" {}\n'})
    assert not scan(Request([folder], select=[MISSING], today=TODAY)).report.findings


@pytest.mark.parametrize(
    ("today", "stale"), [(date(2026, 11, 20), False), (date(2026, 11, 21), True)]
)
def test_the_age_is_that_on_the_day_of_the_scan(write: Write, today: date, stale: bool) -> None:
    files = {"docs/rollback.md": "# Rollback\n\nLast validated: 2026-08-20\n"}
    given = report(write, files, today=today)
    assert found(given) == ([(STALE, "docs/rollback.md")] if stale else [])


def test_days(write: Write) -> None:
    files = {
        "docs/rollback.md": "# Rollback\n\nLast validated: 2026-08-20\n",
        "cloudlint.toml": f"[policies.{STALE}]\ndays = 30\n",
    }
    assert found(report(write, files)) == [(STALE, "docs/rollback.md")]


def test_a_date_that_is_none(write: Write) -> None:
    given = report(write, {"docs/rollback.md": "# Rollback\n\nLast validated: 2026-13-40\n"})
    assert [check.policy for check in given.undecided] == [STALE]


def test_each_project_hears_of_its_own_runbook(write: Write) -> None:
    old = "# Rollback\n\nLast validated: 2025-01-01\n"
    files = {"a/live/main.tf": RUN, "a/docs/rollback.md": old, "b/docs/rollback.md": old}
    files["b/live/main.tf"] = RUN
    assert found(report(write, files, below="b")) == [(STALE, "b/docs/rollback.md")]


def test_a_runbook_beside_the_infrastructure_counts_for_the_whole_repository(write: Write) -> None:
    files = {"shop/docs/rollback.md": "# Rollback\n\nLast validated: 2025-01-01\n"}
    assert found(report(write, files)) == [(STALE, "shop/docs/rollback.md")]
    assert not found(report(write, files, below="prod"))
