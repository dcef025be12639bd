"""Expressions of which not everything is known, where they stand in a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from configurations import load, local, told

from cloudlint.values import Known, Undecided
from cloudlint.values.model import outcomes
from cloudlint.values.symbols import Choice

DECLARED = """
variable "on" { type = bool }
variable "names" { type = list(string) }
variable "ports" { type = map(number) }
variable "any" {}
resource "t_t" "r" {}
locals {
  x = %s
}
"""


def value_of(tmp_path: Path, expression: str) -> object:
    loaded = load(tmp_path, DECLARED % expression)
    value = loaded.roots[0].module.local("x")
    assert not told(loaded)
    return value.python() if value.is_wholly_known() else None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('[for x in (var.on ? ["a"] : ["a"]) : upper(x)]', ["A"]),
        ('length([for x in (var.on ? ["a"] : ["b"]) : x])', 1),
        ('[for x in (var.on ? ["a", "z"] : ["b", "z"]) : upper(x)][1]', "Z"),
        ('{ for k, v in var.ports : k => "same" }["x"]', "same"),
        ('[for n in var.names : "same"][3]', "same"),
        ("[for x in [var.any, 1] : 2]", [2, 2]),
        ("length([for x in [var.any, 1] : x])", 2),
        ("{ a = var.any, b = 1 }.b", 1),
        ("[var.any, 2][1]", 2),
        ("merge({ a = var.any }, { b = 2 }).b", 2),
        ("var.on || true", True),
        ("var.any == var.any", True),
        ('"${var.any}a" == "${var.any}b"', False),
        ("var.on ? 1 : 1", 1),
        ('try(var.ports["x"], 1) == try(var.ports["x"], 1)', True),
        ("[for x in var.names : x]", None),
        ("[for x in [1, 2] : x if var.on]", None),
        ("var.on ? 1 : 2", None),
        ("length(var.names)", None),
    ],
)
def test_as_much_as_can_be_answered(tmp_path: Path, expression: str, expected: object) -> None:
    assert value_of(tmp_path, expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[] != [] && length([][0]) > 0 ? 1 : 2", 2),
        ("[] == [] || [][0]", True),
        ("false && upper([])", False),
        ('"true" || upper([])', True),
    ],
)
def test_a_side_that_decides_makes_up_for_one_without_a_value(
    tmp_path: Path, expression: str, expected: object
) -> None:
    assert value_of(tmp_path, expression) == expected


@pytest.mark.parametrize(
    "expression", ["true && [][0]", "false || [][0]", "[][0] && false", "var.on && [][0]"]
)
def test_a_side_without_a_value_that_may_count_is_an_error(tmp_path: Path, expression: str) -> None:
    assert told(load(tmp_path, DECLARED % expression))


@pytest.mark.parametrize(
    "expression",
    [
        "[for x in var.names : [][0]]",
        "[for x in var.any : {}.a]",
        "[for x in [1, 2] : {}.a if var.on]",
        '"%{for x in var.names}${[][0]}%{endfor}"',
    ],
)
def test_what_may_never_be_evaluated_is_no_error(tmp_path: Path, expression: str) -> None:
    assert value_of(tmp_path, expression) is None


def test_instances_that_may_not_exist_are_not_wrong(tmp_path: Path) -> None:
    text = """
    variable "n" { type = number }
    locals { none = [] }
    resource "t_t" "r" {
      count = var.n
      x     = local.none[count.index]
    }
    """
    assert not told(load(tmp_path, text))


def test_an_index_says_why_it_is_not_known(tmp_path: Path) -> None:
    text = 'variable "n" {}\nresource "t_t" "r" {\n  count = var.n\n  x = count.index\n}\n'
    (instance,) = load(tmp_path, text).roots[0].module.all_resources()
    with pytest.raises(Undecided) as undecided:
        instance.body["x"].number()
    assert undecided.value.origin.reason == (
        "is not known: `count` depends on var.n (main.tf:1) has no value"
    )
    assert undecided.value.origin.settle == "--var n"


def test_values_point_at_where_they_were_written(tmp_path: Path) -> None:
    text = "locals {\n  x = merge({ a = 1 }, { b = [2, 3] })\n}\n"
    value = local(tmp_path, text)
    assert isinstance(value, Known)
    places = [part.span.place for part in value.mapping["b"].children() if part.span]
    assert places == ["main.tf:2:31", "main.tf:2:34"]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("var.any", "var.any (main.tf:5) has no value"),
        ("upper(var.any)", "var.any (main.tf:5) has no value"),
        ("t_t.r.id", "t_t.r (main.tf:6) is known only to the provider"),
        ("terraform.workspace", "terraform.workspace depends on the workspace"),
        ("path.cwd", "path.cwd depends on the machine"),
        ("var.on ? 1 : 2", "var.on (main.tf:2) has no value"),
        ("nosuch.thing.id", "`local.x` (main.tf:8) cannot be evaluated: there is no resource "
         "`nosuch.thing` in this module"),
    ],
)  # fmt: skip
def test_why_a_value_is_not_known(tmp_path: Path, expression: str, reason: str) -> None:
    value = load(tmp_path, DECLARED % expression).roots[0].module.local("x")
    assert str(value.undecided()) == reason


BLOCKS = """
variable "on" { type = bool }
variable "list" { type = list(string) }
resource "t_t" "r" {
  %s
}
"""


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ("b {\n    x = 1\n  }\n  b {\n    x = 2\n  }", [1, 2]),
        ('dynamic "b" {\n for_each = [1, 2]\n content {\n x = b.value\n }\n }', [1, 2]),
        ('dynamic "b" {\n for_each = { k = 5 }\n content {\n x = "${b.key}${b.value}"\n }\n }',
         ["k5"]),
        ('dynamic "b" {\n for_each = [3]\n iterator = it\n content {\n x = it.value\n }\n }', [3]),
        ('b {\n x = 0\n }\n dynamic "b" {\n for_each = [1]\n content {\n x = b.value\n }\n }',
         [0, 1]),
        ('dynamic "b" {\n for_each = []\n content {\n x = 1\n }\n }', []),
        ('dynamic "b" {\n for_each = toset(["q"])\n content {\n x = b.key\n }\n }', ["q"]),
        ('dynamic "b" {\n for_each = [[1, 2]]\n content {\n x = 9\n dynamic "c" {\n '
         "for_each = b.value\n content {\n y = c.value + b.key\n }\n }\n }\n }", [9]),
    ],
)  # fmt: skip
def test_dynamic_blocks(tmp_path: Path, blocks: str, expected: list[object]) -> None:
    loaded = load(tmp_path, BLOCKS % blocks)
    (instance,) = loaded.roots[0].module.all_resources()
    found = instance.body["b"]
    assert [block["x"].python() for block in found] == expected
    for block in found:
        assert [inner["y"].python() for inner in block["c"]] in ([], [1, 2])
    assert not told(loaded)


def test_labels_of_dynamic_blocks(tmp_path: Path) -> None:
    block = 'dynamic "b" {\n for_each = ["q"]\n labels = [b.value]\n content {}\n }'
    (instance,) = load(tmp_path, BLOCKS % block).roots[0].module.all_resources()
    assert [made["labels"].python() for made in instance.body["b"]] == [["q"]]


def test_an_unknown_number_of_blocks_is_undecided(tmp_path: Path) -> None:
    block = 'dynamic "b" {\n for_each = var.list\n content {\n x = b.value\n }\n }'
    (instance,) = load(tmp_path, BLOCKS % block).roots[0].module.all_resources()
    with pytest.raises(Undecided, match=r"var\.list \(main\.tf:3\) has no value"):
        list(instance.body["b"])


def test_a_block_that_may_be_there_is_a_choice(tmp_path: Path) -> None:
    block = 'dynamic "b" {\n for_each = var.on ? [1] : []\n content {\n x = b.value\n }\n }'
    (instance,) = load(tmp_path, BLOCKS % block).roots[0].module.all_resources()
    with pytest.raises(Undecided, match=r"var\.on"):
        list(instance.body["b"])
    assert instance.body["b"][0]["x"] == 1


def test_blocks_of_either_of_two_collections(tmp_path: Path) -> None:
    for other, number in (("[1, 2]", 2), ("var.list", None)):
        block = f'dynamic "b" {{\n for_each = var.on ? [0] : {other}\n content {{}}\n }}'
        (instance,) = load(tmp_path, BLOCKS % block).roots[0].module.all_resources()
        symbol = instance.body["b"].symbol
        assert isinstance(symbol, Choice)
        assert len(symbol.then) == 1
        assert (len(symbol.otherwise) if number else symbol.otherwise.truth()) == number


def test_a_loop_over_any_of_many_collections_is_not_done_for_each(tmp_path: Path) -> None:
    text = """
    variable "a" {}
    variable "b" {}
    locals {
      x = var.a ? [1] : var.b ? [1, 2] : [3]
      y = [for n in local.x : n]
    }
    output "o" { value = local.y }
    """
    value = load(tmp_path, text).roots[0].module.output("o")
    assert outcomes(value) == 1
    with pytest.raises(Undecided, match=r"var\.a"):
        list(value)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('dynamic "b" {\n content {}\n }', "a dynamic block needs `for_each` and a `content`"),
        ('dynamic "b" {\n for_each = 5\n content {}\n }', "cannot iterate over a value of type"),
        ('dynamic "b" {\n for_each = nosuch.x.y\n content {}\n }', "`for_each` cannot be"),
    ],
)
def test_wrong_dynamic_blocks_are_told(tmp_path: Path, block: str, message: str) -> None:
    (diagnostic,) = told(load(tmp_path, BLOCKS % block))
    assert diagnostic.message.startswith(message)
    assert diagnostic.severity == "warning"


BLOCKS_OF_A_RESOURCE = """
resource "t_machine" "m" {
  name = "m"
  interface {
    network = "n"
    access {
      zone = "z"
    }
  }
}
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("t_machine.m.interface[0].network", "n"),
        ("t_machine.m.interface[0].access[0].zone", "z"),
        ("[for i in t_machine.m.interface : i.network][0]", "n"),
        ("one(t_machine.m.interface[*].network)", "n"),
        ("resource.t_machine.m.name", "m"),
    ],
)
def test_what_blocks_of_a_resource_say(tmp_path: Path, expression: str, expected: str) -> None:
    assert (
        local(tmp_path, f"{BLOCKS_OF_A_RESOURCE}locals {{\n  x = {expression}\n}}\n").python()
        == expected
    )


@pytest.mark.parametrize(
    "expression",
    [
        "t_machine.m.interface[0].access[0].address",
        'try(t_machine.m.interface[0].access[0].address, "none")',
        "t_machine.m.interface[0].address",
    ],
)
def test_what_blocks_do_not_say_the_provider_may(tmp_path: Path, expression: str) -> None:
    value = local(tmp_path, f"{BLOCKS_OF_A_RESOURCE}locals {{\n  x = {expression}\n}}\n")
    with pytest.raises(
        Undecided, match=r"t_machine\.m\.interface\[0\].* is known only to the provider"
    ):
        value.string()
    assert {reference.address for reference in value.references()} == {".#t_machine.m"}
