"""Whole configurations, against what Terraform plans (see `tests/record_plans.py`)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from recorded import plain

from cloudlint.discovery import Repository, take_inventory
from cloudlint.parsers.terraform import project
from cloudlint.parsers.terraform.project import Terraform
from cloudlint.values import Known, Value, numbers, unknown

DATA = Path(__file__).parents[2] / "data" / "plans"
NAMES = sorted(directory.name for directory in DATA.iterdir())
UNKNOWN = "(known after apply)"
KNOWN_EARLIER = {"unknown-conditional": {"or_true": True, "and_false": False}}
"""What does not depend on the unknown, though Terraform waits for it."""


def planned(name: str) -> dict[str, Any]:
    text = (DATA / name / "plan.json").read_text(encoding="utf-8")
    plan: dict[str, Any] = json.loads(text, parse_float=numbers.parse)
    return plan


def load(directory: Path) -> Terraform:
    repository = Repository(directory)
    inventory = take_inventory(repository, [directory], lambda path: False)
    return project.load(repository, inventory.of("terraform"), inventory.of("tfvars"))


SUCCESSFUL = [name for name in NAMES if "error" not in planned(name)]
FAILING = [name for name in NAMES if name not in SUCCESSFUL]


def shown(value: Value) -> Any:
    """The value as the recording shows it."""
    if not isinstance(value, Known):
        return UNKNOWN
    if value.mapping:
        return {name: shown(item) for name, item in value.mapping.items()}
    if value.items:
        return [shown(item) for item in value.items]
    return plain(value)


@pytest.mark.parametrize("name", SUCCESSFUL)
def test_same_plan(name: str) -> None:
    plan = planned(name)
    terraform = load(DATA / name)
    module = terraform.roots[0].module
    outputs = {output: module.output(output) for output in module.config.outputs}
    resources = {
        instance.address: {
            name: shown(instance.body[name]) for name in ("input", "triggers_replace")
        }
        for instance in module.all_resources()
    }
    expected = plan["outputs"] | KNOWN_EARLIER.get(name, {})
    assert {name: shown(value) for name, value in outputs.items()} == expected
    assert resources == plan["resources"]
    assert [name for name in sorted(outputs) if outputs[name].sensitive] == plan["sensitive"]
    assert not terraform.roots[0].diagnostics


HIDDEN = [
    (name, variable)
    for name in SUCCESSFUL
    for variable in load(DATA / name).roots[0].module.config.variables
]


@pytest.mark.parametrize(("name", "variable"), HIDDEN)
def test_hiding_a_variable_makes_nothing_wrong(name: str, variable: str) -> None:
    """What is known without a variable is so with it; only what is known may become unknown."""
    plan = planned(name)
    module = load(DATA / name).roots[0].module
    hidden = unknown(f"var.{variable}", "is hidden")
    module.arguments = {**module.arguments, variable: lambda: hidden}
    for output in module.config.outputs:
        assert_holds(module.output(output), plan["outputs"][output])
    instances = list(module.all_resources())
    for instance in instances:
        if instance.address in plan["resources"]:
            for argument, value in plan["resources"][instance.address].items():
                if not instance.conditions:
                    assert_holds(instance.body[argument], value)
        elif not instance.conditions:
            assert "[*]" in instance.address
    stems = {stem(instance.address) for instance in instances}
    assert {stem(address) for address in plan["resources"]} <= stems


def stem(address: str) -> str:
    return re.sub(r'\[("(\\.|[^"])*"|[^"\]]*)\]', "", address)


def assert_holds(value: Value, expected: Any) -> None:
    """Whether what is known of a value agrees with what Terraform says it is."""
    if not isinstance(value, Known):
        return
    if expected == UNKNOWN:
        return
    if value.kind in ("map", "object"):
        assert value.mapping.keys() == expected.keys()
        for name, item in value.mapping.items():
            assert_holds(item, expected[name])
    elif value.kind in ("list", "tuple"):
        assert len(value.items) == len(expected)
        for item, part in zip(value.items, expected, strict=True):
            assert_holds(item, part)
    elif value.is_wholly_known():
        assert plain(value) == expected


@pytest.mark.parametrize("name", FAILING)
def test_what_terraform_refuses_is_told(name: str) -> None:
    terraform = load(DATA / name)
    module = terraform.roots[0].module
    for output in module.config.outputs:
        shown(module.output(output))
    for instance in module.all_resources():
        list(instance.body.mapping.values())
    told = [*terraform.roots[0].diagnostics, *module.config.diagnostics]
    assert told, planned(name)["error"]
