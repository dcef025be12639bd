"""The values of variables: where they come from, and what type they get."""

from __future__ import annotations

from pathlib import Path

import pytest
from configurations import Files, load, local, told

from cloudlint.discovery import Inputs
from cloudlint.source import SourceFile
from cloudlint.values import Undecided

DECLARED = 'variable "v" {\n  default = "default"\n}\nlocals {\n  x = var.v\n}\n'
PRECEDENCE: list[tuple[str, str]] = [
    ("terraform.tfvars", 'v = "plain"'),
    ("terraform.tfvars.json", '{"v": "json"}'),
    ("a.auto.tfvars", 'v = "a"'),
    ("b.auto.tfvars.json", '{"v": "b"}'),
]


@pytest.mark.parametrize("count", range(len(PRECEDENCE) + 1))
def test_the_last_file_wins(tmp_path: Path, count: int) -> None:
    files = {"main.tf": DECLARED, **dict(PRECEDENCE[:count])}
    expected = ["default", "plain", "json", "a", "b"][count]
    assert local(tmp_path, files) == expected


def test_the_command_line_wins_over_files_and_files_over_the_environment(tmp_path: Path) -> None:
    files = {"main.tf": DECLARED}
    environment = {"v": "environment"}
    given = SourceFile("given.tfvars", 'v = "given"\n')
    assert local(tmp_path, files, Inputs(environment=environment)) == "environment"
    automatic = {**files, "x.auto.tfvars": 'v = "automatic"'}
    assert local(tmp_path, automatic, Inputs(environment=environment)) == "automatic"
    assert local(tmp_path, automatic, Inputs([given], {}, environment)) == "given"
    assert local(tmp_path, automatic, Inputs([given], {"v": "var"}, environment)) == "var"


def test_other_tfvars_are_not_read(tmp_path: Path) -> None:
    files = {"main.tf": DECLARED, "prod.tfvars": 'v = "prod"', "sub/terraform.tfvars": 'v = "s"'}
    assert local(tmp_path, files) == "default"


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        ("string", "[1]", "[1]"),
        ("string", "1", "1"),
        ("number", "1", 1),
        ("bool", "true", True),
        ("list(string)", '["a", 1]', ["a", "1"]),
        ("map(number)", '{ a = "1" }', {"a": 1}),
        ("any", '["a"]', ["a"]),
    ],
)
def test_text_from_the_command_line(
    tmp_path: Path, type_: str, text: str, expected: object
) -> None:
    files = f'variable "v" {{\n  type = {type_}\n}}\nlocals {{\n  x = var.v\n}}\n'
    assert local(tmp_path, files, Inputs(variables={"v": text})).python() == expected


@pytest.mark.parametrize(
    ("type_", "default", "expected"),
    [
        ("string", "5", "5"),
        ("number", '"5"', 5),
        ("bool", '"true"', True),
        ("list(string)", "[1, true]", ["1", "true"]),
        ("set(string)", '["b", "a", "b"]', ["a", "b"]),
        ("map(string)", "{ a = 1 }", {"a": "1"}),
        ("object({ a = number })", '{ a = "1", b = 2 }', {"a": 1}),
        ("object({ a = optional(number) })", "{}", {"a": None}),
        ("object({ a = optional(number, 7) })", "{}", {"a": 7}),
        ("object({ a = optional(number, 7) })", "{ a = null }", {"a": 7}),
        ("object({ a = optional(number, 7) })", "{ a = 1 }", {"a": 1}),
        (
            'object({ o = optional(object({ a = optional(string, "x") }), {}) })',
            "{}",
            {"o": {"a": "x"}},
        ),
        (
            'map(object({ a = optional(string, "x") }))',
            '{ k = {}, l = { a = "y" } }',
            {"k": {"a": "x"}, "l": {"a": "y"}},
        ),
        ("list(object({ a = optional(list(string), []) }))", "[{}]", [{"a": []}]),
        ('tuple([object({ a = optional(string, "x") }), number])', '[{}, "1"]', [{"a": "x"}, 1]),
        ("any", '[1, "a"]', [1, "a"]),
        ("list(any)", '[1, "a"]', ["1", "a"]),
        ('"string"', "5", "5"),
        ("list", "[1]", [1]),
        ("map", "{ a = 1 }", {"a": 1}),
    ],
)
def test_defaults_have_the_declared_type(
    tmp_path: Path, type_: str, default: str, expected: object
) -> None:
    text = f"""
    variable "v" {{
      type    = {type_}
      default = {default}
    }}
    locals {{
      x = var.v
    }}
    """
    loaded = load(tmp_path, text)
    assert loaded.roots[0].module.local("x").python() == expected
    assert not told(loaded)


def test_what_has_no_value_keeps_its_type(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        """
        variable "names" { type = list(string) }
        locals {
          x      = [for name in var.names : "${name}!"]
          length = length(var.names)
        }
        resource "t_t" "r" { for_each = toset(var.names) }
        """,
    )
    module = loaded.roots[0].module
    with pytest.raises(Undecided) as undecided:
        module.local("length").number()
    assert str(undecided.value) == "var.names (main.tf:2) has no value"
    assert undecided.value.origin.settle == "--var names"
    assert not told(loaded)


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ('default = "d"', None),
        ('default = "d"\n  nullable = true', None),
        ('default = "d"\n  nullable = false', "d"),
    ],
)
def test_null_from_a_caller(tmp_path: Path, declaration: str, expected: str | None) -> None:
    files = {
        "main.tf": """
        module "m" {
          source = "./m"
          v      = null
        }
        locals { x = module.m.v }
        """,
        "m/main.tf": f'variable "v" {{\n  {declaration}\n}}\noutput "v" {{\n  value = var.v\n}}\n',
    }
    assert local(tmp_path, files).python() == expected


def test_sensitive_variables_are_so_through_modules(tmp_path: Path) -> None:
    files = {
        "main.tf": """
        variable "secret" {
          default   = "s"
          sensitive = true
        }
        module "m" {
          source = "./m"
          v      = "x-${var.secret}"
        }
        locals { x = module.m.v }
        """,
        "m/main.tf": 'variable "v" {}\noutput "v" {\n  value = upper(var.v)\n}\n',
    }
    assert local(tmp_path, files).sensitive


def test_the_way_of_a_value(tmp_path: Path) -> None:
    files = {
        "main.tf": """
        variable "size" {}
        locals { big = var.size }
        module "m" {
          source = "./m"
          size   = local.big
        }
        """,
        "terraform.tfvars": "size = 5\n",
        "m/main.tf": 'variable "size" {}\nresource "t_t" "r" {\n  size = var.size\n}\n',
    }
    loaded = load(tmp_path, files)
    (instance,) = loaded.roots[0].module.all_resources()
    value = instance.body["size"]
    assert value == 5
    assert value.place is not None
    assert value.place.place == "m/main.tf:3:3"
    assert value.span is not None
    assert value.span.place == "terraform.tfvars:1:8"
    assert [step.text for step in value.marks.trail] == [
        "var.size is declared here",
        "module.m sets size",
        "local.big is set here",
        "var.size is declared here",
        "terraform.tfvars sets size",
    ]


@pytest.mark.parametrize(
    ("files", "severity", "message"),
    [
        (
            {"main.tf": 'variable "v" {\n  type    = number\n  default = "x"\n}\n'},
            "warning",
            "the value of var.v does not fit its type: a number is required",
        ),
        (
            {"main.tf": 'variable "v" {\n  type = lst(string)\n}\n'},
            "warning",
            "the type of a variable cannot be read: this is no type constraint",
        ),
        (
            {"main.tf": 'variable "v" {}\n', "terraform.tfvars": "v = var.other\n"},
            "warning",
            "`v` cannot be evaluated: `var.other` means nothing in a variable file",
        ),
        (
            {"main.tf": 'variable "v" {}\n', "terraform.tfvars": "v = (\n"},
            "error",
            "`(` is never closed",
        ),
        (
            {"main.tf": 'variable "v" {}\n', "terraform.tfvars": "v {\n}\n"},
            "error",
            "a file with variable values holds no blocks",
        ),
        (
            {"main.tf": 'variable "v" {}\n', "terraform.tfvars.json": "[1]"},
            "error",
            "an object was expected here",
        ),
        (
            {"main.tf": "", "terraform.tfvars": "a = 1\nb = 2\nc = 3\nd = 4\n"},
            "warning",
            "terraform.tfvars sets what no variable of the root declares: `a`, `b`, `c` and 1 more",
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, files: Files, severity: str, message: str) -> None:
    (diagnostic,) = told(load(tmp_path, files))
    assert diagnostic.message == message
    assert diagnostic.severity == severity
    assert diagnostic.span is not None


def test_large_variable_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "terraform.tfvars").write_text('v = "' + "x" * 11_000_000 + '"\n')
    (diagnostic,) = told(load(tmp_path, 'variable "v" {}\n'))
    assert diagnostic.message == "terraform.tfvars is larger than 10 MB"
    assert diagnostic.severity == "error"


@pytest.mark.parametrize(
    ("tool", "text"),
    [("live/terragrunt.hcl", 'terraform {\n  source = "../aws//app?ref=x"\n}\n'), ("root.hcl", "")],
)
def test_what_a_tool_may_declare_is_unknown(tmp_path: Path, tool: str, text: str) -> None:
    main = 'locals {\n  x = ["${var.env}-app", "b"]\n}\n'
    loaded = load(tmp_path, {"aws/app/main.tf": main, tool: text})
    value = loaded.roots[0].module.local("x")
    assert not told(loaded)
    assert value[1] == "b"
    with pytest.raises(Undecided, match=rf"var\.env may be declared by {tool}"):
        value[0].string()


def test_what_a_called_module_does_not_declare_is_wrong(tmp_path: Path) -> None:
    files = {"main.tf": 'module "m" {\n  source = "./m"\n}\n', "terragrunt.hcl": ""}
    files["m/main.tf"] = 'output "x" {\n  value = var.nosuch\n}\n'
    loaded = load(tmp_path, files)
    loaded.roots[0].module.call_value("m")["x"].truth()
    assert ["no variable `nosuch`" in problem.message for problem in told(loaded)] == [True]
