"""What COPY . takes along."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.loose_dockerignore import loose_dockerignore as policy
from conftest import Judge

DOCKERFILE = {"Dockerfile": "FROM node:22-slim\nWORKDIR /app\nCOPY . .\n"}


def message(judged: Judge, files: dict[str, str]) -> str:
    (found,) = judged(DOCKERFILE | files, policy).messages
    return found


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({".git/config": ""}, "`.git`"),
        ({".env": ""}, "`.env` files"),
        ({"services/a/.env.production": ""}, "`.env` files"),
        ({".gitignore": "/.env\n"}, "`.env` files"),
        ({"package.json": "{}"}, "`node_modules`"),
        ({"node_modules/x/index.js": ""}, "`node_modules`"),
        ({"web/package.json": "{}", ".dockerignore": "node_modules\n"}, "`node_modules`"),
        ({".venv/pyvenv.cfg": ""}, "virtual environments"),
        ({".gitignore": "venv/\n"}, "virtual environments"),
        ({"logs/today.log": ""}, "logs"),
        ({"tls/server.key": ""}, "private keys"),
        ({"id_ed25519": ""}, "private keys"),
        ({".env": "", ".dockerignore": "*\n!.env\n"}, "`.env` files"),
        ({"a/.env": "", ".dockerignore": ".env\n"}, "`.env` files"),
    ],
)
def test_what_gets_through(judged: Judge, files: dict[str, str], kind: str) -> None:
    found = message(judged, {".dockerignore": "README.md\n"} | files)
    assert found.endswith(f"lets {kind} through")


@pytest.mark.parametrize(
    "files",
    [
        {".dockerignore": "*\n!src\n", ".env": "", ".git/config": "", "package.json": "{}"},
        {".dockerignore": "**/.env*\n", "a/.env": "", ".env.local": ""},
        {".dockerignore": "**/node_modules\n", "web/package.json": "{}"},
        {".dockerignore": "x\n", ".env.example": "", "tls/ca.pem": "", "server.pub": ""},
        {"Dockerfile.dockerignore": ".env\n", ".dockerignore": "!.env\n", ".env": ""},
    ],
)
def test_what_does_not(judged: Judge, files: dict[str, str]) -> None:
    assert judged(DOCKERFILE | files, policy).is_silent


def test_none_at_all(judged: Judge) -> None:
    assert message(judged, {}).endswith("there is no `.dockerignore`")


def test_without_a_copy_of_everything(judged: Judge) -> None:
    files = {"Dockerfile": "FROM node:22\nCOPY --from=example/x:1 . .\nCOPY src /src\n"}
    assert judged(files, policy).is_silent


def test_once_for_a_file(judged: Judge) -> None:
    twice = "FROM node:22 AS a\nCOPY . .\nCOPY . /b\nFROM node:22\nCOPY . .\n"
    assert judged({"Dockerfile": twice}, policy).places == ["Dockerfile:2 ."]


def test_the_context_is_what_services_say(judged: Judge) -> None:
    files = {
        "docker/Dockerfile": DOCKERFILE["Dockerfile"],
        "app/.dockerignore": "*\n",
        "compose.yaml": (
            "services:\n  x:\n    build: {context: app, dockerfile: ../docker/Dockerfile}\n"
        ),
    }
    assert judged(files, policy).is_silent


def test_the_context_may_show_in_what_is_copied(judged: Judge) -> None:
    dockerfile = "FROM node:22\nCOPY package.json .\nCOPY . .\n"
    files = {"docker/Dockerfile": dockerfile, "package.json": "{}", ".dockerignore": "**\n"}
    assert judged(files, policy).is_silent


@pytest.mark.parametrize(
    "command",
    [
        "RUN dotnet publish tools/update/update.csproj",
        "RUN cd tools && ./tools/update/build.sh",
        'CMD ["/src/tools/update/build.sh"]',
        "FROM node:22\nCOPY --from=0 /src/tools/update/build.sh /",
    ],
)
def test_the_context_may_show_in_what_runs(judged: Judge, command: str) -> None:
    files = {
        "tools/update/Dockerfile": f"FROM node:22\nCOPY . /src\n{command}\n",
        "tools/update/update.csproj": "",
        "tools/update/build.sh": "",
        ".dockerignore": "**\n",
    }
    assert judged(files, policy).is_silent


def test_a_folder_of_dockerfiles_is_no_context(judged: Judge) -> None:
    outcome = judged({"docker/Dockerfile": DOCKERFILE["Dockerfile"], "app.js": ""}, policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("--exclude=.git --exclude=.env*", []),
        ("--link --exclude=.git", ["everything in the repository is copied, and `--exclude` lets"
                                   " `.env` files through"]),
        ("--exclude=*", []),
        ("--link", ["everything in the repository is copied, and there is no `.dockerignore`"]),
    ],
)  # fmt: skip
def test_what_the_instruction_leaves_out(judged: Judge, flags: str, expected: list[str]) -> None:
    files = {"Dockerfile": f"FROM node:22-slim\nCOPY {flags} . .\n", ".git/config": "", ".env": ""}
    outcome = judged(files, policy)
    assert (outcome.messages, outcome.undecided) == (expected, [])
