"""From a request to a report: what is found, what concerns given files, what is suppressed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cloudlint.concepts.base import Concept
from cloudlint.graph import Graph
from cloudlint.report import Report
from cloudlint.reporters import render
from cloudlint.reporters.options import RenderOptions
from cloudlint.scan import Request, scan
from cloudlint.usage import Misuse

pytestmark = pytest.mark.usefixtures("few_policies")

DATABASE = """
variable "multi_az" {
  type    = bool
  default = %s
}

resource "aws_db_instance" "main" {
  engine         = "postgres"
  instance_class = "db.r6g.large"
  multi_az       = var.multi_az
}
"""


@pytest.fixture(autouse=True)
def repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()


def report(folder: Path, files: dict[str, str], *paths: str, **request: Any) -> Report:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    given = [folder / path for path in paths] or [folder]
    return scan(Request(given, **request)).report


def places(found: Report, policy: str = "") -> set[str]:
    """`path:line` of the findings."""
    findings = [finding for finding in found.findings if policy in ("", finding.policy)]
    return {f"{finding.span.path}:{finding.span.first.line}" for finding in findings}


# -- what concerns the given files -----------------------------------------------------------------

MODULES = {
    "modules/db/main.tf": DATABASE % "true",
    "prod/main.tf": 'module "db" {\n  source   = "../modules/db"\n  multi_az = false\n}\n',
    "other/main.tf": DATABASE % "false",
}


def test_everything_is_reported_for_the_root(tmp_path: Path) -> None:
    found = report(tmp_path, MODULES)
    assert places(found) == {"modules/db/main.tf:10", "other/main.tf:10"}


@pytest.mark.parametrize("path", ["prod/main.tf", "prod", "modules/db/main.tf", "modules"])
def test_a_finding_concerns_the_files_on_its_way(tmp_path: Path, path: str) -> None:
    found = report(tmp_path, MODULES, path)
    assert places(found) == {"modules/db/main.tf:10"}
    assert found.files == 1


def test_a_given_dockerfile_is_judged_with_the_compose_file_that_builds_it(tmp_path: Path) -> None:
    files = {
        "services/api/Dockerfile": "FROM python:3.13.1-slim\n",
        "compose.yaml": 'services:\n  api:\n    build: services/api\n    user: "101"\n',
        "broken/compose.yaml": "services: [\n",
    }
    alone = report(tmp_path, {**files, "compose.yaml": "services: {}\n"}, "services/api/Dockerfile")
    assert places(alone, "root-container") == {"services/api/Dockerfile:1"}
    built = report(tmp_path, files, "services/api/Dockerfile")
    assert places(built, "root-container") == set()
    assert built.diagnostics == []


def test_errors_beside_the_given_file_are_warnings(tmp_path: Path) -> None:
    files = {
        "a/main.tf": DATABASE % "false",
        "a/broken.tf": "x = {",
        "b/broken.tf": "x = {",
    }
    found = report(tmp_path, files, "a/main.tf")
    assert places(found) == {"a/main.tf:10"}
    assert [(d.path, d.severity) for d in found.diagnostics] == [("a/broken.tf", "warning")]
    assert not found.incomplete


def test_what_is_excluded_is_not_reported_even_where_others_call_it(tmp_path: Path) -> None:
    files = {
        **MODULES,
        "modules/db/broken.tf": "x = {",
        "cloudlint.toml": 'exclude = ["modules", "other"]\n',
    }
    found = report(tmp_path, files)
    assert found.findings == []
    assert found.diagnostics == []


def test_undecided_checks_concern_files_too(tmp_path: Path) -> None:
    text = DATABASE.replace("  default = %s\n", "")
    files = {"a/main.tf": text, "b/main.tf": text}
    assert len(report(tmp_path, files).undecided) == 2
    (check,) = report(tmp_path, files, "a/main.tf").undecided
    assert check.span is not None
    assert check.span.path == "a/main.tf"


# -- suppressions ----------------------------------------------------------------------------------


def test_a_suppression_holds_a_finding_back_where_it_points(tmp_path: Path) -> None:
    argument = "  multi_az       = var.multi_az"
    comment = "# cloudlint: ignore[single-az-data-store] made anew every night"
    text = (DATABASE % "false").replace(argument, f"{argument} {comment}")
    found = report(tmp_path, {"main.tf": text})
    assert found.findings == []
    (held,) = found.suppressed
    assert held.reason == "made anew every night"


def test_a_suppression_where_the_value_was_written_is_unused(tmp_path: Path) -> None:
    comment = "# cloudlint: ignore[single-az-data-store] made anew every night"
    text = (DATABASE % "false").replace("  default", f"  {comment}\n  default")
    found = report(tmp_path, {"main.tf": text})
    assert {f.policy for f in found.findings} == {"single-az-data-store", "unused-suppression"}


IDLE = {"Dockerfile": "# cloudlint: ignore[root-container] %s the reason\nFROM scratch\nUSER 1\n"}


def test_a_suppression_inside_of_a_dockerfile_in_a_compose_file(tmp_path: Path) -> None:
    text = (
        "services:\n  web:\n    build:\n      dockerfile_inline: |\n"
        "        # cloudlint: ignore[floating-image-tag] rebuilt every night\n"
        "        FROM node\n        USER node\n"
    )
    result = report(tmp_path, {"compose.yaml": text})
    assert [held.finding.policy for held in result.suppressed] == ["floating-image-tag"]
    assert result.findings == []


def test_an_unused_suppression_is_a_finding_of_its_own(tmp_path: Path) -> None:
    files = {"Dockerfile": IDLE["Dockerfile"] % ""}
    (finding,) = report(tmp_path, files).findings
    assert (finding.policy, finding.span.place) == ("unused-suppression", "Dockerfile:1:1")
    assert report(tmp_path, files, ignore=["unused-suppression"]).findings == []
    assert report(tmp_path, files, select=["images"], ignore=["root-container"]).findings == []
    assert len(report(tmp_path, files, select=["suppressions"]).findings) == 0
    with_both = ["suppressions", "root-container"]
    assert len(report(tmp_path, files, select=with_both).findings) == 1


@pytest.mark.parametrize(
    ("today", "expired"), [(date(2026, 5, 1), False), (date(2026, 5, 2), True)]
)
def test_the_day_is_given(tmp_path: Path, today: date, expired: bool) -> None:
    text = "# cloudlint: ignore[floating-image-tag] until=2026-05-01 soon\nFROM nginx\nUSER 1\n"
    found = report(tmp_path, {"Dockerfile": text}, today=today)
    assert {f.policy for f in found.findings} == (
        {"floating-image-tag", "unused-suppression"} if expired else set()
    )


def test_a_file_with_errors_has_no_unused_suppressions(tmp_path: Path) -> None:
    files = {"Dockerfile": IDLE["Dockerfile"] % "" + "INSTALL x\n"}
    found = report(tmp_path, files)
    assert found.findings == []
    assert found.incomplete


# -- configuration ---------------------------------------------------------------------------------


def test_a_selection_on_the_command_line_takes_the_place_of_the_configured_one(
    tmp_path: Path,
) -> None:
    files = {
        "Dockerfile": "FROM nginx\nUSER root\n",
        "cloudlint.toml": 'ignore = ["root-container"]\n',
    }

    def policies(**request: Any) -> set[str]:
        return {finding.policy for finding in report(tmp_path, files, **request).findings}

    assert policies() == {"floating-image-tag"}
    assert policies(select=["root-container"]) == {"root-container"}
    assert policies(ignore=["floating-image-tag"]) == set()


def test_environments_of_the_configuration(tmp_path: Path) -> None:
    files = {
        "a/main.tf": DATABASE % "false",
        "dev/main.tf": DATABASE % "false",
        "cloudlint.toml": '[environments]\n"dev" = "production"\n"a" = "development"\n',
    }
    assert places(report(tmp_path, files)) == {"dev/main.tf:10"}


def test_variable_files_of_the_configuration(tmp_path: Path) -> None:
    files = {
        "main.tf": DATABASE % "true",
        "prod.tfvars": "multi_az = false\n",
        "cloudlint.toml": 'var-files = ["prod.tfvars"]\n',
    }
    assert places(report(tmp_path, files)) == {"main.tf:10"}


@pytest.mark.parametrize("path", ["../outside.tfvars", "/etc/hostname", "absent.tfvars"])
def test_a_configured_variable_file_is_in_the_repository(tmp_path: Path, path: str) -> None:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (tmp_path / "outside.tfvars").write_text("multi_az = false\n", encoding="utf-8")
    files = {
        "main.tf": DATABASE % "true",
        "cloudlint.toml": f'strict = true\nvar-files = ["{path}"]',
    }
    with pytest.raises(Misuse) as raised:
        report(root, files)
    assert raised.value.place == "cloudlint.toml:2"


def test_a_variable_file_given_by_the_user_may_be_anywhere(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    outside = tmp_path / "outside.tfvars"
    outside.write_text("multi_az = false\n", encoding="utf-8")
    found = report(root, {"main.tf": DATABASE % "true"}, var_files=[outside])
    assert places(found) == {"main.tf:10"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('strict = false\nselect = ["imagse"]\n', 2),
        ("[policies.root-containr]\n", 1),
    ],
)
def test_names_that_mean_nothing_in_the_configuration(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(Misuse) as raised:
        report(tmp_path, {"cloudlint.toml": text})
    assert raised.value.place == f"cloudlint.toml:{line}"
    assert "Did you mean" in raised.value.hint


def test_the_configuration_cannot_load_code(tmp_path: Path) -> None:
    files = {
        "cloudlint.toml": 'policies = "./house"\n',
        "house/trap.py": "raise SystemExit(99)\n",
    }
    with pytest.raises(Misuse, match="must be a table"):
        report(tmp_path, files)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    (tmp_path / "Dockerfile").write_text("FROM scratch\n", encoding="utf-8")
    scan(Request([tmp_path]), lambda *state: told.append(state))
    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps == ["finding files", "reading files", "asking policies"]
    assert all(done <= total for _, done, total in told)


PLAN = Path(__file__).parent / "data" / "plan_files" / "shop"


def test_a_plan_is_judged_instead_of_its_sources_and_points_into_them(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(PLAN, folder)
    report = scan(Request([folder / "plan.json"])).report
    assert not report.diagnostics
    assert {finding.policy for finding in report.findings} >= {
        "single-az-data-store",
        "cpu-only-scaling",
    }
    assert {finding.span.path for finding in report.findings} <= {
        "shop/main.tf",
        "shop/web/main.tf",
    }


def test_a_plan_without_sources_points_at_addresses_in_itself(tmp_path: Path) -> None:
    shutil.copy(PLAN / "plan.json", tmp_path / "plan.json")
    report = scan(Request([tmp_path / "plan.json"])).report
    assert {finding.span.path for finding in report.findings} == {"plan.json"}


def test_json_that_is_no_plan_is_told(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text("{}")
    (said,) = scan(Request([tmp_path / "data.json"])).report.diagnostics
    assert said.message == "data.json is not a kind of file that cloudlint reads"


DEPLOYED = {
    "infra/app/main.tf": 'variable "multi_az" {}\n'
    'resource "aws_db_instance" "main" {\n  multi_az = var.multi_az\n}\n',
    "infra/app/eu.tfvars": "multi_az = false\n",
    "infra/app/us.tfvars": "multi_az = true\n",
    "infra/app/sandbox.tfvars": "multi_az = false\n",
}


def test_a_root_is_judged_once_for_each_of_its_deployments(tmp_path: Path) -> None:
    tables = '[[deployments]]\nroot = "infra/app"\nvar-files = ["infra/app/{}.tfvars"]\n{}\n'
    toml = tables.format("eu", "") + tables.format("us", "")
    toml += tables.format("sandbox", 'environment = "development"')
    found = report(tmp_path, {**DEPLOYED, "cloudlint.toml": toml})
    (finding,) = found.findings
    assert finding.span.place == "infra/app/main.tf:3:3"
    assert "infra/app/eu.tfvars" in {step.span.path for step in finding.related}
    assert found.passed >= 1
    assert not found.undecided


def test_the_same_finding_in_two_deployments_is_one_that_names_both(tmp_path: Path) -> None:
    toml = "".join(
        f'[[deployments]]\nroot = "infra/app"\nvar-files = ["infra/app/{name}.tfvars"]\n'
        for name in ("eu", "sandbox")
    )
    (finding,) = report(tmp_path, {**DEPLOYED, "cloudlint.toml": toml}).findings
    assert finding.instances == (
        "infra/app@eu: aws_db_instance.main",
        "infra/app@sandbox: aws_db_instance.main",
    )


def test_workspaces_settle_what_hangs_on_them(tmp_path: Path) -> None:
    text = 'resource "aws_db_instance" "main" {\n  multi_az = terraform.workspace == "prod"\n}\n'
    assert [check.settle for check in report(tmp_path, {"main.tf": text}).undecided if
            check.policy == "single-az-data-store"] == ["--workspace=…"]  # fmt: skip
    tables = '[[deployments]]\nroot = "."\nworkspace = "{}"\n'
    toml = "".join(map(tables.format, ("prod", "prod-eu", "test")))
    (finding,) = [
        finding
        for finding in report(tmp_path, {"main.tf": text, "cloudlint.toml": toml}).findings
        if finding.policy == "single-az-data-store"
    ]
    assert finding.instances == ()
    assert finding.environment == "production"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "`root` must be a string and given"),
        ('root = "a"\nvar-file = ["x"]', "unknown key `var-file`"),
        ('root = "a"\nenvironment = "prod"', "`environment` must be one of"),
        ('root = "a"\n[[deployments]]\nroot = "a"', "two deployments of a are called `default`"),
    ],
)
def test_deployments_that_are_not_right(table: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=message):
        report(tmp_path, {"cloudlint.toml": f"[[deployments]]\n{table}\n"})


# -- what is not shown -----------------------------------------------------------------------------

LEAKING = {
    "Dockerfile": "FROM alpine:3.20.3\nRUN wget -O- http://h/x | TOKEN_SECRET=tH7-quiet-Harb sh\n",
    "compose.yaml": """
services:
  db: { image: "postgres:latest", environment: { POSTGRES_PASSWORD: tH7-quiet-Harb } }
""",
    "main.tf": 'resource "aws_db_instance" "main" { password = "tH7-quiet-Harb" }\n',
}


@pytest.mark.parametrize("ignored", ["credentials,images", ""])
def test_no_policy_shows_the_secrets_of_another(tmp_path: Path, ignored: str) -> None:
    found = report(tmp_path, LEAKING, ignore=frozenset(ignored.split(",")) - {""})
    shown = render("text", found, RenderOptions("1", width=200))
    assert "single-az-data-store" in shown
    assert "quiet" not in shown


def test_a_suppression_beside_a_secret_shows_none(tmp_path: Path) -> None:
    text = 'variable "password" {\n  default = "tH7-quiet-Harb" # cloudlint: ignore[x] why\n}\n'
    shown = render("text", report(tmp_path, {"main.tf": text}), RenderOptions("1", width=200))
    assert "ignore[x]" in shown
    assert "quiet" not in shown


def test_nothing_is_shown_where_secrets_cannot_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(graph: Graph) -> Iterator[Concept]:
        raise ValueError("no")

    monkeypatch.setattr("cloudlint.concepts.secrets.terraform.secrets", fail)
    select = frozenset({"single-az-data-store"})
    found = report(tmp_path, {"main.tf": LEAKING["main.tf"]}, select=select)
    shown = render("text", found, RenderOptions("1", width=200))
    assert found.incomplete
    assert "********" in shown
    assert "quiet" not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        'count = var.api_token == "brown-Fox77" ? 1 : 0\n  multi_az = false',
        'multi_az = jsonencode(var.api_token) != "brown-Fox77"',
        'multi_az = "brown-Fox77" == var.api_token',
        "multi_az = local.password",
        "multi_az = tonumber(local.password)",
    ],
)
def test_words_do_not_tell_secrets(tmp_path: Path, arguments: str) -> None:
    """What something is compared with is no secret that stands in the source."""
    text = 'variable "api_token" {}\nlocals {\n  password = "brown-Fox77"\n}\n'
    text += f'resource "aws_db_instance" "main" {{\n  engine = "postgres"\n  {arguments}\n}}\n'
    for select in ({"single-az-data-store"}, set()):
        found = report(tmp_path, {"main.tf": text}, select=frozenset(select))
        assert found.findings or found.undecided
        for format_ in ("text", "json", "sarif"):
            shown = render(format_, found, RenderOptions("1", width=200, show_undecided=True))
            is_text = format_ == "text" and "brown" in arguments
            assert is_text or "brown" not in shown
