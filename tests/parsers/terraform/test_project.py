"""Roots, module calls, deployments, and configurations that ask for too much."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from configurations import Files, addresses, load, local, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudlint.discovery import Deployment, Inputs
from cloudlint.parsers.terraform import project
from cloudlint.source import SourceFile

LEAF = 'resource "t_t" "r" {}\noutput "o" {\n  value = t_t.r.id\n}\n'


def roots(tmp_path: Path, files: Files) -> list[str]:
    return [root.directory for root in load(tmp_path, files).roots]


def call(source: str, name: str = "m") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n}}\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"main.tf": LEAF}, ["."]),
        ({"a/main.tf": LEAF, "b/main.tf": LEAF}, ["a", "b"]),
        ({"main.tf": call("./m"), "m/main.tf": LEAF}, ["."]),
        ({"p/main.tf": call("../m"), "q/main.tf": call("../m"), "m/x.tf": LEAF}, ["p", "q"]),
        ({"a/main.tf": call("../b"), "b/main.tf": call("../a")}, ["a"]),
        ({"main.tf": call("./a"), "a/main.tf": call("../b"), "b/main.tf": call("../a")}, ["."]),
        ({"main.tf": call("hashicorp/x/aws"), "m/main.tf": LEAF}, [".", "m"]),
    ],
)
def test_what_nobody_calls_is_a_root(tmp_path: Path, files: Files, expected: list[str]) -> None:
    assert roots(tmp_path, files) == expected


def test_installed_modules_are_followed(tmp_path: Path) -> None:
    manifest = {
        "Modules": [
            {"Key": "", "Dir": "."},
            {"Key": "far", "Dir": ".terraform/modules/far"},
            {"Key": "far.inner", "Dir": ".terraform/modules/far/inner"},
            {"Key": "outside", "Dir": "../../etc"},
        ]
    }
    files = {
        "main.tf": call("a/far/aws", "far")
        + call("b/none/aws", "none")
        + call("c/outside/aws", "outside"),
        ".terraform/modules/modules.json": json.dumps(manifest),
        ".terraform/modules/far/main.tf": call("d/inner/aws", "inner"),
        ".terraform/modules/far/inner/main.tf": LEAF,
    }
    loaded = load(tmp_path, files)
    assert addresses(loaded) == [
        "module.far.module.inner.t_t.r",
        "module.none",
        "module.outside",
    ]


@pytest.mark.parametrize("manifest", ["", "[]", "{", '{"Modules": 1}', '{"Modules": [{}]}'])
def test_a_damaged_manifest_is_none(tmp_path: Path, manifest: str) -> None:
    files = {"main.tf": call("a/far/aws"), ".terraform/modules/modules.json": manifest}
    assert addresses(load(tmp_path, files)) == ["module.m"]


def test_a_module_is_read_once_for_all_calls(tmp_path: Path) -> None:
    files = {
        "main.tf": "".join(call("./m", f"m{at}") for at in range(50)),
        "m/main.tf": LEAF,
    }
    loaded = load(tmp_path, files)
    assert len(addresses(loaded)) == 50
    assert [config.directory for config in loaded.loader.loaded()] == [".", "m"]
    modules = list(loaded.roots[0].module.all_modules())
    assert len({id(module.config) for module in modules}) == 2


def test_paths_are_terraforms(tmp_path: Path) -> None:
    files = {
        "infra/main.tf": call("../lib/m") + "locals {\n  x = [path.module, path.root, "
        "module.m.here, module.m.root, module.m.text]\n}\n",
        "lib/m/main.tf": 'output "here" {\n  value = path.module\n}\n'
        'output "root" {\n  value = path.root\n}\n'
        'output "text" {\n  value = file("${path.module}/t.txt")\n}\n',
        "lib/m/t.txt": "text",
    }
    loaded = load(tmp_path, files)
    assert loaded.roots[0].directory == "infra"
    expected = [".", ".", "../lib/m", ".", "text"]
    assert loaded.roots[0].module.local("x").python() == expected


def test_deployments_of_one_root(tmp_path: Path) -> None:
    files = {
        "infra/main.tf": 'variable "size" {}\nresource "t_t" "r" {\n  size = var.size\n}\n',
        "other/main.tf": LEAF,
    }
    deployments = [
        Deployment(
            root="infra",
            name=name,
            environment=environment,
            var_files=[SourceFile(f"{name}.tfvars", f"size = {size}\n")],
        )
        for name, environment, size in (("eu", "production", 3), ("dev", "development", 1))
    ]
    loaded = load(tmp_path, files, Inputs(deployments=deployments))
    assert [root.scope for root in loaded.roots] == ["infra@eu#", "infra@dev#", "other#"]
    sizes = [i.body["size"].python() for i in loaded.resources() if i.name == "r" and len(i.body)]
    assert sizes == [3, 1]


def test_the_workspace_is_known_where_it_is_told(tmp_path: Path) -> None:
    files = {
        "infra/main.tf": 'resource "t_t" "r" {\n  name = terraform.workspace\n}\n',
        "other/main.tf": 'resource "t_t" "r" {\n  name = terraform.workspace\n}\n',
    }
    deployments = [Deployment(root="infra", name="a", workspace="live"), Deployment("infra", "b")]
    for workspace, expected in (("test", ["live", "test", "test"]), ("", ["live", None, None])):
        loaded = load(tmp_path, files, Inputs(deployments=deployments, workspace=workspace))
        names = [made.body["name"].known_or(None) for made in loaded.resources()]
        assert names == expected


# -- what cannot be followed -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "severity", "message"),
    [
        (
            {"main.tf": call("./nope")},
            "error",
            "the module source ./nope does not exist: nope holds no Terraform files",
        ),
        (
            {"main.tf": call("../../etc")},
            "warning",
            "the module source ../../etc leads outside of the repository",
        ),
        ({"main.tf": call("./")}, "error", "module calls form a cycle: . → ."),
        (
            {"main.tf": call("./a"), "a/main.tf": call("../b"), "b/main.tf": call("../a")},
            "error",
            "module calls form a cycle: . → a → b → a",
        ),
        (
            {"main.tf": call("./m") + "locals {\n  x = module.m.absent\n}\n", "m/x.tf": LEAF},
            "warning",
            '`local.x` cannot be evaluated: This object does not have an attribute named "absent".',
        ),
        (
            {"main.tf": 'module "m" {\n  source = "./m"\n  strange = 1\n}\n', "m/x.tf": LEAF},
            "warning",
            "the module in m has no variable `strange`",
        ),
        (
            {"main.tf": call("./m"), "m/x.tf": 'variable "v" {}\n'},
            "warning",
            "the module in m needs a value for its variable `v`",
        ),
        (
            {"main.tf": "locals {\n  x = [var.a, local.b]\n}\n"},
            "warning",
            "`local.x` cannot be evaluated: there is no variable `a` in .",
        ),
        (
            {
                "main.tf": call("./m0"),
                **{f"m{at}/main.tf": call(f"../m{at + 1}") for at in range(40)},
                "m40/main.tf": LEAF,
            },
            "error",
            "module calls are nested more than 32 deep",
        ),
    ],
)
def test_what_cannot_be_followed_is_told(
    tmp_path: Path, files: Files, severity: str, message: str
) -> None:
    loaded = load(tmp_path, files)
    (diagnostic,) = told(loaded)
    assert diagnostic.message == message
    assert diagnostic.severity == severity
    assert diagnostic.span is not None


def test_a_call_that_leads_nowhere_is_a_resource_of_unknown_outputs(tmp_path: Path) -> None:
    text = call("terraform-acme-modules/vpc/aws") + "locals {\n  x = module.m.vpc_id\n}\n"
    value = local(tmp_path, text)
    assert str(value) == "module.m.vpc_id"
    assert "is a module that is not at hand" in str(value.undecided())


HUGE: dict[str, Files | str] = {
    "nested counts": {
        "main.tf": 'module "a" {\n  source = "./a"\n  count = 9000\n}\n',
        "a/main.tf": 'module "b" {\n  source = "../b"\n  count = 9000\n}\n',
        "b/main.tf": 'resource "t_t" "r" {\n  count = 9000\n}\n',
    },
    "doubling calls": {
        "main.tf": call("./m0"),
        **{
            f"m{at}/main.tf": call(f"../m{at + 1}", "a") + call(f"../m{at + 1}", "b")
            for at in range(24)
        },
        "m24/main.tf": LEAF,
    },
    "nested loops": "locals {\n  r = range(1000)\n  x = [for a in local.r : [for b in local.r : "
    "[for c in local.r : 1]]]\n}\n",
    "nested template loops": 'locals {\n  r = range(1000)\n  x = "'
    + "%{for a in local.r}" * 3 + "%{endfor}" * 3 + '"\n}\n',
    "nested dynamic blocks": 'locals {\n  r = range(1000)\n}\nresource "t_t" "r" {\n'
    + 'dynamic "b" {\nfor_each = local.r\ncontent {\n' * 3 + "}\n}\n" * 3 + "}\n",
}  # fmt: skip


def doubled(first: str, pattern: str, count: int) -> str:
    lines = [f"  v{at} = {pattern.format(at - 1)}" for at in range(1, count)]
    declared = 'variable "unknown" {}\nvariable "flag" {\n  type = bool\n}\n'
    return "\n".join(
        [declared, "locals {", f"  v0 = {first}", *lines, f"  x = local.v{count - 1}", "}"]
    )


HUGE |= {
    "doubling lists": doubled("[1]", "[local.v{0}, local.v{0}]", 60),
    "doubling objects": doubled("{{}}", "{{ a = local.v{0}, b = local.v{0} }}", 60),
    "doubling texts": doubled('"xx"', '"${{local.v{0}}}${{local.v{0}}}"', 60),
    "doubling templates": doubled("var.unknown", '"${{local.v{0}}}-${{local.v{0}}}"', 60),
    "doubling sums": doubled("var.unknown", "local.v{0} + local.v{0}", 60),
    "doubling choices": doubled("1", "var.flag ? local.v{0} : [local.v{0}]", 60),
    "deep lists": doubled("1", "[local.v{0}]", 3000),
}


@pytest.mark.parametrize("name", HUGE)
def test_work_is_bounded(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "MAX_STEPS", 20_000)
    monkeypatch.setattr(project, "MAX_INSTANCES", 2_000)
    loaded = load(tmp_path, HUGE[name])
    told(loaded)
    if "x" in loaded.roots[0].module.config.locals:
        value = loaded.roots[0].module.local("x")
        assert len(value.key) < 2_000_000
        assert len(str(value)) < 2_000_000


# -- anything ----------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b"])
REFERENCES = st.sampled_from(
    [
        "var.a",
        "var.b",
        "local.a",
        "local.b",
        "t_t.a",
        "t_t.b",
        "module.a",
        "module.b",
        "data.t_t.a",
        "each.key",
        "each.value",
        "count.index",
        "self.x",
        "path.module",
        "x",
        "terraform.workspace",
        "null",
        "1",
        '"a"',
        "true",
        "[]",
        "{}",
        "-1",
        "var",
        "local.a.b",
    ]
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        inner.map("[{}]".format),
        pair.map(lambda p: f"[{p[0]}, {p[1]}]"),
        pair.map(lambda p: f"{{ a = {p[0]}, (tostring({p[1]})) = 1 }}"),
        pair.map(lambda p: f"({p[0]} == {p[1]})"),
        pair.map(lambda p: f"({p[0]} && {p[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} ? {t[1]} : {t[2]})"),
        pair.map(lambda p: f"[for x in {p[0]} : {p[1]}]"),
        pair.map(lambda p: f"{{ for k, x in {p[0]} : k => {p[1]}... }}"),
        inner.map("{}[*]".format),
        inner.map("{}[0]".format),
        inner.map("{}.a".format),
        pair.map(lambda p: f"{p[0]}[{p[1]}]"),
        pair.map(lambda p: f"try({p[0]}, {p[1]})"),
        pair.map(lambda p: f"merge({p[0]}, {p[1]})"),
        pair.map(lambda p: f"concat({p[0]}, {p[1]})"),
        inner.map("toset({})".format),
        inner.map("length({})".format),
        inner.map(lambda i: f'"x-${{{i}}}"'),
    )


EXPRESSIONS = st.recursive(REFERENCES, _larger, max_leaves=6)
ARGUMENTS = st.builds(
    "  {} = {}".format,
    st.sampled_from(["count", "for_each", "a", "b", "default", "value", "type", "nullable"]),
    EXPRESSIONS,
)
BLOCKS = st.one_of(
    st.builds("locals {{\n  {} = {}\n}}".format, NAMES, EXPRESSIONS),
    st.builds('variable "{}" {{\n{}\n}}'.format, NAMES, ARGUMENTS),
    st.builds('output "{}" {{\n  value = {}\n}}'.format, NAMES, EXPRESSIONS),
    st.builds('resource "t_t" "{}" {{\n{}\n{}\n}}'.format, NAMES, ARGUMENTS, ARGUMENTS),
    st.builds('data "t_t" "{}" {{\n{}\n}}'.format, NAMES, ARGUMENTS),
    st.builds('module "{}" {{\n  source = "./m"\n{}\n}}'.format, NAMES, ARGUMENTS),
    st.builds(
        'resource "t_t" "{}" {{\n  dynamic "b" {{\n    for_each = {}\n    content {{\n'
        "      a = {}\n    }}\n  }}\n}}".format,
        NAMES,
        EXPRESSIONS,
        EXPRESSIONS,
    ),
)


@given(st.lists(BLOCKS, max_size=6), st.lists(BLOCKS, max_size=3), EXPRESSIONS)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_configuration_raises_anything(
    tmp_path: Path, root: list[str], module: list[str], value: str
) -> None:
    files = {
        "main.tf": "\n".join(root),
        "m/main.tf": "\n".join(module),
        "terraform.tfvars": f"a = {value}\n",
    }
    loaded = load(tmp_path, files)
    told(loaded)
    for each in loaded.roots:
        for instance in each.module.all_resources():
            for found in instance.body.mapping.values():
                assert isinstance(found.key, str)
                assert isinstance(str(found), str)
                list(found.references())
