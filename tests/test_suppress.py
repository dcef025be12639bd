"""Suppressions: which comments count, what they cover, and what is said of idle ones."""

from __future__ import annotations

import time
from datetime import date

import pytest

from cloudlint.report import Reported, UndecidedCheck
from cloudlint.severity import Severity
from cloudlint.source import SourceFile
from cloudlint.suppress import MAX_IN_FILE, Judged, Outcome, apply

TODAY = date(2026, 6, 15)
KNOWN = {"some-policy", "other-policy", "not-run"}
RUN = {"some-policy", "other-policy"}


def finding(file: SourceFile, line: int, policy: str = "some-policy") -> Reported:
    return Reported(policy, Severity.HIGH, "wrong", "mend it", "address", file.line_span(line))


def applied(
    file: SourceFile, *findings: Reported, undecided: UndecidedCheck | None = None
) -> Outcome:
    checks = [undecided] if undecided else []
    return apply(findings, checks, [file], Judged(KNOWN.__contains__, RUN), TODAY)


def suppressed_lines(path: str, text: str) -> set[int]:
    """The lines on which a finding of `some-policy` is held back."""
    file = SourceFile(path, text)
    outcome = applied(file, *(finding(file, n + 1) for n in range(len(file.line_starts))))
    return {held.finding.span.first.line for held in outcome.suppressed}


def faults(path: str, text: str, *findings_at: int) -> list[str]:
    file = SourceFile(path, text)
    outcome = applied(file, *(finding(file, line) for line in findings_at))
    return [fault.message for fault in outcome.faults]


def test_a_suppressed_finding_keeps_its_reason() -> None:
    file = SourceFile("main.tf", "a = 1 # cloudlint: ignore[some-policy] made anew every night\n")
    outcome = applied(file, finding(file, 1))
    assert outcome.findings == []
    assert [(held.reason, held.by) for held in outcome.suppressed] == [
        ("made anew every night", "comment")
    ]
    assert outcome.faults == []


# -- what a suppression covers ---------------------------------------------------------------------

TERRAFORM = {
    "on the line": ("a = 1 # cloudlint: ignore[some-policy] r\nb = 2\n", {1}),
    "on the line above": ("# cloudlint: ignore[some-policy] r\na = 1\nb = 2\n", {1, 2}),
    "slashes": ("// cloudlint: ignore[some-policy] r\na = 1\nb = 2\n", {1, 2}),
    "block comment": ("/* cloudlint: ignore[some-policy] r */\na = 1\nb = 2\n", {1, 2}),
    "block comment of several lines": (
        "/* cloudlint: ignore[some-policy] r\n and more */\na = 1\nb = 2\n",
        {1, 2, 3},
    ),
    "block comment before code": (
        "/* cloudlint: ignore[some-policy] r */ a = 1\nb = 2\n",
        {1},
    ),
    "below further comments": (
        "# cloudlint: ignore[some-policy] r\n# another\n// one\na = 1\nb = 2\n",
        {1, 2, 3, 4},
    ),
    "not below a blank line": ("# cloudlint: ignore[some-policy] r\n\na = 1\n", {1, 2}),
    "a block": (
        '# cloudlint: ignore[some-policy] r\nresource "a" "b" {\n  c {\n    d = 1\n  }\n}\ne = 1\n',
        {1, 2, 3, 4, 5, 6},
    ),
    "a nested block": (
        'a "b" {\n  # cloudlint: ignore[some-policy] r\n  c {\n    d = 1\n  }\n  e = 1\n}\n',
        {2, 3, 4, 5},
    ),
    "an object in a list": (
        "a = f([\n  # cloudlint: ignore[some-policy] r\n  {\n    b = 1\n  },\n  {\n  }\n])\n",
        {2, 3, 4, 5},
    ),
    "a heredoc with interpolations": (
        "# cloudlint: ignore[some-policy] r\na = <<EOT\ntext\n\n${b}\nEOT\nc = 1\n",
        {1, 2, 3, 5, 6},
    ),
    "a block's own line": (
        'resource "a" "b" { # cloudlint: ignore[some-policy] r\n  c = 1\n}\nd = 1\n',
        {1, 2, 3},
    ),
    "an argument of several lines": (
        "# cloudlint: ignore[some-policy] r\na = jsonencode({\n  b = 1\n})\nc = 1\n",
        {1, 2, 3, 4},
    ),
    "a heredoc": (
        "# cloudlint: ignore[some-policy] r\na = <<EOT\n}} text ${b}\nEOT\nc = 1\n",
        {1, 2, 3, 4},
    ),
    "not within a string": ('a = "# cloudlint: ignore[some-policy] r"\nb = 1\n', set()),
    "not within a heredoc": (
        "a = <<EOT\n# cloudlint: ignore[some-policy] r\nEOT\n",
        set(),
    ),
    "windows line endings": ("# cloudlint: ignore[some-policy] r\r\na = 1\r\nb = 2\r\n", {1, 2}),
    "without blanks": ("#cloudlint:ignore[some-policy]r\na = 1\nb = 1\n", {1, 2}),
    "several policies": ("a = 1 # cloudlint: ignore[other-policy, some-policy] r\n", {1}),
    "several comments": (
        "# cloudlint: ignore[other-policy] r\n# cloudlint: ignore[some-policy] r\na = 1\n",
        {1, 2, 3},
    ),
    "another policy": ("a = 1 # cloudlint: ignore[other-policy] r\n", set()),
}


@pytest.mark.parametrize(("text", "lines"), TERRAFORM.values(), ids=TERRAFORM)
def test_terraform(text: str, lines: set[int]) -> None:
    covered = suppressed_lines("main.tf", text)
    code = {n for n, line in enumerate(text.splitlines(), 1) if is_code(line)}
    assert covered & code == lines & code


def is_code(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith(("#", "//", "and more")) and (
        not text.startswith("/*") or not text.endswith(("*/", "r"))
    )  # fmt: skip


DOCKERFILE = {
    "above": ("# cloudlint: ignore[some-policy] r\nFROM a\nUSER b\n", {2}),
    "above an instruction of several lines": (
        "FROM a\n# cloudlint: ignore[some-policy] r\nENV B=1 \\\n  # comment\n  C=2\nUSER d\n",
        {3, 5},
    ),
    "within an instruction": (
        "FROM a\nENV B=1 \\\n  # cloudlint: ignore[some-policy] r\n  C=2 \\\n  D=3\nUSER d\n",
        {4},
    ),
    "another escape character": (
        "# escape=`\nFROM a\n# cloudlint: ignore[some-policy] r\nENV B=1 `\n  C=2\nUSER d\n",
        {4, 5},
    ),
    "a here-document": (
        "FROM a\n# cloudlint: ignore[some-policy] r\nRUN <<EOT\necho 1\nEOT\nUSER d\n",
        {3, 4, 5},
    ),
    "not behind an instruction": ("FROM a # cloudlint: ignore[some-policy] r\n", set()),
}


@pytest.mark.parametrize(("text", "lines"), DOCKERFILE.values(), ids=DOCKERFILE)
def test_dockerfile(text: str, lines: set[int]) -> None:
    covered = suppressed_lines("Dockerfile", text)
    code = {n for n, line in enumerate(text.splitlines(), 1) if is_code(line)}
    assert covered & code == lines


COMPOSE = {
    "on the line": ("a: 1 # cloudlint: ignore[some-policy] r\nb: 1\n", {1}),
    "above": ("# cloudlint: ignore[some-policy] r\na: 1\nb: 1\n", {2}),
    "a service": (
        "services:\n  # cloudlint: ignore[some-policy] r\n  a:\n    image: b\n\n    user: c\n  d:\n"
        "    image: e\n",
        {3, 4, 6},
    ),
    "a list that is not indented": (
        "# cloudlint: ignore[some-policy] r\na:\n- b\n- c\nd: 1\n",
        {2, 3, 4},
    ),
    "an item of a list": (
        "a:\n  # cloudlint: ignore[some-policy] r\n  - b: 1\n    c: 1\n  - d: 1\n",
        {3, 4},
    ),
    "a block scalar": (
        "# cloudlint: ignore[some-policy] r\na: |\n  b\n\n  c\nd: 1\n",
        {2, 3, 5},
    ),
}


@pytest.mark.parametrize(("text", "lines"), COMPOSE.values(), ids=COMPOSE)
def test_compose(text: str, lines: set[int]) -> None:
    covered = suppressed_lines("compose.yaml", text)
    code = {n for n, line in enumerate(text.splitlines(), 1) if is_code(line)}
    assert covered & code == lines


@pytest.mark.parametrize("path", [".env", "prod.env"])
def test_environment_files(path: str) -> None:
    text = "# cloudlint: ignore[some-policy] r\nA=1\nB=2 # cloudlint: ignore[some-policy] r\nC=3\n"
    assert suppressed_lines(path, text) & {2, 3, 4} == {2, 3}


def test_variable_files() -> None:
    text = "# cloudlint: ignore[some-policy] r\na = {\n  b = 1\n}\nc = 1\n"
    assert suppressed_lines("prod.tfvars", text) & {2, 3, 4, 5} == {2, 3, 4}


# -- what is said of those without effect ----------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore[some-policy]", "gives no reason"),
        ("ignore[some-policy] until=2099-01-01", "gives no reason"),
        ("ignore[] because", "names no policy"),
        ("ignore some-policy because", "this is no suppression"),
        ("disable[some-policy] because", "this is no suppression"),
        ("ignore[some-policy] until=2026-06-14 because", "has expired on 2026-06-14"),
        ("ignore[some-policy] until=tomorrow because", "`until=tomorrow` is no date"),
        ("ignore[some-policy] until=2026-02-30 because", "`until=2026-02-30` is no date"),
        ("ignore[some-policy] until=20991231 because", "`until=20991231` is no date"),
    ],
)
def test_a_faulty_suppression_suppresses_nothing_and_is_reported(
    comment: str, message: str
) -> None:
    text = f"# cloudlint: {comment}\na = 1\n"
    assert suppressed_lines("main.tf", text) == set()
    (fault,) = faults("main.tf", text, 2)
    assert message in fault


def test_the_last_day_counts() -> None:
    text = "a = 1 # cloudlint: ignore[some-policy] until=2026-06-15 because\n"
    assert suppressed_lines("main.tf", text) == {1}


def test_until_is_no_part_of_the_reason() -> None:
    file = SourceFile(
        "main.tf", "a = 1 # cloudlint: ignore[some-policy] old until=2099-01-01 now\n"
    )
    (held,) = applied(file, finding(file, 1)).suppressed
    assert held.reason == "old now"


def test_unused_and_misspelt_ones_are_reported_policy_by_policy() -> None:
    text = "a = 1 # cloudlint: ignore[some-policy, other-policy, some-polciy] because\n"
    assert faults("main.tf", text, 1) == [
        "no finding of `other-policy` is suppressed here",
        "there is no policy `some-polciy` to suppress",
    ]


def test_a_fault_is_placed_at_the_comment() -> None:
    file = SourceFile("main.tf", "a = 1 # cloudlint: ignore[some-policy] because\nb = 1\n")
    (fault,) = applied(file).faults
    assert fault.span.text == "# cloudlint: ignore[some-policy] because"
    assert fault.policy == "unused-suppression"


def test_a_policy_that_was_not_run_has_no_unused_suppressions() -> None:
    assert faults("main.tf", "a = 1 # cloudlint: ignore[not-run] because\n") == []


def test_an_undecided_check_uses_a_suppression_and_stays() -> None:
    file = SourceFile("main.tf", "a = var.b # cloudlint: ignore[some-policy] because\n")
    check = UndecidedCheck("some-policy", "x", file.line_span(1), "var.b", "has no value")
    assert applied(file, undecided=check).faults == []


def test_other_comments_are_left_alone() -> None:
    assert (
        faults("main.tf", "# see cloudlint: ignore[some-policy]\na = 1 # cloudlint is good\n") == []
    )


def test_json_has_no_comments() -> None:
    assert faults("main.tf.json", '{"a": "# cloudlint: ignore[some-policy] x"}') == []


def test_a_file_that_cannot_be_parsed_says_nothing() -> None:
    assert faults("main.tf", "# cloudlint: ignore[some-policy] because\na = {\n") == []


@pytest.mark.parametrize("path", ["main.tf", "Dockerfile", "compose.yaml", ".env"])
def test_a_file_full_of_suppressions_takes_no_long_time(path: str) -> None:
    file = SourceFile(path, "# cloudlint: ignore[some-policy] because\n" * 20_000 + "FROM = a\n")
    start = time.perf_counter()
    outcome = applied(file)
    assert time.perf_counter() - start < 5
    assert len(outcome.faults) == MAX_IN_FILE + 1
    assert "only the first" in outcome.faults[-1].message
