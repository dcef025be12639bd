"""The files of a module as one configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from configurations import Files, addresses, load, local, told


def test_override_files_replace_arguments_and_blocks(tmp_path: Path) -> None:
    files = {
        "main.tf": """
        resource "t_t" "r" {
          a = 1
          b = 1
          block { x = 1 }
          block { x = 2 }
          other { y = 1 }
        }
        """,
        "override.tf": 'resource "t_t" "r" {\n  b = 2\n  block {\n    x = 3\n  }\n}\n',
        "z_override.tf": 'resource "t_t" "r" {\n  b = 3\n}\n',
        "y_override.tf.json": '{"resource": {"t_t": {"r": {"c": 4}}}}',
    }
    (instance,) = load(tmp_path, files).roots[0].module.all_resources()
    body = instance.body
    assert [body[name].python() for name in "abc"] == [1, 3, 4]
    assert [block["x"].python() for block in body["block"]] == [3]
    assert [block["y"].python() for block in body["other"]] == [1]


def test_an_override_of_nothing_declares(tmp_path: Path) -> None:
    assert addresses(load(tmp_path, {"override.tf": 'resource "t_t" "r" {}\n'})) == ["t_t.r"]


def test_tofu_files_replace_those_of_terraform(tmp_path: Path) -> None:
    files = {
        "a.tf": "locals { x = 1 }\n",
        "a.tofu": "locals { x = 2 }\n",
        "b.tf.json": '{"locals": {"y": 1}}',
        "b.tofu.json": '{"locals": {"y": 2}}',
    }
    loaded = load(tmp_path, files)
    module = loaded.roots[0].module
    assert (module.local("x").python(), module.local("y").python()) == (2, 2)
    assert not told(loaded)


@pytest.mark.parametrize(
    "block",
    [
        "moved {\n  from = t_t.old\n  to   = t_t.r\n}",
        "removed {\n  from = t_t.old\n  lifecycle {\n    destroy = false\n  }\n}",
        'import {\n  to = t_t.r\n  id = "x"\n}',
        'check "c" {\n  data "t_t" "d" {}\n  assert {\n    condition     = true\n'
        '    error_message = "x"\n  }\n}',
        'action "t_a" "a" {\n  config {\n    x = 1\n  }\n}',
        'terraform {\n  required_version = ">= 1"\n  backend "s3" {\n    bucket = "b"\n  }\n'
        '  required_providers {\n    t = {\n      source = "x/t"\n    }\n  }\n}',
        'terraform {\n  cloud {\n    organization = "o"\n  }\n}',
        'provider "t" {\n  alias  = "eu"\n  region = "eu"\n}',
        'provider "t" {}\nprovider "t" {\n  alias = "a"\n}',
    ],
)
def test_blocks_that_declare_no_resource_are_harmless(tmp_path: Path, block: str) -> None:
    loaded = load(tmp_path, f'resource "t_t" "r" {{}}\n{block}\n')
    assert addresses(loaded) == ["t_t.r"]
    assert not told(loaded)


def test_ephemeral_resources_are_resources(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        """
        ephemeral "t_secret" "s" { name = "n" }
        resource "t_t" "r" { password = ephemeral.t_secret.s.value }
        """,
    )
    assert sorted(addresses(loaded)) == ["ephemeral.t_secret.s", "t_t.r"]
    instance = loaded.roots[0].module.resource("managed", "t_t", "r")[0]
    references = [r.address for r in instance.body["password"].references()]
    assert references[0] == ".#ephemeral.t_secret.s"
    assert not told(loaded)


def test_a_resource_knows_itself_in_provisioners(tmp_path: Path) -> None:
    text = """
    resource "t_t" "r" {
      name = "n"
      provisioner "local-exec" {
        command = "echo ${self.name}"
        connection { host = self.address }
      }
    }
    """
    loaded = load(tmp_path, text)
    (instance,) = loaded.roots[0].module.all_resources()
    (provisioner,) = instance.body["provisioner"]
    assert provisioner["command"] == "echo n"
    assert provisioner["labels"].python() == ["local-exec"]
    assert str(provisioner["connection"][0]["host"]) == "t_t.r.address"
    assert not told(loaded)


DUPLICATES = [
    ('variable "a" {}', "variable a"),
    ('output "a" {\n  value = 1\n}', "output a"),
    ('resource "t_t" "a" {}', "resource t_t.a"),
    ('data "t_t" "a" {}', "data t_t.a"),
    ('module "a" {\n  source = "./m"\n}', "module a"),
    ("locals {\n  a = 1\n}", "local.a"),
]


@pytest.mark.parametrize(("block", "name"), DUPLICATES)
def test_duplicates_are_errors(tmp_path: Path, block: str, name: str) -> None:
    files = {"a.tf": f"{block}\n", "b.tf": f"{block}\n", "m/main.tf": ""}
    (diagnostic,) = told(load(tmp_path, files))
    assert diagnostic.message.startswith(f"{name} is already declared at a.tf:")
    assert diagnostic.path == "b.tf"
    assert diagnostic.severity == "error"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('resource "t_t" {}\n', "a resource block has 2 label(s), this one has 1"),
        ('variable "a" "b" {}\n', "a variable block has 1 label(s), this one has 2"),
        ("x = 1\n", "`x` stands outside of any block"),
    ],
)
def test_misshapen_files_are_errors(tmp_path: Path, text: str, message: str) -> None:
    (diagnostic,) = told(load(tmp_path, text))
    assert diagnostic.message == message
    assert diagnostic.severity == "error"


@pytest.mark.parametrize(
    ("files", "ring"),
    [
        ({"main.tf": "locals {\n  a = local.a\n}\n"}, "local.a → local.a"),
        (
            {
                "main.tf": 'locals {\n  a = "${local.b}"\n  b = [for x in [1] : local.c]\n'
                "  c = try(local.a, 1)\n  fine = local.a\n}\n"
            },
            "local.a → local.b → local.c → local.a",
        ),
        (
            {
                "main.tf": 'module "m" {\n  source = "./m"\n  v = module.m.o\n}\n',
                "m/main.tf": 'variable "v" {}\noutput "o" {\n  value = var.v\n}\n',
            },
            "module.m.var.v → module.m.output.o → module.m.var.v",
        ),
        (
            {"main.tf": 'resource "t_t" "a" {\n  count = length(t_t.a)\n}\n'},
            "t_t.a → t_t.a",
        ),
    ],
)
def test_rings_are_errors_with_their_chain(tmp_path: Path, files: Files, ring: str) -> None:
    (diagnostic,) = told(load(tmp_path, files))
    assert diagnostic.message.endswith(f" form a cycle: {ring}")
    assert diagnostic.severity == "error"
    assert diagnostic.span is not None


def test_attributes_that_need_each_other_are_told(tmp_path: Path) -> None:
    text = 'resource "t_t" "a" {\n  x = t_t.b.x\n}\nresource "t_t" "b" {\n  x = t_t.a.x\n}\n'
    (diagnostic,) = told(load(tmp_path, text))
    assert diagnostic.message == "`x` depends on itself"


def test_what_depends_on_a_ring_is_unknown_and_the_rest_is_not(tmp_path: Path) -> None:
    loaded = load(tmp_path, "locals {\n  a = local.b\n  b = local.a\n  x = [local.a, 1]\n}\n")
    value = loaded.roots[0].module.local("x")
    assert value[1] == 1
    assert not value[0].is_wholly_known()


@pytest.mark.parametrize("expression", ["local.v{} + 1", "[local.v{}][0]", '"${{local.v{}}}"'])
def test_chains_of_locals_may_be_long(tmp_path: Path, expression: str) -> None:
    lines = [f"  v{at} = {expression.format(at - 1)}" for at in range(1, 2000)]
    text = "\n".join(["locals {", *reversed(lines), "  v0 = 1", "  x = local.v1999", "}"])
    assert local(tmp_path, text).is_wholly_known()


def test_chains_of_resources_may_be_long(tmp_path: Path) -> None:
    blocks = [
        f'resource "t_t" "r{at}" {{\n  v = "${{t_t.r{at - 1}.v}}"\n}}' for at in range(1, 300)
    ]
    text = "\n".join([*reversed(blocks), 'resource "t_t" "r0" {\n  v = "end"\n}'])
    loaded = load(tmp_path, text)
    assert loaded.roots[0].module.resource("managed", "t_t", "r299")[0].body["v"] == "end"
    assert not told(loaded)
