"""`cloudlint eval` as a user sees it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

MAIN = """\
variable "multi_az" {
  type = bool
}

variable "zones" {
  type    = list(string)
  default = ["a", "b"]
}

variable "password" {
  default   = "hunter2"
  sensitive = true
}

locals {
  replicas = var.multi_az ? 2 : 1
  names    = [for zone in var.zones : "web-${zone}"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

module "web" {
  source   = "./web"
  replicas = local.replicas
}
"""
WEB = """\
variable "replicas" {
  type = number
}

output "total" {
  value = var.replicas + 1
}
"""


@pytest.fixture
def module(project: Path) -> Path:
    (project / "main.tf").write_text(MAIN)
    (project / "web").mkdir()
    (project / "web" / "web.tf").write_text(WEB)
    return project


def answers(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("1 + 1", "2\n"),
        ("var.zones", 'tolist([\n  "a",\n  "b",\n])\n'),
        ("local.names[1]", '"web-b"\n'),
        ("aws_vpc.main.cidr_block", '"10.0.0.0/16"\n'),
        ("path.module", '"."\n'),
        ('"a\\nb"', "<<EOT\na\nb\nEOT\n"),
        ("tostring(null)", "tostring(null)\n"),
        ("type(local.names)", "tuple([\n    string,\n    string,\n])\n"),
        ("type(var.multi_az)", "bool\n"),
    ],
)
def test_a_value_is_printed_as_terraform_does(
    module: Path, run: Run, expression: str, shown: str
) -> None:
    result = run("eval", expression)
    assert (result.out, result.code, result.err) == (shown, 0, "")


def test_an_undecided_value_names_its_origin_and_the_way_there(module: Path, run: Run) -> None:
    result = run("eval", "[module.web.total, 1]")
    assert result.code == 1
    assert result.out == (
        "[\n  (var.multi_az ? 3 : 2),\n  1,\n]\n"
        "undecided: var.multi_az (main.tf:1) has no value\n"
        "  web/web.tf:6:3: output total of module.web\n"
        "  web/web.tf:1:1: var.replicas is declared here\n"
        "  main.tf:26:3: module.web sets replicas\n"
        "  main.tf:16:3: local.replicas is set here\n"
        "  main.tf:1:1: var.multi_az is declared here\n"
        "settle with: --var multi_az=…\n"
    )


def test_a_variable_settles_it(module: Path, run: Run) -> None:
    assert run("eval", "module.web.total", "--var", "multi_az=true").out == "3\n"


def test_variables_come_from_files(module: Path, run: Run) -> None:
    (module / "terraform.tfvars").write_text("multi_az = false\n")
    (module / "more.tfvars").write_text('zones = ["c"]\n')
    assert run("eval", "module.web.total").out == "2\n"
    assert run("eval", "local.names[0]", "--var-file", "more.tfvars").out == '"web-c"\n'


def test_variables_come_from_the_environment_only_if_wanted(
    module: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_VAR_multi_az", "true")
    assert run("eval", "local.replicas").code == 1
    assert run("eval", "local.replicas", "--use-environment").out == "2\n"


def test_configured_variable_files_count_as_in_a_scan(module: Path, run: Run) -> None:
    (module / "cloudlint.toml").write_text('var-files = ["prod.vars"]\n')
    (module / "prod.vars").write_text("multi_az = true\n")
    assert run("eval", "local.replicas").out == "2\n"


def test_a_child_module_is_evaluated_as_if_it_were_a_root(module: Path, run: Run) -> None:
    assert run("eval", "var.replicas", "web").code == 1
    assert run("eval", "var.replicas", "web", "--var", "replicas=4").out == "4\n"
    assert run("eval", "path.module", "web").out == '"."\n'


# -- errors ----------------------------------------------------------------------------------------


def test_an_error_points_into_the_expression(module: Path, run: Run) -> None:
    result = run("eval", "1 + uper(var.zones[0])")
    assert result.code == 3
    assert result.out == ""
    assert result.err.splitlines() == [
        'error: There is no function named "uper".',
        " --> <expression>:1:5",
        "  |",
        "1 | 1 + uper(var.zones[0])",
        "  |     ^^^^^^^^^^^^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ("[1, {a = 2}", "1:1"),
        ("1 +", "1:4"),
        ("var.zones[7]", "1:1"),
        ("var.nope", "1:1"),
        ("local.names[tonumber(true)]", "1:13"),
        ("[for z in var.zones : z + 1]", "1:23"),
        ("each.key", "1:1"),
        ("aws_vpc.other.id", "1:1"),
        ("", "1:1"),
    ],
)
def test_the_place_of_an_error(module: Path, run: Run, expression: str, place: str) -> None:
    result = run("eval", expression, "--format", "json")
    assert result.code == 3
    (answer,) = answers(result.out)
    assert answer["error"]["place"] == f"<expression>:{place}"
    assert answer["error"]["message"]


def test_files_that_cannot_be_read_are_told(module: Path, run: Run) -> None:
    (module / "broken.tf").write_text('variable "x" {\n')
    result = run("eval", "var.zones[0]")
    assert result.code == 3
    assert result.out == '"a"\n'
    assert "error: broken.tf:1:" in result.err


def test_what_is_wrong_with_a_local_value_is_told_where_it_stands(module: Path, run: Run) -> None:
    (module / "locals.tf").write_text("locals {\n  bad = 1 + [2]\n}\n")
    result = run("eval", "local.bad")
    assert result.code == 1
    assert "undecided: `local.bad` (locals.tf:2) cannot be evaluated: " in result.out
    assert result.err.startswith("warning: locals.tf:2:3: ")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("1", "nowhere"),
        ("1", "main.tf"),
        ("1", "--var", "multi_az"),
        ("1", "--var", "multiaz=1"),
        ("1", "--format", "yaml"),
        ("-", "--format", "text"),
        ("1", "--var-file", "nowhere.tfvars"),
    ],
)
def test_wrong_command_lines(module: Path, run: Run, arguments: tuple[str, ...]) -> None:
    result = run("eval", *arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err


def test_a_mistyped_variable_is_guessed(module: Path, run: Run) -> None:
    assert "`multi_az`" in run("eval", "1", "--var", "multiaz=1").err


# -- secrets and hostile text ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "expression",
    ["var.password", '"x-${var.password}"', "[var.password]", "{(var.password) = var.multi_az}",
     "[var.multi_az, var.password]", "tomap({a = var.password})"],
)  # fmt: skip
@pytest.mark.parametrize("format_", ["text", "json"])
def test_sensitive_values_are_not_printed(
    module: Path, run: Run, expression: str, format_: str
) -> None:
    result = run("eval", expression, "--format", format_)
    assert result.code in (0, 1)
    assert "hunter2" not in result.out + result.err
    assert "sensitive" in result.out


@pytest.mark.parametrize(
    "expression",
    ["tonumber(var.password)", "parseint(var.password, 10)", "var.password + 1",
     "{for p in [var.password, var.password] : p => 1}", "{}[var.password]"],
)  # fmt: skip
def test_errors_do_not_tell_sensitive_values(module: Path, run: Run, expression: str) -> None:
    result = run("eval", expression)
    assert result.code == 3
    assert "hunter2" not in result.err


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("local.db_password", "(sensitive value)"),
        ("local.settings", '{\n  "PORT" = "80"\n  "TOKEN_SECRET" = (sensitive value)\n}'),
        ("local.url", "(sensitive value)"),
        ('var.multi_az ? local.db_password : "x"', "(sensitive value)"),
        ("length(local.db_password)", "7"),
    ],
)
def test_secrets_are_not_printed_though_nothing_marks_them(
    module: Path, run: Run, expression: str, shown: str
) -> None:
    text = 'locals {\n  db_password = "hunter2"\n  url = "amqp://shop:hunter2@${var.multi_az}"\n'
    text += '  settings = { PORT = "80", TOKEN_SECRET = "hunter2x" }\n}\n'
    (module / "secrets.tf").write_text(text)
    result = run("eval", expression)
    assert result.out.startswith(shown)
    assert "hunter2" not in result.out


def test_programs_are_told_what_is_sensitive(module: Path, run: Run) -> None:
    result = run("eval", "{a = 1, b = [var.password]}", "--format", "json")
    assert answers(result.out) == [{"value": {"a": 1, "b": [None]}, "sensitive": [["b", 0]]}]


def test_nothing_acts_on_the_terminal(module: Path, run: Run) -> None:
    (module / "locals.tf").write_text('locals {\n  evil = "a\\n\\u001b[2Jb\\u202e"\n}\n')
    assert "\x1b" not in run("eval", "local.evil").out
    assert "\u202e" not in run("eval", "local.evil").out
    assert answers(run("eval", "local.evil", "--format", "json").out) == [
        {"value": "a\n\x1b[2Jb\u202e"}
    ]


def test_nothing_outside_of_the_repository_is_read(module: Path, run: Run) -> None:
    result = run("eval", 'file("../../../../../../../../etc/passwd")')
    assert result.code == 3
    assert "root:" not in result.out + result.err


# -- for programs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1.5", "1.5"),
        ("1 / 3", f"0.{'3' * 153}35"),
        ("pow(10, 30)", f"1{'0' * 30}"),
        ('"é<\\n"', '"\\u00e9\\u003c\\n"'),
        ("null", "null"),
        ("toset([2, 1])", "[1,2]"),
        ("{b = 1, a = [true]}", '{"a":[true],"b":1}'),
    ],
)
def test_values_are_exact(run: Run, expression: str, value: str) -> None:
    assert run("eval", expression, "--format", "json").out == f'{{"value": {value}}}\n'


def test_programs_are_told_origin_and_chain(module: Path, run: Run) -> None:
    result = run("eval", "local.replicas", "--format", "json")
    assert result.code == 1
    assert answers(result.out) == [
        {
            "undecided": {
                "origin": "var.multi_az",
                "reason": "has no value",
                "place": "main.tf:1:1",
                "chain": [
                    {"text": "local.replicas is set here", "place": "main.tf:16:3"},
                    {"text": "var.multi_az is declared here", "place": "main.tf:1:1"},
                ],
                "settle": "--var multi_az=…",
                "shown": "(var.multi_az ? 2 : 1)",
            }
        }
    ]


def test_expressions_from_standard_input_are_answered_line_by_line(
    module: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "1 + 1\n\nvar.multi_az\nnope(\r\nlocal.names\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    result = run("eval", "-")
    assert result.code == 3
    kinds = [next(iter(answer)) for answer in answers(result.out)]
    assert kinds == ["value", "undecided", "error", "value"]
    assert answers(result.out)[3] == {"value": ["web-a", "web-b"]}


def test_an_expression_may_begin_with_a_minus_sign(run: Run) -> None:
    assert run("eval", "--", "-1").out == "-1\n"
