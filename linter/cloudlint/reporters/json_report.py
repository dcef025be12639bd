"""The report for programs: version 1 of docs/report.schema.json, explained in docs/json-report.md.

It holds everything that the text report can show except source code: no line of a file is quoted,
so that no secret can be.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from cloudlint.report import Related, Report, Reported, Suppressed, UndecidedCheck
from cloudlint.reporters.encode import encode, well_formed
from cloudlint.reporters.options import RenderOptions
from cloudlint.severity import Severity
from cloudlint.source import Diagnostic, Span

VERSION = "1"


def render(report: Report, options: RenderOptions) -> str:
    document = {
        "version": VERSION,
        "tool": {"name": "cloudlint", "version": options.version},
        "summary": _summary(report),
        "findings": [_finding(finding) for finding in report.findings],
        "undecided": [_undecided(check) for check in report.undecided],
        "suppressed": [_suppressed(held) for held in report.suppressed],
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in report.diagnostics],
    }
    return encode(document, depth=2)


def _summary(report: Report) -> dict[str, Any]:
    counts = Counter(finding.severity for finding in report.findings)
    return {
        "findings": len(report.findings),
        "by_severity": {str(severity): counts[severity] for severity in reversed(Severity)},
        "undecided": len(report.undecided),
        "suppressed": len(report.suppressed),
        "passed": report.passed,
        "files": report.files,
        "seconds": round(report.seconds, 3),
        "incomplete": report.incomplete,
    }


def _finding(finding: Reported) -> dict[str, Any]:
    return {
        "policy": finding.policy,
        "severity": str(finding.severity),
        "message": well_formed(finding.message),
        "fix": _text(finding.fix),
        "address": well_formed(finding.address),
        "location": _location(finding.span),
        "related": [_related(step) for step in finding.related],
        "instances": [well_formed(address) for address in finding.instances],
        "condition": _text(finding.condition),
        "environment": _text(finding.environment),
    }


def _undecided(check: UndecidedCheck) -> dict[str, Any]:
    return {
        "policy": check.policy,
        "address": well_formed(check.address),
        "location": _location(check.span) if check.span else None,
        "origin": well_formed(check.origin),
        "reason": well_formed(check.reason),
        "origin_location": _location(check.origin_span) if check.origin_span else None,
        "chain": [_related(step) for step in check.chain],
        "settle": _text(check.settle),
    }


def _suppressed(held: Suppressed) -> dict[str, Any]:
    return {
        "by": held.by,
        "reason": well_formed(held.reason),
        "finding": _finding(held.finding),
    }


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "severity": diagnostic.severity,
        "message": well_formed(diagnostic.message),
        "path": _text(diagnostic.path),
        "location": _location(diagnostic.span) if diagnostic.span else None,
        "hint": _text(diagnostic.hint),
    }


def _related(step: Related) -> dict[str, Any]:
    return {"message": well_formed(step.message), "location": _location(step.span)}


def _location(span: Span) -> dict[str, Any]:
    return {
        "path": well_formed(span.path),
        "start": _position(span, span.start),
        "end": _position(span, span.end),
    }


def _position(span: Span, offset: int) -> dict[str, int]:
    line, column = span.file.position(offset)
    return {"line": line, "column": column, "offset": offset}


def _text(text: str) -> str | None:
    return well_formed(text) or None
