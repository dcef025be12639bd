"""Values are printed as Terraform's console prints them, and what is not known as a reference."""

from __future__ import annotations

import pytest
from recorded import DATA, agrees, ask, cases

from cloudlint.parsers.terraform import console
from cloudlint.values import EvaluationError, Value, known, unknown
from cloudlint.values.convert import convert
from cloudlint.values.types import STRING, list_of

FILES = sorted(path.stem for path in DATA.glob("*.json") if path.stem != "console")


@pytest.mark.parametrize("name", FILES)
def test_values_look_as_in_terraforms_console(name: str) -> None:
    different = {}
    for case in cases(name):
        value = _value(case["expression"])
        # Whether it is the right value is for other tests to tell.
        if "shown" in case and value is not None and agrees(case, value):
            shown = console.shown(value).replace("\r\n", "\n")
            if shown.strip("\n") != case["shown"]:
                different[case["expression"]] = (shown, case["shown"])
    assert not different


@pytest.mark.parametrize("case", cases("console"), ids=lambda case: str(case["expression"]))
def test_a_value_looks_as_in_terraforms_console(case: dict[str, str]) -> None:
    assert console.shown(ask(case["expression"])) == case["shown"]


def _value(expression: str) -> Value | None:
    try:
        return ask(expression)
    except EvaluationError:
        return None


REGION = convert(unknown("var.region", "has no value"), STRING)
ZONES = convert(unknown("var.zones", "has no value"), list_of(STRING))
FLAG = unknown("var.flag", "has no value")


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("region", "var.region"),
        ("[region, 1]", "[\n  var.region,\n  1,\n]"),
        ('"${region}a"', '"${var.region}a"'),
        ('"$${x}${region}%%{y}\\n"', '"$${x}${var.region}%%{y}\\n"'),
        ("upper(region)", "upper(var.region)"),
        ("zones[0]", "var.zones[0]"),
        ("zones[length(zones) - 1]", "var.zones[(length(var.zones) - 1)]"),
        ('region == "x"', '(var.region == "x")'),
        ("!flag", "!var.flag"),
        (
            '[region, flag ? tostring(null) : "a"]',
            '[\n  var.region,\n  (var.flag ? null : "a"),\n]',
        ),
        ('flag ? "a" : region', '(var.flag ? "a" : var.region)'),
        ("concat([1], zones)", "concat([1], var.zones)"),
        ("[for z in zones : upper(z)]", "(for of var.zones)"),
        ('{for z in [region] : z => "x"}', "(object of var.region)"),
        ("merge({a = 1}, flag)", 'merge({"a" = 1}, var.flag)'),
    ],
)
def test_what_is_not_known_is_a_reference(expression: str, shown: str) -> None:
    assert console.shown(ask(expression, region=REGION, zones=ZONES, flag=FLAG)) == shown


@pytest.mark.parametrize(
    "expression",
    [
        "password",
        '"${region}:${password}"',
        "password == region",
        "[region, password]",
        "{(region) = password}",
        "concat([password], zones)",
        "flag ? password : region",
        "flag ? [password, region] : [region, password]",
        "flag[password]",
        "merge({a = password}, flag)",
        'format("%s-%s", region, password)',
        "{a = {b = [password]}}",
        "toset([password, region])",
    ],
)
def test_secrets_are_not_printed_with_what_is_not_known(expression: str) -> None:
    password = known("hunter2").marked_sensitive()
    value = _value_of(expression, password)
    assert "hunter2" not in console.shown(value)


def _value_of(expression: str, password: Value) -> Value:
    return ask(expression, region=REGION, zones=ZONES, flag=FLAG, password=password)


def test_long_references_are_cut() -> None:
    value = ask(f"concat([{', '.join(str(n) for n in range(1000))}], zones)", zones=ZONES)
    shown = console.shown(value)
    assert shown.endswith("…")
    assert len(shown) < 1_000


def test_values_that_share_parts_are_not_written_out_for_ever() -> None:
    value: Value = known("x" * 100)
    for _ in range(40):
        value = known([value, value])  # type: ignore[list-item]
    with pytest.raises(EvaluationError, match="more than"):
        console.shown(value)


def test_deep_values_are_refused() -> None:
    value: Value = known(1)
    for _ in range(500):
        value = known([value])  # type: ignore[list-item]
    with pytest.raises(EvaluationError, match="nested"):
        console.shown(value)


def test_what_is_hidden_is_revealed_as_null_with_its_place() -> None:
    value = ask('{a = [1, sensitive("x")], b = sensitive(2), c = 3}')
    revealed, hidden = console.revealed(value)
    assert revealed.python() == {"a": [1, None], "b": None, "c": 3}
    assert hidden == [("a", 1), ("b",)]
