"""Reading plans, good and bad ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudlint.discovery import Repository, Unreadable
from cloudlint.graph import Graph, plan
from cloudlint.graph.environment import Rules
from cloudlint.parsers.plan import reader
from cloudlint.parsers.plan.model import Plan, calls_in
from cloudlint.parsers.plan.reader import is_plan

DATA = Path(__file__).parents[2] / "data" / "plan_files"
RESOURCE = {"address": "a.b", "mode": "managed", "type": "a", "name": "b", "values": {}}


def read(folder: Path, data: str | bytes | dict[str, object]) -> Plan:
    text = json.dumps(data) if isinstance(data, dict) else data
    content = text.encode() if isinstance(text, str) else text
    (folder / "plan.json").write_bytes(content)
    return reader.read(Repository(folder), "plan.json")


def refused(folder: Path, data: str | bytes | dict[str, object]) -> str:
    with pytest.raises(Unreadable) as caught:
        read(folder, data)
    assert caught.value.diagnostic.hint
    return caught.value.diagnostic.message


def document(*resources: object, **more: object) -> dict[str, object]:
    root = {"root_module": {"resources": list(resources)}}
    return {"format_version": "1.2", "planned_values": root} | more


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('{"format_version":"1.2","terraform_version":"1.11.4","variables":{"environment":', True),
        ('{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{', True),
        ('\ufeff{\n  "format_version": "1.2",\n  "resource_changes" : [', True),
        ('{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":', False),
        ('{"format_version":"1.0","valid":true}', False),
        ('{"name": "package", "version": "1.0.0"}', False),
        ('[{"format_version":"1.2","planned_values":{}}]', False),
        ("", False),
    ],
)
def test_plans_are_told_by_how_they_begin(text: str, answer: bool) -> None:
    assert is_plan(text) is answer


@pytest.mark.parametrize("name", ["shop", "provider_less"])
def test_recorded_plans_are_plans(name: str) -> None:
    assert is_plan((DATA / name / "plan.json").read_text()[:200])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_shells_write_are_read(encoding: str, tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps(document(RESOURCE)).encode(encoding))
    assert [resource.address for resource in found.resources] == ["a.b"]
    assert found.place("a.b").text == "a.b"


def test_an_address_is_found_where_it_is_first_written(tmp_path: Path) -> None:
    address = 'module.x["a\\"<b"].a.b'
    escaped = json.dumps(address).replace("<", "\\u003c")
    resource = json.dumps(RESOURCE).replace('"a.b"', escaped)
    text = f'{{"format_version": "1.2",\n "planned_values": {{"root_module": {{"resources":\n \
[{resource}]}}}}}}'
    found = read(tmp_path, text)
    assert found.place(address).first.line == 3
    assert found.place("something.else").first == (1, 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "plan.json is no valid JSON (line 1)"),
        ('{"format_version": NaN}', "plan.json is no valid JSON"),
        ('{"format_version": 1e999999999}', "plan.json is no valid JSON"),
        (f'{{"format_version": {"9" * 5000}}}', "plan.json is no valid JSON"),
        ("[" * 200_000, "plan.json is nested too deeply to be read"),
        (b'{"format_version": "\xff"}', "plan.json is not valid UTF-8"),
        (b"PK\x03\x04tfplan", "plan.json is a plan in Terraform's own format, not JSON"),
        ("[]", "plan.json is JSON, but no Terraform plan"),
        ({"format_version": "1.0", "values": {}}, "plan.json is JSON, but no Terraform plan"),
        (
            {"format_version": "2.0", "planned_values": {}},
            "plan.json is a plan of format '2.0'; cloudlint reads 0 and 1",
        ),
    ],
)
def test_what_is_no_plan_is_refused(
    data: str | bytes | dict[str, object], message: str, tmp_path: Path
) -> None:
    assert refused(tmp_path, data) == message


def test_a_plan_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 20)
    assert "is larger than" in refused(tmp_path, document(RESOURCE))


def test_a_plan_outside_of_the_repository_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text(json.dumps(document(RESOURCE)))
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "plan.json").symlink_to(tmp_path / "outside.json")
    with pytest.raises(Unreadable, match="leads outside of the repository"):
        reader.read(Repository(tmp_path / "inside"), "plan.json")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (document("text"), "something else than an object in planned_values of the root"),
        (document({"address": "a.b"}), "a resource without address, type, name or values"),
        (document({**RESOURCE, "values": 3}), "a resource without address, type, name or values"),
        (
            document(RESOURCE, resource_changes={}),
            "something else than a list for resource_changes",
        ),
        (document(RESOURCE, errored=True), "made by a run that failed"),
    ],
)
def test_parts_that_cannot_be_read_are_told(
    data: dict[str, object], message: str, tmp_path: Path
) -> None:
    [problem] = read(tmp_path, data).diagnostics
    assert message in problem.message
    assert problem.severity == "error"


def test_modules_that_call_each_other_for_ever_are_cut(tmp_path: Path) -> None:
    module: dict[str, object] = {}
    for _ in range(100):
        module = {"module_calls": {"m": {"module": module}}}
    found = read(tmp_path, document(configuration={"root_module": module}))
    assert "calls modules more than 32 deep" in found.diagnostics[0].message


def test_the_same_resource_counts_once(tmp_path: Path) -> None:
    assert len(read(tmp_path, document(RESOURCE, RESOURCE)).resources) == 1


def test_module_addresses_are_taken_apart() -> None:
    address = 'module.a["x.module.y]"].module.b[2].module.c'
    assert [(name, key) for _, name, key, _ in calls_in(address)] == [
        ("a", "x.module.y]"),
        ("b", 2),
        ("c", None),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["references", "constant_value", "id", "x", "index"]), inner
        )
    ),
    max_leaves=12,
)
REFERENCES = st.lists(
    st.sampled_from(
        [
            "a.b",
            "a.b[0].id",
            "each.value",
            "each.key",
            "var.x",
            "module.m.o",
            "module.m",
            "data.a.b",
        ]
    )
)
EXPRESSION = JSON | st.fixed_dictionaries({"references": REFERENCES})


@settings(max_examples=150, deadline=None)
@given(JSON, JSON, JSON, EXPRESSION, EXPRESSION)
def test_no_shape_breaks_anything(
    tmp_path_factory: pytest.TempPathFactory,
    values: object,
    unknown: object,
    secret: object,
    expression: object,
    repetition: object,
) -> None:
    resource = {**RESOURCE, "index": 0, "values": {"x": values}, "sensitive_values": secret}
    change = {"after_unknown": {"x": unknown}, "after_sensitive": secret}
    call = {
        "expressions": {"x": expression},
        "for_each_expression": repetition,
        "module": {"outputs": {"o": {"expression": expression}}},
    }
    configured = {**RESOURCE, "expressions": {"x": expression}, "for_each_expression": repetition}
    root = {"resources": [configured], "module_calls": {"m": call}}
    data = document(
        resource,
        resource_changes=[{**resource, "change": change}],
        configuration={"root_module": root},
        variables={"environment": {"value": values}},
    )
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.json").write_text(json.dumps(data))
    graph = Graph()
    list(plan.add(graph, Repository(folder), "plan.json", Rules()))
    for found in graph.resources:
        for value in found.body.mapping.values():
            graph.referenced(value)
            assert value.key
        assert found.environment
