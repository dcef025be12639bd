"""Every policy's own examples, and what every policy has to have.

The examples stand in a policy's docstring. They are scanned as a user's project is, as something
in production: `## Bad` has findings exactly where it says so, `## Good` has none, and
`## Undecided` has none either but a check that could not be answered.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cloudlint.documentation import Example
from cloudlint.plugins import Catalogue
from cloudlint.policy import Policy
from cloudlint.report import Report
from cloudlint.scan import Request, scan
from json_form import NotWritten, json_form
from record_policies import DOCUMENT, built_in, document

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "tests" / "data" / "policies" / "house"
BUILT_IN = built_in()
POLICIES = [*BUILT_IN, Catalogue([str(HOUSE)]).policy("foreign-registry")]
TODAY = date(2026, 11, 20)
EXAMPLES = [
    pytest.param(policy, example, id=f"{policy.name}-{example.kind}-{number}")
    for policy in POLICIES
    for number, example in enumerate(policy.documentation.examples, 1)
]


def report_on(example: Example, policy: Policy, folder: Path) -> Report:
    for name, text in example.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    given = [] if policy in BUILT_IN else [str(HOUSE)]
    return scan(Request([folder], policies=given, select=[policy.name], today=TODAY)).report


@pytest.mark.parametrize(("policy", "example"), EXAMPLES)
def test_example(policy: Policy, example: Example, tmp_path: Path) -> None:
    report = report_on(example, policy, tmp_path)
    assert report.diagnostics == []
    found = {(finding.span.path, finding.span.first.line) for finding in report.findings}
    assert found == example.expected
    assert bool(found) == (example.kind == "Bad")
    if example.kind == "Undecided":
        assert report.undecided


def in_json(example: Example) -> Example | None:
    """The same example in Terraform's JSON syntax; None where it is not written in Terraform alone,
    or has no such form."""
    files = {}
    for name, text in example.files.items():
        if not name.endswith(".tf"):
            return None
        try:
            files[f"{name}.json"] = json_form(text)
        except NotWritten:
            return None
    return Example(example.kind, files, set())


IN_JSON = [
    pytest.param(policy, example, written, id=f"{policy.name}-{example.kind}-{number}")
    for policy in POLICIES
    for number, example in enumerate(policy.documentation.examples, 1)
    if (written := in_json(example))
]


@pytest.mark.parametrize(("policy", "example", "written"), IN_JSON)
def test_example_in_json(
    policy: Policy, example: Example, written: Example, tmp_path: Path
) -> None:
    report = report_on(written, policy, tmp_path)
    assert report.diagnostics == []
    assert len(report.findings) == len(example.expected)
    assert bool(report.undecided) == (example.kind == "Undecided")


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_policy_shows_each_answer(policy: Policy) -> None:
    kinds = {example.kind for example in policy.documentation.examples}
    assert kinds == {"Bad", "Good", "Undecided"}


@pytest.mark.parametrize("policy", BUILT_IN, ids=lambda policy: policy.name)
def test_policy_is_called_like_its_module_and_cites_its_source(policy: Policy) -> None:
    module = policy.check.__module__.split(".")
    assert module == ["cloudlint_policies", policy.pillar, policy.name.replace("-", "_")]
    source, colon, sentence = policy.standard.partition(": ")
    assert source in {"A", "P", "S", "B", "R", "+"} or source.isupper()
    assert colon
    assert sentence


def test_the_list_of_policies_is_up_to_date() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == document(), "run: python tests/record_policies.py"


def test_the_examples_of_a_policy_can_fail(tmp_path: Path) -> None:
    """The house policy finds what another policy's bad example has not marked."""
    policy = POLICIES[-1]
    wrong = Example("Good", {"Dockerfile": "FROM nginx:1.27.3\n"}, set())
    assert report_on(wrong, policy, tmp_path).findings
