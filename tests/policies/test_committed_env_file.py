from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cloudlint.scan import Request, scan
from cloudlint_policies.credentials.committed_env_file import committed_env_file as policy
from judging import Judge

GENERATED = "q9Tf3LwZ0bVxK7mRjN2dYc8"


def test_a_file_is_one_finding_that_names_its_variables(judged: Judge) -> None:
    result = judged({".env": "PORT=1\nDB_PASSWORD=hunter2\nAPI_TOKEN='Zx8-vQ2-kL5'\n"}, policy)
    assert result.messages == [
        "`.env` is committed with the secrets `DB_PASSWORD`, `API_TOKEN`",
    ]
    assert result.places == [".env:2 hunter2"]
    assert [place.span.text for place in result.findings[0].related] == ["Zx8-vQ2-kL5"]
    assert [span.text for span in result.findings[0].redact] == ["hunter2", "Zx8-vQ2-kL5"]


def test_a_link_to_what_is_made_later_commits_nothing(
    write: Callable[[Mapping[str, str]], Path],
) -> None:
    folder = write({"Dockerfile": "FROM scratch\n"})
    (folder / ".env").symlink_to("settings.conf")
    report = scan(Request([folder], select=[policy.name])).report
    assert (report.findings, report.diagnostics) == ([], [])
    (folder / "settings.conf").write_text("DB_PASSWORD=hunter2\n", encoding="utf-8")
    assert scan(Request([folder], select=[policy.name])).report.findings


@pytest.mark.parametrize("name", [".env", ".env.production", ".env.local", "deploy/prod.env"])
def test_all_environment_files_are_judged(judged: Judge, name: str) -> None:
    assert judged({name: "DB_PASSWORD=changeme\n"}, policy).findings


@pytest.mark.parametrize(
    "name",
    ".env.example example.env .env.sample .env.dist app/.env.template .env.test "
    "tests/.env e2e/fixtures/.env .env.ci".split(),
)
def test_stand_ins_may_hold_placeholders(judged: Judge, name: str) -> None:
    placeholders = "DB_PASSWORD=postgres\nSECRET_KEY=your-super-secret-key-of-32-characters\n"
    assert judged({name: placeholders}, policy).is_silent
    assert judged({name: f"{placeholders}JWT_SECRET={GENERATED}\n"}, policy).places == [
        f"{name}:3 {GENERATED}"
    ]


@pytest.mark.parametrize(
    "secret",
    ["ghp_q9Tf3LwZ0bVxK7mRjN2dYc8HsPaG5uEoXi1B", "4f2a9c1e7b3d8056af19ce42d07b63e8"],
)
def test_real_secrets_in_examples(judged: Judge, secret: str) -> None:
    assert judged({".env.example": f"GITHUB_TOKEN={secret}\n"}, policy).findings


@pytest.mark.parametrize(
    "line",
    [
        "DB_PASSWORD=",
        "DB_PASSWORD",
        "# DB_PASSWORD=hunter2",
        "DB_PASSWORD_FILE=/run/secrets/db",
        "DB_PASSWORD=${DB_PASSWORD}",
        "DB_PASSWORD=<password>",
        "DB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        "DB_USER=hunter2",
        "DATABASE_URL=postgres://db:5432/shop",
    ],
)
def test_what_is_no_secret(judged: Judge, line: str) -> None:
    assert judged({".env": f"{line}\n"}, policy).is_silent


def test_keys_that_have_policies_of_their_own(judged: Judge) -> None:
    assert judged({".env": "AWS_ACCESS_KEY_ID=AKIAR7DCEQ4MSKN2TJX5\n"}, policy).is_silent


def test_a_known_secret_counts_beside_an_unknown_one(judged: Judge) -> None:
    text = "DB_PASSWORD=x-${SUFFIX}-y\nADMIN_PASSWORD=hunter2\n"
    assert judged({".env": text}, policy).places == [".env:2 hunter2"]


def git(*arguments: str, at: Path) -> None:
    subprocess.run(["git", *arguments], cwd=at, check=True, capture_output=True)  # noqa: S603, S607


@pytest.mark.skipif(shutil.which("git") is None, reason="asks what git tracks")
def test_git_decides_what_is_committed(write: Callable[[Mapping[str, str]], Path]) -> None:
    folder = write({".env": "DB_PASSWORD=hunter2\n", "a/.env": "DB_PASSWORD=hunter2\n"})
    git("init", "-q", at=folder)
    git("add", "a/.env", at=folder)
    report = scan(Request([folder], select=[policy.name])).report
    assert [finding.span.path for finding in report.findings] == ["a/.env"]


def test_what_is_ignored_is_not_committed(judged: Judge) -> None:
    files = {".env": "DB_PASSWORD=hunter2\n", ".gitignore": ".env\n"}
    assert judged(files, policy).is_silent
