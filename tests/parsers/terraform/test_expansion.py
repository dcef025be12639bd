"""How many instances there are, what they are called, and what refers to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from configurations import addresses, graph, load, local, referenced, resource, told

from cloudlint.values import Undecided


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("count = 2", ["a_b.c[0]", "a_b.c[1]"]),
        ("count = 0", []),
        ('count = "1"', ["a_b.c[0]"]),
        ("for_each = { y = 1, x = 2 }", ['a_b.c["x"]', 'a_b.c["y"]']),
        ('for_each = toset(["q", "q"])', ['a_b.c["q"]']),
        ("for_each = {}", []),
        ('for_each = { "a\\"b$${c}" = 1 }', ['a_b.c["a\\"b$${c}"]']),
        ("count = var.unknown", ["a_b.c[*]"]),
        ("for_each = var.unknown", ["a_b.c[*]"]),
        ("for_each = toset(var.unknown)", ["a_b.c[*]"]),
        ("for_each = toset([var.unknown])", ["a_b.c[*]"]),
        (
            'for_each = toset(["${var.unknown}a", "${var.unknown}b"])',
            ['a_b.c["${var.unknown}a"]', 'a_b.c["${var.unknown}b"]'],
        ),
        (
            'for_each = { for at in ["a", "b"] : "${var.unknown}${at}" => at }',
            ['a_b.c["${var.unknown}a"]', 'a_b.c["${var.unknown}b"]'],
        ),
        ('for_each = { for at in ["a", var.unknown] : "${var.unknown}${at}" => at }', ["a_b.c[*]"]),
    ],
)
def test_instances(tmp_path: Path, argument: str, expected: list[str]) -> None:
    text = f'variable "unknown" {{}}\nresource "a_b" "c" {{\n  {argument}\n}}\n'
    assert addresses(load(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("count = var.on ? 1 : 0", {"a_b.c[0]": ["var.on"]}),
        ("count = var.on ? 0 : 1", {"a_b.c[0]": ["!(var.on)"]}),
        ("count = var.on ? 2 : 1", {"a_b.c[0]": [], "a_b.c[1]": ["var.on"]}),
        ("for_each = var.on ? { x = 1 } : {}", {'a_b.c["x"]': ["var.on"]}),
        (
            'for_each = var.on ? toset(["x", "y"]) : toset(["y"])',
            {'a_b.c["x"]': ["var.on"], 'a_b.c["y"]': []},
        ),
        ("for_each = var.on ? var.names : toset([])", {"a_b.c[*]": ["var.on"]}),
        (
            'for_each = { for k, v in { x = 1, y = 2 } : k => v if k == "x" || var.on }',
            {'a_b.c["x"]': [], 'a_b.c["y"]': ["var.on"]},
        ),
        (
            'for_each = { for k, v in { x = 1, y = 2 } : "one" => v if k == "x" || var.on }',
            {"a_b.c[*]": []},
        ),
    ],
)
def test_instances_by_condition(
    tmp_path: Path, argument: str, expected: dict[str, list[str]]
) -> None:
    text = f"""
    variable "on" {{
      type = bool
    }}
    variable "names" {{
      type = set(string)
    }}
    resource "a_b" "c" {{
      {argument}
    }}
    """
    made = graph(tmp_path, text)
    found = {r.address: list(map(str, r.conditions)) for r in made.of("a_b")}
    assert found == expected


def test_both_conditions_of_nested_choices(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        """
        variable "on" { type = bool }
        variable "big" { type = bool }
        resource "a_b" "c" { count = var.on ? (var.big ? 2 : 1) : 0 }
        """,
    )
    first, second = made.of("a_b")
    assert [str(c) for c in first.conditions] == ["var.on"]
    assert len(second.conditions) == 1
    assert "var.big" in str(second.conditions[0])


def test_values_of_both_sides(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        """
        variable "on" { type = bool }
        resource "a_b" "c" {
          for_each = var.on ? { x = 1 } : { x = 2 }
          size     = each.value
          name     = each.key
        }
        """,
    )
    (only,) = made.of("a_b")
    assert only["name"] == "x"
    with pytest.raises(Undecided, match=r"var\.on"):
        bool(only["size"] == 1)


@pytest.mark.parametrize(
    "expression",
    [
        "aws_subnet.a[*].id",
        "values(aws_subnet.b)[*].id",
        "[for s in aws_subnet.b : s.id]",
        '[for k, s in aws_subnet.b : s.id if k != "z"]',
        "concat(aws_subnet.a[*].id, values(aws_subnet.b)[*].id)",
        "flatten([[aws_subnet.a[*].id], [[values(aws_subnet.b)[*].id]]])",
        'split(",", join(",", aws_subnet.a[*].id))',
        "compact(aws_subnet.a[*].id)",
        "tolist(toset(aws_subnet.a[*].id))",
        'coalescelist(aws_subnet.a[*].id, ["x"])',
        "slice(aws_subnet.a[*].id, 0, 2)",
        'values(zipmap(["x", "y"], aws_subnet.a[*].id))',
        "values({ for k, s in aws_subnet.b : k => s.id })",
        "values(merge({ for k, s in aws_subnet.b : k => s.id }, {}))",
        "jsondecode(jsonencode({ ids = aws_subnet.a[*].id })).ids",
        "try(aws_subnet.a[*].id, [])",
        "distinct(aws_subnet.a[*].id)",
        "reverse(aws_subnet.a[*].id)",
        "sort(aws_subnet.a[*].id)",
        "module.m.ids",
        'module.each["k"].ids',
        "module.count[0].ids",
        "flatten(values(module.each)[*].ids)",
        "flatten(module.count[*].ids)",
        "flatten([for m in module.each : m.ids])",
        "module.m.nested.deep[0]",
        "local.ids",
    ],
)
def test_references_stay_references(tmp_path: Path, expression: str) -> None:
    module = {
        "m/main.tf": """
        variable "ids" {}
        output "ids" { value = var.ids }
        output "nested" { value = { deep = [var.ids] } }
        """
    }
    main = f"""
    resource "aws_subnet" "a" {{ count = 2 }}
    resource "aws_subnet" "b" {{ for_each = toset(["x", "y"]) }}
    locals {{
      ids = aws_subnet.a.*.id
    }}
    module "m" {{
      source = "./m"
      ids    = aws_subnet.a[*].id
    }}
    module "each" {{
      source   = "./m"
      for_each = toset(["k"])
      ids      = aws_subnet.a[*].id
    }}
    module "count" {{
      source = "./m"
      count  = 1
      ids    = aws_subnet.a[*].id
    }}
    resource "aws_lb" "x" {{ subnets = {expression} }}
    """
    found = set(referenced(graph(tmp_path, {"main.tf": main, **module}), "aws_lb.x", "subnets"))
    a = {"aws_subnet.a[0]", "aws_subnet.a[1]"}
    b = {'aws_subnet.b["x"]', 'aws_subnet.b["y"]'}
    assert found == (
        (
            a
            if "aws_subnet.a" in expression or "module" in expression or "local" in expression
            else set()
        )
        | (b if "aws_subnet.b" in expression else set())
    )


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("aws_subnet.a[1].id", ["aws_subnet.a[1]"]),
        ("element(aws_subnet.a[*].id, 3)", ["aws_subnet.a[1]"]),
        ("one(slice(aws_subnet.a[*].id, 0, 1))", ["aws_subnet.a[0]"]),
        ('aws_subnet.b["x"].id', ['aws_subnet.b["x"]']),
        ('"arn:${aws_subnet.b["x"].id}/y"', ['aws_subnet.b["x"]']),
        ('lookup({ for k, s in aws_subnet.b : k => s.id }, "y", "z")', ['aws_subnet.b["y"]']),
        ("try(aws_subnet.a[7].id, aws_subnet.a[0].id)", ["aws_subnet.a[0]"]),
        ("coalesce(null, aws_subnet.a[0].id)", ["aws_subnet.a[0]"]),
        ("aws_subnet.open[0].id", ["aws_subnet.open[*]"]),
        ("aws_subnet.open[*].id", ["aws_subnet.open[*]"]),
        ("aws_subnet.each[var.key].id", ["aws_subnet.each[*]"]),
        ('aws_subnet.each["k"].id', ["aws_subnet.each[*]"]),
        ("[for s in aws_subnet.each : s.id]", ["aws_subnet.each[*]"]),
        ("values(aws_subnet.each)[*].id", ["aws_subnet.each[*]"]),
        ('module.open["k"].id', ["module.open[*].aws_subnet.inner"]),
        ("values(module.open)[*].id", ["module.open[*].aws_subnet.inner"]),
        ("[for m in module.open : m.id]", ["module.open[*].aws_subnet.inner"]),
    ],
)
def test_references_to_one(tmp_path: Path, expression: str, expected: list[str]) -> None:
    main = f"""
    variable "n" {{}}
    variable "key" {{}}
    variable "names" {{ type = set(string) }}
    resource "aws_subnet" "a" {{ count = 2 }}
    resource "aws_subnet" "b" {{ for_each = toset(["x", "y"]) }}
    resource "aws_subnet" "open" {{ count = var.n }}
    resource "aws_subnet" "each" {{ for_each = var.names }}
    module "open" {{
      source   = "./m"
      for_each = var.names
    }}
    resource "aws_lb" "x" {{ subnets = {expression} }}
    """
    module = 'resource "aws_subnet" "inner" {}\noutput "id" { value = aws_subnet.inner.id }\n'
    made = graph(tmp_path, {"main.tf": main, "m/main.tf": module})
    assert referenced(made, "aws_lb.x", "subnets") == expected


def test_instances_of_an_unknown_number_are_not_one(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        {
            "main.tf": """
            variable "zones" { type = map(string) }
            module "m" {
              source   = "./m"
              for_each = var.zones
              zone     = each.value
            }
            locals {
              same = module.m["a"].zone == module.m["a"].zone
              x    = module.m["a"].zone == module.m["b"].zone
            }
            """,
            "m/main.tf": 'variable "zone" {}\noutput "zone" { value = var.zone }\n',
        },
    )
    module = loaded.roots[0].module
    assert module.local("same").truth() is True
    assert module.local("x").truth() is None


def test_zones_of_a_data_source_differ(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        """
        data "aws_availability_zones" "all" {}
        variable "region" {}
        resource "aws_subnet" "s" {
          count             = 3
          availability_zone = element(data.aws_availability_zones.all.names, count.index)
        }
        locals {
          zones   = aws_subnet.s[*].availability_zone
          differ  = data.aws_availability_zones.all.names[0] != local.zones[1]
          same    = data.aws_availability_zones.all.names[0] == local.zones[0]
          texts   = "${var.region}a" != "${var.region}b"
          ids     = aws_subnet.s[0].id != aws_subnet.s[1].id
        }
        """,
    )
    module = loaded.roots[0].module
    for name in ("differ", "same", "texts", "ids"):
        assert module.local(name).truth() is True, name


ZONES = """
data "aws_availability_zones" "all" {}
locals {
  zones = slice(data.aws_availability_zones.all.names, 0, 2)
}
resource "aws_subnet" "set" {
  for_each          = toset(local.zones)
  availability_zone = each.value
}
resource "aws_subnet" "map" {
  for_each          = { for at, zone in local.zones : zone => at }
  availability_zone = each.key
}
resource "aws_subnet" "zip" {
  for_each          = zipmap(local.zones, ["10.0.0.0/24", "10.0.1.0/24"])
  availability_zone = each.key
  cidr_block        = each.value
}
module "each" {
  source   = "./m"
  for_each = aws_subnet.map
  zone     = each.value.availability_zone
}
"""
MODULE = 'variable "zone" {}\noutput "zone" { value = var.zone }\n'


@pytest.mark.parametrize(
    "expression",
    [
        "length(aws_subnet.set) == 2",
        "length(aws_subnet.map) == 2",
        "length([for s in aws_subnet.set : s.id]) == 2",
        "length(values(aws_subnet.map)[*].id) == 2",
        "length(keys(aws_subnet.map)) == 2",
        "length(module.each) == 2",
        "aws_subnet.map[local.zones[1]].availability_zone == local.zones[1]",
        "aws_subnet.set[local.zones[0]].id != aws_subnet.set[local.zones[1]].id",
        "module.each[local.zones[1]].zone == local.zones[1]",
        "contains([for s in aws_subnet.map : s.availability_zone], local.zones[0])",
        "toset(values(aws_subnet.map)[*].availability_zone) == toset(local.zones)",
        "toset([for s in aws_subnet.zip : s.availability_zone]) == toset(local.zones)",
        "toset([for k, s in { for k, s in aws_subnet.map : k => s.id } : k]) == toset(local.zones)",
    ],
)
def test_keys_need_not_be_known_to_be_told_apart(tmp_path: Path, expression: str) -> None:
    files = {"main.tf": f"{ZONES}locals {{\nx = {expression}\n}}\n", "m/main.tf": MODULE}
    assert local(tmp_path, files).truth() is True


@pytest.mark.parametrize(
    "expression",
    [
        "[for s in aws_subnet.set : s.id][0] == aws_subnet.set[local.zones[0]].id",
        "values(aws_subnet.map)[0].id == aws_subnet.map[local.zones[0]].id",
        "keys(aws_subnet.map)[0] == local.zones[0]",
        "[for z in toset(local.zones) : z][0] == local.zones[0]",
    ],
)
def test_where_unknown_keys_sort_is_not_known(tmp_path: Path, expression: str) -> None:
    files = {"main.tf": f"{ZONES}locals {{\nx = {expression}\n}}\n", "m/main.tf": MODULE}
    assert local(tmp_path, files).truth() is None


def test_instances_with_unknown_keys_are_referred_to_one_by_one(tmp_path: Path) -> None:
    text = ZONES + 'resource "aws_lb" "x" { subnets = [aws_subnet.map[local.zones[1]].id] }\n'
    made = graph(tmp_path, {"main.tf": text, "m/main.tf": MODULE})
    (found,) = referenced(made, "aws_lb.x", "subnets")
    assert found == 'aws_subnet.map["${data.aws_availability_zones.all.names[1]}"]'


FILTERED = """
variable "on" { type = bool }
resource "aws_subnet" "s" {
  for_each          = { for k, on in { a = true, b = var.on } : k => on if on }
  availability_zone = "eu-west-1${each.key}"
}
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('aws_subnet.s["b"].availability_zone == "eu-west-1b"', True),
        ("length(aws_subnet.s) == 2", None),
        ('contains(keys(aws_subnet.s), "b")', None),
        ("length([for s in aws_subnet.s : s.id]) == 2", None),
        ("values(aws_subnet.s)[1].availability_zone == null", None),
    ],
)
def test_what_is_filtered_by_what_is_not_known_may_be_there(
    tmp_path: Path, expression: str, expected: bool | None
) -> None:
    assert local(tmp_path, f"{FILTERED}locals {{\nx = {expression}\n}}\n").truth() is expected


def test_what_is_filtered_has_the_optional_attributes_of_its_variable(tmp_path: Path) -> None:
    files = {
        "main.tf": """
        variable "on" { type = list(string) }
        module "m" {
          source = "./m"
          all    = { for k in ["a", "b"] : k => { size = "2" } if contains(var.on, k) }
        }
        locals { x = module.m.of_b }
        """,
        "m/main.tf": """
        variable "all" {
          type = map(object({
            size = number
            file = optional(string)
            days = optional(number, 7)
          }))
        }
        resource "t_t" "r" {
          for_each = var.all
          is       = [each.value.size + 1, each.value.file, each.value.days]
        }
        output "of_b" { value = t_t.r["b"].is }
        """,
    }
    value = local(tmp_path, files)
    assert value.python() == [3, None, 7]


@pytest.mark.parametrize(
    ("expression", "cause"),
    [
        ('try(local.filtered["b"], 2) == 1', "var.on"),
        ("can(local.filtered.b)", "var.on"),
        (
            "[for s in { for at, z in local.zones : z => at } : s][0] == 1",
            "data.aws_availability_zones.all",
        ),
    ],
)
def test_why_order_and_presence_are_not_known_is_told(
    tmp_path: Path, expression: str, cause: str
) -> None:
    text = f"""{ZONES}
    variable "on" {{ type = bool }}
    locals {{
      filtered = {{ for k, on in {{ b = var.on }} : k => 1 if on }}
      x        = {expression}
    }}
    """
    with pytest.raises(Undecided) as undecided:
        bool(local(tmp_path, {"main.tf": text, "m/main.tf": MODULE}))
    assert undecided.value.origin.name == cause


def test_nested_modules_multiply(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        {
            "main.tf": """
            module "a" {
              source   = "./a"
              for_each = toset(["x", "y"])
              n        = each.key == "x" ? 2 : 1
            }
            """,
            "a/main.tf": """
            variable "n" {}
            module "b" {
              source = "./b"
              count  = var.n
            }
            """,
            "a/b/main.tf": 'resource "t_t" "r" {}\n',
        },
    )
    assert addresses(loaded) == [
        'module.a["x"].module.b[0].t_t.r',
        'module.a["x"].module.b[1].t_t.r',
        'module.a["y"].module.b[0].t_t.r',
    ]


def test_conditions_of_modules_are_those_of_what_is_in_them(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        {
            "main.tf": """
            variable "on" { type = bool }
            module "m" {
              source = "./m"
              count  = var.on ? 1 : 0
            }
            """,
            "m/main.tf": 'resource "t_t" "r" {}\n',
        },
    )
    assert [str(c) for c in resource(made, "module.m[0].t_t.r").conditions] == ["var.on"]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("count = -1", "`count` must be a whole number of at least 0, not -1"),
        ("count = 0.5", "`count` must be a whole number of at least 0, not 0.5"),
        ('count = "x"', '`count` must be a whole number, not "x"'),
        ("count = null", "`count` must be a whole number, not null"),
        ("count = 1000000", "`count` is 1000000; cloudlint follows up to 10000"),
        ('for_each = ["x"]', "`for_each` takes a map or a set of strings, not a list"),
        ("for_each = toset([1])", "`for_each` takes a set of strings, not one that holds 1"),
        ('for_each = "x"', "cannot iterate over a value of type string"),
        ("for_each = null", "cannot iterate over a value of type null"),
        ("count = 1\n  for_each = {}", "a block has either `count` or `for_each`, not both"),
    ],
)
def test_what_cannot_be_repeated_is_told(tmp_path: Path, argument: str, message: str) -> None:
    loaded = load(tmp_path, f'resource "a_b" "c" {{\n  {argument}\n}}\n')
    (diagnostic,) = told(loaded)
    assert diagnostic.message.startswith(message)
    assert diagnostic.severity == "warning"
    assert diagnostic.place.startswith("main.tf:")
    assert len(addresses(loaded)) == 1


def test_the_same_position_is_the_same_instance(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        """
        variable "n" { type = number }
        resource "t_t" "a" { count = var.n }
        resource "t_t" "b" {
          count = var.n
          peer  = t_t.a[count.index].id
        }
        locals { x = t_t.a[0].id == t_t.a[0].id }
        """,
    )
    module = loaded.roots[0].module
    assert module.local("x").truth() is True
    (b,) = module.resource("managed", "t_t", "b")
    (a,) = module.resource("managed", "t_t", "a")
    assert {r.address for r in b.body["peer"].references()} == {".#t_t.a[*]"}
    assert a.address == "t_t.a[*]"
