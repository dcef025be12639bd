"""The report for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.report import Related, Report, Suppressed, UndecidedCheck
from cloudlint.reporters import render
from cloudlint.reporters.text import stream
from cloudlint.severity import Severity
from cloudlint.source import Diagnostic, SourceFile

from .samples import DATABASE, OPTIONS, finding, full_report, span

AT = span(DATABASE, "var.multi_az")
HOSTILE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
COLORS = re.compile(r"\x1b\[[0-9;]*m")


def text_of(report: Report) -> str:
    return render("text", report, OPTIONS)


def test_a_report_with_everything_in_it(expect: Callable[[str, str], None]) -> None:
    expect("full.txt", text_of(full_report()))


def test_a_report_with_everything_shown(expect: Callable[[str, str], None]) -> None:
    options = replace(OPTIONS, show_undecided=True, include_suppressed=True)
    expect("shown.txt", render("text", full_report(), options))


def test_colour_changes_nothing_else(expect: Callable[[str, str], None]) -> None:
    options = replace(OPTIONS, show_undecided=True, color=True)
    colored = render("text", full_report(), options)
    assert COLORS.sub("", colored) == render("text", full_report(), replace(options, color=False))
    expect("colored.txt", colored)


def test_pieces_end_with_their_lines() -> None:
    pieces = list(stream(full_report(), OPTIONS))
    assert "".join(pieces) == text_of(full_report())
    assert len(pieces) == 4 + 2 + 1
    assert all(piece.endswith("\n") for piece in pieces)


def test_the_summary_is_always_there() -> None:
    assert text_of(Report(rules={})) == "no findings, 0 checks passed, 0 files in 0.00 s\n"


def test_the_summary_counts_severities_from_the_worst() -> None:
    severities = (Severity.LOW, Severity.CRITICAL, Severity.LOW)
    report = Report({}, [finding(AT, severity=severity) for severity in severities])
    report.passed, report.files, report.seconds = 1, 1, 1.234
    assert text_of(report).splitlines()[-1] == (
        "3 findings (1 critical, 2 low), 1 check passed, 1 file in 1.23 s"
    )


def test_warnings_do_not_make_a_scan_incomplete() -> None:
    report = Report({}, diagnostics=[Diagnostic("hm", "a.tf", severity="warning")])
    assert text_of(report).splitlines()[-1].startswith("no findings")
    report.diagnostics *= 2
    report.diagnostics += [Diagnostic("no", "a.tf")] * 2
    assert text_of(report).splitlines()[-1] == "the scan is incomplete: 2 errors (see above)"


def test_related_places_are_bounded() -> None:
    report = Report({}, [finding(AT, related=(Related("there", AT),) * 30)])
    assert text_of(report).count("there") == 10
    assert "= related: 20 more places" in text_of(report)


def test_the_resource_is_named_where_the_message_does_not() -> None:
    assert "= resource:" not in text_of(Report({}, [finding(AT)]))
    moved = finding(AT, address="module.x.aws_db_instance.main")
    assert "= resource: module.x.aws_db_instance.main" in text_of(Report({}, [moved]))


def test_the_same_unknown_at_two_places_is_two_unknowns() -> None:
    places = AT, span(DATABASE, "var.databases")
    checks = [UndecidedCheck("p", "x", None, "var.y", "has no value", place) for place in places]
    report = Report({}, undecided=checks)
    shown = render("text", report, replace(OPTIONS, show_undecided=True))
    assert shown.count("undecided: var.y has no value: 1 check of 1 policy") == 2


@pytest.mark.parametrize("suppressed", [False, True])
def test_a_secret_is_masked_wherever_its_file_is_shown(suppressed: bool) -> None:
    secret = span(DATABASE, "correct horse battery staple")
    line = DATABASE.line_span(6)
    found = finding(line, redact=(secret,))
    report = Report({}, [finding(line, related=(Related("here", line),))])
    if suppressed:
        report.suppressed = [Suppressed(found, "known", "comment")]
    else:
        report.findings.append(found)
    assert "staple" not in text_of(report)
    assert '"' + "*" * 28 + '"' in text_of(report)


def test_what_could_not_be_read_is_not_quoted() -> None:
    report = Report({}, diagnostics=[Diagnostic("bad", DATABASE.path, DATABASE.line_span(6))])
    assert "staple" not in text_of(report)


@given(st.text(), st.text(max_size=30), st.integers(0, 50), st.integers(0, 50), st.booleans())
def test_no_text_reaches_the_terminal_as_a_command(
    text: str, words: str, start: int, length: int, color: bool
) -> None:
    at = SourceFile(words, text).span(start, start + length)
    found = finding(
        at,
        policy=words,
        message=words,
        fix=words,
        address=words,
        related=(Related(words, at),),
        instances=(words,),
        condition=words,
        environment=words,
    )
    report = Report({}, [found])
    report.undecided = [UndecidedCheck(words, words, at, words, words, at, settle=words)]
    report.suppressed = [Suppressed(found, words, words)]
    report.diagnostics = [Diagnostic(words, words, at, words)]
    options = replace(OPTIONS, show_undecided=True, include_suppressed=True, color=color, width=40)
    output = render("text", report, options)
    assert not HOSTILE.search(COLORS.sub("", output) if color else output)
