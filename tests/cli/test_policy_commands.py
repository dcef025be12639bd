"""`cloudlint explain` and `cloudlint policies`."""

from __future__ import annotations

import json

from cloudlint.plugins import Catalogue

from .conftest import HOUSE, Run


def test_explain_tells_all_about_a_policy(run: Run) -> None:
    result = run("explain", "floating-image-tag")
    assert result.code == 0
    policy = Catalogue().policy("floating-image-tag")
    assert result.out.startswith("# floating-image-tag\n")
    assert "Severity: high" in result.out
    assert policy.documentation.text in result.out
    assert "<-- finding" not in result.out


def test_explain_shows_options_as_the_configuration_has_them(run: Run) -> None:
    said = run("explain", "foreign-registry", "--policies", str(HOUSE)).out
    assert "[policies.foreign-registry]" in said
    assert 'registry = "registry.example.com"  # string' in said
    assert "also-from = []  # list of strings" in said


def test_explain_the_rule_about_suppressions(run: Run) -> None:
    assert "cloudlint: ignore[" in run("explain", "unused-suppression").out


def test_every_policy_in_one_line(run: Run) -> None:
    lines = run("policies").out.splitlines()
    names = [line.split()[0] for line in lines]
    assert names == sorted({*Catalogue().names, "unused-suppression"})
    line = lines[names.index("floating-image-tag")]
    assert line.split()[:3] == ["floating-image-tag", "high", "images"]


def test_policies_for_programs(run: Run) -> None:
    result = run("policies", "--format", "json", "--policies", str(HOUSE))
    by_name = {policy["name"]: policy for policy in json.loads(result.out)}
    house = by_name["foreign-registry"]
    assert house["pillar"] == "house"
    assert house["options"]["also-from"] == {"type": "list of strings", "default": []}
