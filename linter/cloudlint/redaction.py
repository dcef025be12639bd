"""Keeping secrets out of a report: out of the source that is shown, and out of its words.

Words about values that are not known quote what they are made of: `var.token == "…"`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cloudlint.concepts.secrets.wording import without_secrets
from cloudlint.report import Related, Report, Reported, UndecidedCheck
from cloudlint.source import Diagnostic, Span

Hide = Callable[[str], str]


def redact(report: Report, find: Callable[[], tuple[Span, ...]]) -> None:
    """Have the secrets that `find` finds hidden in a report; all of the source where that fails."""
    if not (report.findings or report.suppressed or report.undecided or report.diagnostics):
        return
    try:
        report.redact = find()
    except Exception as error:
        message = f"the secrets in the source could not be found: {type(error).__name__}"
        report.diagnostics.append(Diagnostic(message, "."))
        report.redact = tuple(span.file.span(0, len(span.file.text)) for span in _shown(report))
    _reword(report, without_secrets(report.redact))


def _shown(report: Report) -> list[Span]:
    findings = [*report.findings, *(held.finding for held in report.suppressed)]
    return [span for one in findings for span in (one.span, *(step.span for step in one.related))]


def _reword(report: Report, hide: Hide) -> None:
    report.findings = [_finding(finding, hide) for finding in report.findings]
    report.suppressed = [
        replace(held, finding=_finding(held.finding, hide)) for held in report.suppressed
    ]
    report.undecided = [_check(check, hide) for check in report.undecided]
    report.diagnostics = [
        replace(problem, message=hide(problem.message)) for problem in report.diagnostics
    ]


def _finding(finding: Reported, hide: Hide) -> Reported:
    return replace(
        finding,
        message=hide(finding.message),
        condition=hide(finding.condition),
        related=_steps(finding.related, hide),
    )


def _check(check: UndecidedCheck, hide: Hide) -> UndecidedCheck:
    return replace(
        check,
        origin=hide(check.origin),
        reason=hide(check.reason),
        chain=_steps(check.chain, hide),
    )


def _steps(steps: tuple[Related, ...], hide: Hide) -> tuple[Related, ...]:
    return tuple(replace(step, message=hide(step.message)) for step in steps)
