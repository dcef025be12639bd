"""What people and attackers hand to a scanner: fixtures/malformed, and what git cannot keep.

For all of it: no traceback, no hanging, the sound files beside the broken one are checked, and
what was not checked makes the scan incomplete.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cloudlint.cli import main
from cloudlint.report import Report
from cloudlint.scan import Request, scan

pytestmark = pytest.mark.usefixtures("few_policies")

MALFORMED = Path(__file__).parents[1] / "fixtures" / "malformed"

# Message (a part of it) by place, for errors and warnings.
EXPECTED: dict[str, dict[str, str]] = {
    "byte-order-mark": {},
    "compose-is-a-list": {"compose.yaml:1:1": "must be a mapping with `services`"},
    "compose-syntax-error": {"compose.yaml:5:3": "did not find expected ',' or ']'"},
    "crlf-line-endings": {},
    "cyclic-locals": {
        "main.tf:2:3": "local values form a cycle: local.first → local.second → local.third",
        "main.tf:5:3": "local values form a cycle: local.self → local.self",
    },
    "cyclic-modules": {"b/main.tf:2:3": "module calls form a cycle: . → a → b → a"},
    "cyclic-modules-without-root": {"b/main.tf:2:3": "module calls form a cycle: a → b → a"},
    "directory-named-main-tf": {},
    "dockerfile-without-from": {"Dockerfile:2:1": "there is no FROM before RUN"},
    "duplicate-resources": {
        "more.tf:1:1": "already declared at main.tf:1:1",
        "more.tf:13:1": "already declared at more.tf:9:1",
        "more.tf:22:3": "already declared at more.tf:18:3",
    },
    "duplicate-yaml-keys": {
        "compose.yaml:4:5": "the key `image` is written twice; the first is in line 3",
        "compose.yaml:7:3": "the key `web` is written twice; the first is in line 2",
    },
    "empty-files": {
        "Dockerfile": "there is no FROM in this file",
        "compose.yaml": "this compose file is empty",
    },
    "invalid-utf8": {
        "Dockerfile": "not valid UTF-8 (byte 0xe9 in line 2)",
        "compose.yaml": "not valid UTF-8 (byte 0xe9 in line 5)",
        "main.tf": "not valid UTF-8 (byte 0xe9 in line 1)",
    },
    "missing-module": {"main.tf:2:3": "the module source ./modules/network does not exist"},
    "nul-bytes": {
        "Dockerfile": "holds a NUL character",
        "compose.yaml": "holds a NUL character",
        "main.tf": "holds a NUL character",
    },
    "outside-the-root": {
        "compose.yaml:2:5": "there is no file",
        "compose.yaml:7:15": "is not in the repository",
        "compose.yaml:9:13": "there is no file",
        "main.tf:2:3": "leads outside of the repository",
    },
    "self-calling-module": {"main.tf:2:3": "module calls form a cycle: . → ."},
    "tabs-in-yaml": {"compose.yaml:2:1": "YAML does not allow a tab here"},
    "terraform-syntax-error": {"main.tf:3:10": "`{` is never closed"},
    "unknown-instruction": {"Dockerfile:2:1": "unknown instruction INSTALL"},
    "unterminated-heredoc": {
        "Dockerfile:3:1": "the here-document SCRIPT has no end",
        "main.tf:4:19": "this heredoc is never closed",
    },
    "yaml-alias-bomb": {"compose.yaml:6:22": "its aliases repeat more than 250,000 nodes"},
    "yaml-alias-cycle": {"compose.yaml:5:13": "the anchor `labels` is used inside of itself"},
}
SOUND = {
    "byte-order-mark",
    "crlf-line-endings",
    "directory-named-main-tf",
}
"""Those that are read in full: strange, but nothing in them is left unchecked."""


def copied(name: str, folder: Path) -> Path:
    """A fixture as a repository of its own."""
    target = folder / "repository"
    shutil.copytree(MALFORMED / name, target)
    return target


def told(report: Report) -> dict[str, str]:
    return {diagnostic.place: diagnostic.message for diagnostic in report.diagnostics}


def assert_told(report: Report, expected: dict[str, str]) -> None:
    said = told(report)
    assert said.keys() == expected.keys()
    for place, part in expected.items():
        assert part in said[place]
        assert "\0" not in said[place]
        assert "\r" not in said[place]


def test_every_fixture_is_tested() -> None:
    assert {path.name for path in MALFORMED.iterdir() if path.is_dir()} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_malformed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(name, tmp_path)
    code = main(["scan", str(folder), "--fail-on", "never"])
    said = capsys.readouterr()
    assert code == (0 if name in SOUND else 3)
    assert said.err == ""
    assert_told(scan(Request([folder])).report, EXPECTED[name])


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("byte-order-mark", "Dockerfile:1:6"),
        ("byte-order-mark", "compose.yaml:3:12"),
        ("crlf-line-endings", "Dockerfile:1:6"),
        ("crlf-line-endings", "compose.yaml:3:12"),
        ("duplicate-yaml-keys", "compose.yaml:8:12"),
        ("unknown-instruction", "Dockerfile:1:6"),
        ("unterminated-heredoc", "Dockerfile:1:6"),
    ],
)
def test_what_is_sound_is_checked(name: str, place: str, tmp_path: Path) -> None:
    report = scan(Request([copied(name, tmp_path)])).report
    assert place in {finding.span.place for finding in report.findings}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("cyclic-locals", "local.self depends on itself"),
        ("missing-module", "module.network is a module that is not at hand"),
    ],
)
def test_what_depends_on_the_defect_is_undecided(name: str, reason: str, tmp_path: Path) -> None:
    report = scan(Request([copied(name, tmp_path)])).report
    (check,) = report.undecided
    assert f"{check.origin} {check.reason}".startswith(reason)


# -- what git cannot keep --------------------------------------------------------------------------

SOUND_DOCKERFILE = "FROM nginx\nUSER 101\n"


def dead_link(folder: Path) -> None:
    (folder / "main.tf").symlink_to("nowhere.tf")


def link_loop(folder: Path) -> None:
    (folder / "main.tf").symlink_to("other.tf")
    (folder / "other.tf").symlink_to("main.tf")


def link_outside(folder: Path) -> None:
    outside = folder.parent / "outside.tf"
    outside.write_text("secret = 1\n", encoding="utf-8")
    (folder / "main.tf").symlink_to(outside)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "compose.yaml")


def huge(folder: Path) -> None:
    with (folder / "main.tf").open("wb") as file:
        file.truncate(10_000_001)


def unreadable(folder: Path) -> None:
    (folder / "main.tf").write_text("", encoding="utf-8")
    (folder / "main.tf").chmod(0)
    if os.access(folder / "main.tf", os.R_OK):
        pytest.skip("this user may read everything")


def deep_terraform(folder: Path) -> None:
    (folder / "main.tf").write_text("a = " + "[" * 50_000, encoding="utf-8")


def deep_yaml(folder: Path) -> None:
    (folder / "compose.yaml").write_text("a: " + "[" * 50_000, encoding="utf-8")


def deep_json(folder: Path) -> None:
    (folder / "main.tf.json").write_text('{"a":' * 50_000, encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (dead_link, "main.tf"),
        (link_loop, "main.tf"),
        (link_outside, "main.tf"),
        (pipe, "compose.yaml"),
        (huge, "main.tf"),
        (unreadable, "main.tf"),
        (deep_terraform, "main.tf"),
        (deep_yaml, "compose.yaml"),
        (deep_json, "main.tf.json"),
    ],
)
def test_unreadable(
    make: Callable[[Path], None], path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "Dockerfile").write_text(SOUND_DOCKERFILE, encoding="utf-8")
    make(folder)
    assert main(["scan", str(folder)]) == 3
    said = capsys.readouterr()
    assert said.err == ""
    assert "floating-image-tag" in said.out
    assert f"--> {path}" in said.out
    assert "secret" not in said.out


def test_a_folder_that_holds_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(SOUND_DOCKERFILE, encoding="utf-8")
    (tmp_path / "loop").symlink_to(".")
    report = scan(Request([tmp_path])).report
    assert len(report.findings) == 1
    assert report.diagnostics == []
