"""Which files of a commit start the pre-commit hooks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cloudlint.discovery import kind_of

MANIFEST = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
}

CHECKED = [
    "main.tf",
    "main.tofu",
    "x.tf.json",
    "x.tofu.json",
    "modules/network/outputs.tf",
    "terraform.tfvars",
    "terraform.tfvars.json",
    "prod.auto.tfvars",
    "Dockerfile",
    "Dockerfile.prod",
    "Dockerfile-dev",
    "Dockerfile_dev",
    "services/api/Dockerfile",
    "api.Dockerfile",
    "api-Dockerfile",
    "DOCKERFILE",
    "Dockerfile.v1.2",
    "Dockerfile.mdx",
    "app.dockerfile",
    "Containerfile",
    "Containerfile.prod",
    "build/ci.Containerfile",
    "docker-compose.yml",
    "docker-compose.yaml",
    "docker-compose.override.yml",
    "docker-compose-dev.yml",
    "compose.yaml",
    "compose.prod.yaml",
    "deploy/compose.yml",
    ".env",
    ".env.production",
    "services/api/.env.example",
    "prod.env",
]
OTHERS = [
    "notes.md",
    "Dockerfile.md",
    "Dockerfile.prod.md",
    "Dockerfile.dockerignore",
    "api.Dockerfile.dockerignore",
    "Dockerfile.j2",
    ".dockerignore",
    "dockerfiles/readme.txt",
    "Dockerfile/readme.txt",
    "MyDockerfile",
    "Dockerfiles",
    "compose.txt",
    "composer.json",
    "decompose.yml",
    "values.yaml",
    "foo.tfstate",
    "foo.tfstate.backup",
    "main.tf.bak",
    ".terraform.lock.hcl",
    ".tf",
    "tf",
    "app.env.py",
    ".environment",
    ".envrc",
    "src/env",
]


def selects(hook: dict[str, Any], name: str) -> bool:
    """Whether pre-commit would hand `name` to the hook: it searches, it does not match."""
    return re.search(hook["files"], name) is not None


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
@pytest.mark.parametrize("name", CHECKED)
def test_files_cloudlint_reads_start_the_hook(hook: dict[str, Any], name: str) -> None:
    assert selects(hook, name)


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
@pytest.mark.parametrize("name", OTHERS)
def test_other_files_do_not_start_the_hook(hook: dict[str, Any], name: str) -> None:
    assert not selects(hook, name)


@pytest.mark.parametrize("name", CHECKED + OTHERS)
def test_the_hooks_choose_what_a_scan_reads(name: str) -> None:
    assert (kind_of(Path(name).name) is not None) == (name in CHECKED)


def test_only_the_changed_files_hook_takes_file_names() -> None:
    assert HOOKS["cloudlint"].get("pass_filenames", True)
    assert HOOKS["cloudlint-all"]["pass_filenames"] is False


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_a_commit_is_one_run(hook: dict[str, Any]) -> None:
    assert hook["require_serial"] is True
    assert hook["entry"].startswith("cloudlint scan")
