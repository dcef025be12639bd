"""The JSON report: its schema, and what programs rely on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cloudlint.report import Report
from cloudlint.reporters import render
from cloudlint.source import Diagnostic, SourceFile

from .samples import OPTIONS, finding, full_report, span

DOCS = Path(__file__).parents[2] / "docs"
VALIDATOR = Draft202012Validator(json.loads((DOCS / "report.schema.json").read_text("utf-8")))


def rendered(report: Report) -> Any:
    document = json.loads(render("json", report, OPTIONS))
    VALIDATOR.validate(document)
    return document


def test_a_report_with_everything_in_it(expect: Callable[[str, str], None]) -> None:
    rendered(full_report())
    expect("full.json", render("json", full_report(), OPTIONS))


def test_an_empty_report_has_every_part() -> None:
    document = rendered(Report(rules={}))
    assert document["findings"] == document["diagnostics"] == []
    assert document["summary"]["by_severity"] == {"critical": 0, "high": 0, "medium": 0, "low": 0}


def test_the_schema_requires_all_that_is_written() -> None:
    """A property that the reporter writes and the schema does not know is undocumented."""
    schema = VALIDATOR.schema
    document = rendered(full_report())
    definitions = schema["$defs"]
    for part, value in (
        (schema, document),
        (definitions["summary"], document["summary"]),
        (definitions["finding"], document["findings"][0]),
        (definitions["undecided"], document["undecided"][0]),
        (definitions["suppressed"], document["suppressed"][0]),
        (definitions["diagnostic"], document["diagnostics"][0]),
        (definitions["location"], document["findings"][0]["location"]),
        (definitions["position"], document["findings"][0]["location"]["start"]),
    ):
        assert set(part["required"]) == set(part["properties"]) == set(value)


def test_the_documented_example_is_valid() -> None:
    example = re.search(r"```json\n(.*?)```", (DOCS / "json-report.md").read_text("utf-8"), re.S)
    assert example
    VALIDATOR.validate(json.loads(example[1]))


def test_locations_count_code_points() -> None:
    file = SourceFile("a.tf", "x\n🚀 = 1")
    location = rendered(Report({}, [finding(span(file, "= 1"))]))["findings"][0]["location"]
    assert location["start"] == {"line": 2, "column": 3, "offset": 4}
    assert location["end"] == {"line": 2, "column": 6, "offset": 7}


def test_each_finding_is_on_a_line_of_its_own() -> None:
    report = full_report()
    lines = render("json", report, OPTIONS).splitlines()
    assert sum('"policy": "single-az-data-store", "severity"' in line for line in lines) == 1


@pytest.mark.parametrize("text", ["\x1b[31m", "\x7f", "\x9b", "\u202e", "\udcff", "\u2028"])
def test_the_output_is_printable_ascii(text: str) -> None:
    report = Report({}, diagnostics=[Diagnostic(f"before {text} after", f"a{text}.tf")])
    output = render("json", report, OPTIONS)
    assert output.isascii()
    assert output.replace("\n", "").isprintable()
    expected = "\ufffd" if text == "\udcff" else text
    assert rendered(report)["diagnostics"][0]["message"] == f"before {expected} after"


def test_no_source_text_is_quoted() -> None:
    assert "battery staple" not in render("json", full_report(), OPTIONS)
