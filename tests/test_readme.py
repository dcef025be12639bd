"""The README promises nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cloudlint.cli import commands
from cloudlint.config import Config, find
from cloudlint.discovery import Repository
from cloudlint.plugins import Catalogue
from cloudlint.scan import Request, scan

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def options_of(command: str) -> set[str]:
    found = commands.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None
    return {option for p in found.params for option in p.opts if option.startswith("--")}


def test_every_option_of_scan_is_told_and_no_other() -> None:
    table = README[README.index("| Option of `scan`") : README.index("| Exit code |")]
    told = set(re.findall(r"--[a-z][a-z-]*", table))
    assert told == options_of("scan")


def test_every_command_is_told_and_no_other() -> None:
    usage = README[README.index("## Use") :].split("```")[1]
    told = set(re.findall(r"^cloudlint ([a-z]+)", usage, re.MULTILINE))
    assert told == set(commands.list_commands(None))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [README, CONFIGURATION], ids=["README", "configuration"])
def test_the_configuration_shown_is_one(text: str, tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "cloudlint.toml").write_text(block, encoding="utf-8")
    for name in ("common", "app/eu", "app/sandbox"):
        file = tmp_path / "infra" / f"{name}.tfvars"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert find(Repository(tmp_path), ".") != Config()
    assert scan(Request([tmp_path])).report.findings == []


def test_the_policy_shown_is_one(tmp_path: Path) -> None:
    (block,) = re.findall(r"````python\n(.*?)````", README, re.DOTALL)
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "foreign_registry.py").write_text(block, encoding="utf-8")
    policy = Catalogue([str(folder)]).policy("foreign-registry")
    assert [e.kind for e in policy.documentation.examples] == ["Bad", "Good", "Undecided"]


@pytest.mark.parametrize("document", [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"])
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#:]+)\)", text) if "`" not in target]
    assert all((document.parent / target).exists() for target in targets), targets
