"""SARIF: valid against the schema, and as code scanning insists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cloudlint.report import Related, Report, Suppressed, UndecidedCheck
from cloudlint.reporters import render, sarif
from cloudlint.severity import Severity
from cloudlint.source import Diagnostic, SourceFile

from .samples import COMPOSE, DATABASE, OPTIONS, finding, full_report, rule, span

SCHEMA = Path(__file__).parent / "sarif-schema-2.1.0.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def run_of(report: Report, **options: Any) -> Any:
    log = json.loads(render("sarif", report, replace(OPTIONS, **options)))
    VALIDATOR.validate(log)
    for value in leaves(log):
        assert value not in (None, "")
    return log["runs"][0]


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def only_result(report: Report, **options: Any) -> Any:
    (result,) = run_of(report, **options)["results"]
    return result


def test_a_report_with_everything_in_it(expect: Callable[[str, str], None]) -> None:
    run_of(full_report())
    expect("full.sarif", render("sarif", full_report(), OPTIONS))


def test_a_report_with_everything_shown(expect: Callable[[str, str], None]) -> None:
    shown: dict[str, Any] = {"show_undecided": True, "include_suppressed": True}
    shown |= {"root_uri": "file:///home/me/shop", "category": "infra"}
    run_of(full_report(), **shown)
    expect("shown.sarif", render("sarif", full_report(), replace(OPTIONS, **shown)))


def test_an_empty_report_is_a_successful_run_without_results() -> None:
    run = run_of(Report(rules={}))
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_every_result_has_what_code_scanning_requires() -> None:
    run = run_of(full_report(), show_undecided=True, include_suppressed=True)
    rules = run["tool"]["driver"]["rules"]
    for described in rules:
        for name in ("shortDescription", "fullDescription", "help"):
            assert described[name]["text"]
        assert described["defaultConfiguration"]["level"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"]
        place = result["locations"][0]["physicalLocation"]
        assert set(place["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert set(result["partialFingerprints"]) == {"cloudlint/v1", "primaryLocationLineHash"}


def test_a_result_names_its_resource() -> None:
    location = only_result(Report({}, [finding(span(DATABASE, "var.multi_az"))]))["locations"][0]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "aws_db_instance.main"


@pytest.mark.parametrize(
    ("severity", "level", "problem", "security"),
    [
        (Severity.CRITICAL, "error", "error", "9.5"),
        (Severity.HIGH, "error", "error", "8.0"),
        (Severity.MEDIUM, "warning", "warning", "5.5"),
        (Severity.LOW, "note", "recommendation", "2.0"),
    ],
)
def test_severities(severity: Severity, level: str, problem: str, security: str) -> None:
    at = finding(span(DATABASE, "var.multi_az"), policy="p", severity=severity)
    run = run_of(Report({"p": rule("p", severity, pillar="security", security=True)}, [at]))
    properties = run["tool"]["driver"]["rules"][0]["properties"]
    assert run["results"][0]["level"] == level
    assert properties["problem.severity"] == problem
    assert properties["security-severity"] == security
    assert properties["tags"] == ["security"]


def test_only_security_rules_have_a_security_severity() -> None:
    run = run_of(Report({"p": rule("p", Severity.CRITICAL)}))
    properties = run["tool"]["driver"]["rules"][0]["properties"]
    assert "security-severity" not in properties
    assert properties["tags"] == ["reliability"]


def test_descriptions_are_bounded() -> None:
    run = run_of(Report({"p": rule("p", Severity.LOW, summary="é" * 3000, description="x" * 3000)}))
    described = run["tool"]["driver"]["rules"][0]
    assert len(described["shortDescription"]["text"]) == 1024
    assert len(described["fullDescription"]["text"]) == 1024


def region_of(text: str, file: SourceFile) -> Any:
    location = only_result(Report({}, [finding(span(file, text))]))["locations"][0]
    return location["physicalLocation"]["region"]


def test_columns_are_utf16_code_units_with_an_exclusive_end() -> None:
    region = region_of("東京🚀:latest", COMPOSE)
    assert region == {"startLine": 3, "startColumn": 24, "endLine": 3, "endColumn": 35}


def test_a_region_does_not_reach_into_the_line_after_it() -> None:
    region = region_of("var.multi_az\n", DATABASE)
    assert (region["startLine"], region["endLine"]) == (5, 5)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/größe.tf", "a%20b/gr%C3%B6%C3%9Fe.tf"),
        ("a:b#c?d%.tf", "a%3Ab%23c%3Fd%25.tf"),
        ("caf\udce9.tf", "caf%E9.tf"),
        ("odd\ud800.tf", "odd%EF%BF%BD.tf"),
        ("a\nb.tf", "a%0Ab.tf"),
    ],
)
def test_uris_are_percent_encoded(path: str, uri: str) -> None:
    at = finding(SourceFile(path, "x").span(0, 1), address=path)
    place = only_result(Report({}, [at]))["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri


def test_the_message_links_every_related_location() -> None:
    result = run_of(full_report())["results"][0]
    links = re.findall(r"\[([^\]]+)\]\((\d+)\)", result["message"]["text"])
    related = result["relatedLocations"]
    assert links == [(step["message"]["text"], str(step["id"])) for step in related]
    assert len(links) == 2


def test_messages_hold_no_links_of_their_own() -> None:
    """Addresses and steps come from the scanned repository."""
    at = span(DATABASE, "var.multi_az")
    step = Related("[x](https://evil.example)", at)
    hostile = finding(at, message='a["](https://evil.example)"]', related=(step,))
    text = only_result(Report({}, [hostile]))["message"]["text"]
    assert re.findall(r"(?<!\\)\]\(([^)]*)\)", text) == ["1"]


def test_messages_are_bounded_and_visible() -> None:
    at = span(DATABASE, "var.multi_az")
    long = finding(at, message="x\u202e" * 5000, fix="y" * 9999, instances=("z",) * 9999)
    text = only_result(Report({}, [long]))["message"]["text"]
    assert len(text) < 5000
    assert "\u202e" not in text
    assert "For 9999 instances: z, z" in text


def test_suppressed_findings_stay_out_unless_asked_for() -> None:
    held = finding(span(DATABASE, "var.multi_az"))
    report = Report({}, suppressed=[Suppressed(held, "", "baseline")])
    assert run_of(report)["results"] == []
    result = only_result(report, include_suppressed=True)
    assert result["suppressions"] == [{"kind": "external"}]


def test_undecided_checks_are_open_results_on_demand() -> None:
    at = span(DATABASE, "var.multi_az")
    placed = UndecidedCheck("p", "x", at, "var.multi_az", "has no value", settle="--var multi_az=…")
    nowhere = UndecidedCheck("p", "x", None, "var.y", "has no value")
    report = Report({}, undecided=[placed, nowhere])
    assert run_of(report)["results"] == []
    result = only_result(report, show_undecided=True)
    assert (result["kind"], result["level"]) == ("open", "none")


def test_diagnostics_are_notifications_and_errors_a_failed_run() -> None:
    warning = Diagnostic("a module is missing", "", severity="warning")
    (invocation,) = run_of(Report({}, diagnostics=[warning]))["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["toolExecutionNotifications"][0]["level"] == "warning"
    error = Diagnostic("cannot parse", "a b.tf", hint="see line 3")
    (invocation,) = run_of(Report({}, diagnostics=[error]))["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["message"]["text"] == "cannot parse. see line 3."


@pytest.mark.parametrize(
    ("category", "expected"),
    [("", "cloudlint/"), ("infra", "cloudlint/infra/"), ("/a/b/", "cloudlint/a/b/")],
)
def test_the_category_tells_runs_apart(category: str, expected: str) -> None:
    assert run_of(Report({}), category=category)["automationDetails"]["id"] == expected


def test_the_most_severe_results_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    at = span(DATABASE, "var.multi_az")
    severities = (Severity.LOW, Severity.HIGH, Severity.LOW, Severity.CRITICAL)
    report = Report({}, [finding(at, severity=severity) for severity in severities])
    report.suppressed = [Suppressed(finding(at), "why", "comment")]
    run = run_of(report, include_suppressed=True)
    assert [result["level"] for result in run["results"]] == ["error", "error"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("The 3 least severe results are left out")


def test_related_locations_are_bounded() -> None:
    at = span(DATABASE, "var.multi_az")
    result = only_result(Report({}, [finding(at, related=(Related("", at),) * 200)]))
    assert len(result["relatedLocations"]) == 100


def test_no_source_text_is_quoted() -> None:
    assert "battery staple" not in render("sarif", full_report(), OPTIONS)
