"""`cloudlint scan` as a user sees it: what it takes, what it writes, how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from .conftest import HOUSE, Run

HIGH = "FROM nginx\nUSER 101\n"
MEDIUM = "FROM registry.example.com/nginx:1.27.3\nUSER 101\n"
DIGEST = "0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a"
CLEAN = f"FROM nginx:1.27.3@sha256:{DIGEST}\nUSER 101\n"
BROKEN = "FROM nginx:1.27.3\nUSER 101\nINSTALL x\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def policies_found(out: str) -> list[str]:
    return [finding["policy"] for finding in json.loads(out)["findings"]]


def test_a_finding_names_policy_place_and_fix(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": HIGH})
    result = run("scan")
    assert result.code == 1
    assert "high[floating-image-tag]: " in result.out
    assert "--> Dockerfile:1:6" in result.out
    assert "fix: " in result.out
    assert "1 finding (1 high)" in result.out
    assert result.err == ""


# -- exit codes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dockerfile", "fail_on", "code"),
    [
        (CLEAN, None, 0),
        (HIGH, None, 1),
        (MEDIUM, None, 1),
        (MEDIUM, "medium", 1),
        (MEDIUM, "high", 0),
        (HIGH, "high", 1),
        (HIGH, "critical", 0),
        (HIGH, "never", 0),
        (BROKEN, None, 3),
        (BROKEN, "never", 3),
    ],
)
def test_exit_code(
    project: Path, run: Run, dockerfile: str, fail_on: str | None, code: int
) -> None:
    write(project, {"Dockerfile": dockerfile})
    assert run("scan", *(["--fail-on", fail_on] if fail_on else [])).code == code


def test_an_incomplete_scan_reports_its_findings_and_says_so(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": HIGH, "main.tf": 'resource "a" {'})
    result = run("scan")
    assert result.code == 3
    assert "floating-image-tag" in result.out
    assert "the scan is incomplete" in result.out
    assert "main.tf:1:" in result.out


def test_nothing_to_check_is_said(run: Run) -> None:
    result = run("scan")
    assert result.code == 0
    assert "nothing to check" in result.out


# -- wrong usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scan", "absent"], "'absent' does not exist"),
        (["scan", "--select", "floating-image-tga"], "Did you mean `floating-image-tag`?"),
        (["scan", "--ignore", "imagse"], "Did you mean `images`?"),
        (["scan", "--format", "sraif"], "Did you mean `sarif`?"),
        (["scan", "--format", "text="], "names no file"),
        (["scan", "--format", "text", "--format", "json"], "two formats"),
        (["scan", "--format", "json=a", "--format", "text=a"], "the same file"),
        (["scan", "--format", "json=a", "--output", "b"], "has a file already"),
        (["scan", "--output", "absent/report"], "there is no directory absent"),
        (["scan", "--output", "."], "is a directory"),
        (["scan", "--var", "region"], "NAME=VALUE"),
        (["scan", "--var-file", "absent.tfvars"], "does not exist"),
        (["scan", "--config", "absent.toml"], "does not exist"),
        (["scan", "--policies", "no_such_module_anywhere"], "cannot be loaded"),
        (["scan", "--policies", "./absent.py"], "there is no policy file"),
        (["scan", "--fail-on", "sometimes"], "sometimes"),
        (["scna"], "scna"),
        (["explain", "floating-image-tga"], "Did you mean `floating-image-tag`?"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert message in result.err
    assert result.out == ""


def test_messages_of_wrong_usage_hold_no_control_characters(project: Path, run: Run) -> None:
    write(project, {"cloudlint.toml": '"\\u001b[2Jkey" = 1\n'})
    result = run("scan")
    assert result.code == 2
    assert "\x1b" not in result.err


# -- formats and files -----------------------------------------------------------------------------


def test_several_formats_at_once(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": HIGH})
    result = run(
        "scan", "--format", "sarif=out.sarif", "--format", "json=out.json", "--format=text"
    )
    assert result.code == 1
    assert "high[floating-image-tag]" in result.out
    assert json.loads((project / "out.sarif").read_text(encoding="utf-8"))["runs"]
    assert policies_found((project / "out.json").read_text(encoding="utf-8"))
    assert sorted(p.name for p in project.iterdir() if p.name.startswith("out")) == [
        "out.json",
        "out.sarif",
    ]


def test_output_is_for_the_last_format(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": HIGH})
    result = run("scan", "--format", "json", "--format", "text", "--output", "report.txt")
    assert policies_found(result.out) == ["floating-image-tag"]
    assert "high[floating-image-tag]" in (project / "report.txt").read_text(encoding="utf-8")


def test_an_output_file_is_replaced_and_a_link_to_it_kept(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": HIGH, "real.txt": "old"})
    (project / "link.txt").symlink_to("real.txt")
    run("scan", "--output", "link.txt")
    assert (project / "link.txt").is_symlink()
    assert "high[" in (project / "real.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": HIGH})
    result = run("scan", "--output", "/dev/full")
    assert result.code == 2
    assert "no space left" in result.err


def test_color_is_for_terminals_unless_asked_for(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": HIGH})
    assert "\x1b" not in run("scan").out
    assert "\x1b[" in run("scan", "--color", "always").out


def test_undecided_checks_are_counted_and_listed_on_demand(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": "ARG BASE\nFROM ${BASE}\nUSER 101\n"})
    assert "undecided (--show-undecided lists them)" in run("scan").out
    shown = run("scan", "--show-undecided")
    assert shown.code == 0
    assert "undecided: " in shown.out
    assert "BASE" in shown.out


# -- which policies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", "floating-image-tag"], ["floating-image-tag"]),
        (["--select", "access"], []),
        (["--select", "images,access"], ["floating-image-tag", "root-container"]),
        (["--select", "access", "--select", "root-container"], ["root-container"]),
        (["--ignore", "floating-image-tag"], ["root-container"]),
        (["--ignore", "floating-image-tag, root-container"], []),
        (["--select", "images", "--ignore", "root-container"], ["floating-image-tag"]),
        (["--ignore", "images"], []),
    ],
)
def test_select_and_ignore(
    project: Path, run: Run, options: list[str], expected: list[str]
) -> None:
    write(project, {"Dockerfile": "FROM nginx\nUSER root\n"})
    found = policies_found(run("scan", "--format", "json", *options).out)
    assert sorted(found) == expected


def test_policies_of_a_user(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": CLEAN})
    result = run("scan", "--format", "json", "--policies", str(HOUSE))
    assert policies_found(result.out) == ["foreign-registry"]


def test_the_strict_set_is_off_unless_asked_for(project: Path, run: Run) -> None:
    write(project, {"Dockerfile": MEDIUM})
    plain = ("scan", "--format", "json", "--policies", str(HOUSE))
    assert "any-image" not in policies_found(run(*plain).out)
    assert "any-image" in policies_found(run(*plain, "--strict").out)
    assert policies_found(run(*plain, "--select", "any-image").out) == ["any-image"]
    assert "any-image" not in policies_found(run(*plain, "--select", "house").out)


def test_options_and_severities_of_policies(project: Path, run: Run) -> None:
    write(
        project,
        {
            "Dockerfile": MEDIUM,
            "compose.yaml": "services:\n  a:\n    image: other.example.com/nginx:1.27.3\n",
            "cloudlint.toml": (
                'select = ["foreign-registry"]\n'
                '[policies.foreign-registry]\nseverity = "critical"\n'
                'registry = "other.example.com"\nalso-from = ["third.example.com"]\n'
            ),
        },
    )
    result = run("scan", "--format", "json", "--policies", str(HOUSE))
    (finding,) = json.loads(result.out)["findings"]
    assert (finding["location"]["path"], finding["severity"]) == ("Dockerfile", "critical")


def test_a_bare_name_is_never_a_folder_of_the_repository(project: Path, run: Run) -> None:
    write(project, {"team/trap.py": "raise SystemExit(99)\n", "Dockerfile": CLEAN})
    assert run("scan", "--policies", "team").code == 2


def test_a_policy_that_crashes_makes_the_scan_incomplete(project: Path, run: Run) -> None:
    crashing = (
        "from cloudlint.policy import policy\n"
        "from cloudlint.concepts.images import ContainerImage\n"
        "@policy(severity='low', standard='x')\n"
        "def crashing(image: ContainerImage):\n"
        "    '''It crashes.\n\n    Fix: mend it.\n    '''\n"
        "    yield 1 / 0\n"
    )
    write(project, {"Dockerfile": HIGH, "house/crashing.py": crashing})
    result = run("scan", "--policies", "./house/crashing.py")
    assert result.code == 3
    assert "crashing crashed" in result.out
    assert "high[floating-image-tag]" in result.out


# -- variables -------------------------------------------------------------------------------------

IMAGE = """
variable "image" {
  type = string
}
resource "aws_lambda_function" "resize" {
  function_name = "resize"
  package_type  = "Image"
  image_uri     = var.image
}
"""


def test_variables_settle_what_was_undecided(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"main.tf": IMAGE, "given.tfvars": 'image = "shop/resize:latest"\n'})
    monkeypatch.setenv("TF_VAR_image", "shop/resize:edge")
    scan = ("scan", "--format", "json", "--select", "floating-image-tag")

    def report(*options: str) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(run(*scan, *options).out)
        return loaded

    undecided = report()
    assert undecided["findings"] == []
    assert undecided["undecided"][0]["settle"].startswith("--var image=")
    for options in (
        ["--var", "image=shop/resize:latest"],
        ["--var-file", "given.tfvars"],
        ["--use-environment"],
    ):
        assert len(report(*options)["findings"]) == 1, options


def test_include_staging(project: Path, run: Run) -> None:
    write(project, {"staging/Dockerfile": MEDIUM})
    assert run("scan").code == 0
    assert run("scan", "--include-staging").code == 1


# -- given files -----------------------------------------------------------------------------------


def test_only_what_concerns_the_given_files_is_reported(project: Path, run: Run) -> None:
    write(project, {"a/Dockerfile": HIGH, "b/Dockerfile": HIGH, "c/main.tf": 'resource "a" {'})
    result = run("scan", "a/Dockerfile")
    assert result.code == 1
    assert "a/Dockerfile" in result.out
    assert "b/Dockerfile" not in result.out
    assert "main.tf" not in result.out


def test_a_given_folder(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, {"a/Dockerfile": HIGH, "b/Dockerfile": HIGH})
    monkeypatch.chdir(project / "a")
    result = run("scan")
    assert "a/Dockerfile:1:6" in result.out
    assert "b/Dockerfile" not in result.out


def test_a_link_to_a_folder_is_scanned_where_it_leads(project: Path, run: Run) -> None:
    write(project, {"a/Dockerfile": HIGH})
    (project / "link").symlink_to("a")
    assert "a/Dockerfile:1:6" in run("scan", "link").out


def test_a_given_file_of_no_kind_is_said_to_be_none(project: Path, run: Run) -> None:
    write(project, {"notes.md": "x", "Dockerfile": CLEAN})
    result = run("scan", "notes.md", "Dockerfile")
    assert result.code == 0
    assert "notes.md is not a kind of file that cloudlint reads" in result.out


def test_excludes_hold_for_given_files_too(project: Path, run: Run) -> None:
    write(project, {"vendor/Dockerfile": HIGH, "cloudlint.toml": 'exclude = ["vendor"]\n'})
    result = run("scan", "vendor/Dockerfile")
    assert result.code == 0
    assert "no findings" in result.out


# -- streams ---------------------------------------------------------------------------------------


def test_names_that_are_no_text_are_shown_all_the_same(project: Path, run: Run) -> None:
    folder = os.fsencode(project) + b"/\xff"
    try:
        os.mkdir(folder)  # noqa: PTH102 - a name that is no text
    except OSError:
        pytest.skip("the file system takes only names that are text")
    Path(os.fsdecode(folder), "Dockerfile").write_text(HIGH, encoding="utf-8")
    result = run("scan")
    assert result.code == 1
    assert "floating-image-tag" in result.out
