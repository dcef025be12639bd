"""SARIF 2.1.0, for GitHub code scanning first of all.

Nothing here quotes source code. Results are in reporting order. Undecided checks become results
of kind `open` only on demand, since services without that notion show them as alerts; those that
have no place at all stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import sarif_om as om

from cloudlint.report import Related, Report, Reported, Rule, Suppressed, UndecidedCheck
from cloudlint.reporters.display import count, listed, sentence
from cloudlint.reporters.encode import encode, well_formed
from cloudlint.reporters.fingerprints import Fingerprints, LineHashes
from cloudlint.reporters.frame import trimmed
from cloudlint.reporters.options import RenderOptions
from cloudlint.severity import Severity
from cloudlint.source import Diagnostic, SourceFile, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "ROOT"
MOST_RESULTS = 25_000
"""A file with more results in one run is refused by code scanning."""
MOST_RELATED = 100
MOST_TAGS = 10
LONGEST_DESCRIPTION = 1024
LONGEST_SENTENCE = 2000
INSTANCES_NAMED = 10

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
_PROBLEM_SEVERITIES = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "recommendation",
}
_SECURITY_SEVERITIES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}


def render(report: Report, options: RenderOptions) -> str:
    results = _Results(report, options)
    run = _plain(_run(report, options, results.left_out))
    # One by one, since sarif-om's objects are many times the size of what they say.
    run["results"] = list(map(_plain, results))
    log = om.SarifLog(version="2.1.0", schema_uri=SCHEMA, runs=None)
    return encode(_plain(log) | {"runs": [run]}, depth=4)


def _run(report: Report, options: RenderOptions, left_out: int) -> Any:
    driver = om.ToolComponent(
        name="cloudlint",
        version=options.version,
        semantic_version=options.version,
        rules=[_rule(rule) for rule in report.rules.values()],
    )
    run = om.Run(
        tool=om.Tool(driver=driver),
        automation_details=om.RunAutomationDetails(id=_category(options.category)),
        column_kind="utf16CodeUnits",
        invocations=[_invocation(report, options, left_out)],
    )
    if options.root_uri:
        root = options.root_uri.rstrip("/") + "/"
        run.original_uri_base_ids = {ROOT: om.ArtifactLocation(uri=root)}
    return run


def _category(category: str) -> str:
    return f"cloudlint/{category.strip('/')}/" if category.strip("/") else "cloudlint/"


def _rule(rule: Rule) -> Any:
    level = _LEVELS[rule.severity]
    summary = _period(rule.summary or rule.name)
    documentation = rule.documentation or rule.description or summary
    if rule.standard:
        documentation += f"\n\nStandard: {rule.standard}"
    return om.ReportingDescriptor(
        id=rule.name,
        name=rule.name.title().replace("-", ""),
        short_description=_message(summary, LONGEST_DESCRIPTION),
        full_description=_message(rule.description or summary, LONGEST_DESCRIPTION),
        help=om.MultiformatMessageString(text=documentation, markdown=documentation),
        default_configuration=om.ReportingConfiguration(level=level),
        properties=_rule_properties(rule),
    )


def _rule_properties(rule: Rule) -> dict[str, Any]:
    tags = [rule.pillar] + ["security"] * rule.security
    tags += ["production"] * rule.production_only + ["strict"] * rule.strict
    properties: dict[str, Any] = {
        "tags": [tag for tag in dict.fromkeys(tags) if tag][:MOST_TAGS],
        "precision": "medium" if rule.strict else "high",
        "problem.severity": _PROBLEM_SEVERITIES[rule.severity],
    }
    if rule.security:
        properties["security-severity"] = _SECURITY_SEVERITIES[rule.severity]
    return properties


def _invocation(report: Report, options: RenderOptions, left_out: int) -> Any:
    notifications = [_notification(diagnostic, options) for diagnostic in report.diagnostics]
    if left_out:
        message = f"The {left_out} least severe results are left out: {MOST_RESULTS} are allowed."
        notifications.append(om.Notification(message=om.Message(text=message), level="warning"))
    return om.Invocation(
        execution_successful=not report.incomplete,
        tool_execution_notifications=notifications,
    )


def _notification(diagnostic: Diagnostic, options: RenderOptions) -> Any:
    text = _period(sentence(diagnostic.message) or "Something could not be read")
    if diagnostic.hint:
        text += f" {_period(sentence(diagnostic.hint))}"
    notification = om.Notification(
        message=_message(text, LONGEST_SENTENCE), level=diagnostic.severity
    )
    if diagnostic.path:
        place = om.PhysicalLocation(artifact_location=_artifact(diagnostic.path, options))
        place.region = _region(diagnostic.span) if diagnostic.span else None
        notification.locations = [om.Location(physical_location=place)]
    return notification


class _Results:
    """The results of a run, at most as many as are allowed; `left_out` counts the others."""

    def __init__(self, report: Report, options: RenderOptions) -> None:
        suppressed = report.suppressed if options.include_suppressed else []
        undecided = report.undecided if options.show_undecided else []
        placed = [check for check in undecided if check.span or check.origin_span]
        total = len(report.findings) + len(suppressed) + len(placed)
        self.left_out = max(0, total - MOST_RESULTS)
        self._findings = _most_severe(report.findings, MOST_RESULTS)
        self._suppressed = suppressed[: MOST_RESULTS - len(self._findings)]
        room = MOST_RESULTS - len(self._findings) - len(self._suppressed)
        self._undecided = placed[:room]
        self._options = options
        self._indexes = {name: index for index, name in enumerate(report.rules)}
        self._fingerprints = Fingerprints()
        self._hashes: dict[SourceFile, LineHashes] = {}

    def __iter__(self) -> Iterator[Any]:
        yield from map(self._finding, self._findings)
        yield from map(self._suppression, self._suppressed)
        for check in self._undecided:
            if span := check.span or check.origin_span:
                yield self._open(check, span)

    def _finding(self, finding: Reported) -> Any:
        related = finding.related[:MOST_RELATED]
        result = self._result(finding.policy, finding.address, finding.span, related)
        result.message = om.Message(text=_finding_text(finding, related))
        result.level = _LEVELS[finding.severity]
        return result

    def _suppression(self, held: Suppressed) -> Any:
        result = self._finding(held.finding)
        kind = "inSource" if held.by == "comment" else "external"
        # Without a status (sarif-om calls it `state`) a suppression counts as accepted.
        result.suppressions = [om.Suppression(kind=kind, justification=sentence(held.reason))]
        return result

    def _open(self, check: UndecidedCheck, span: Span) -> Any:
        steps = check.chain[: MOST_RELATED - 1]
        if check.origin_span:
            steps += (Related(f"{check.origin} {check.reason}", check.origin_span),)
        result = self._result(check.policy, check.address, span, steps)
        result.message = om.Message(text=_undecided_text(check, steps))
        result.kind, result.level = "open", "none"
        return result

    def _result(self, policy: str, address: str, span: Span, related: tuple[Related, ...]) -> Any:
        location = self._location(span)
        location.logical_locations = _logical(address)
        return om.Result(
            message=None,
            rule_id=policy,
            rule_index=self._indexes.get(policy, -1),
            locations=[location],
            related_locations=self._related(related),
            partial_fingerprints={
                "cloudlint/v1": self._fingerprints.next(policy, address, span.path),
                "primaryLocationLineHash": self._line_hash(span),
            },
        )

    def _location(self, span: Span) -> Any:
        artifact = _artifact(span.path, self._options)
        place = om.PhysicalLocation(artifact_location=artifact, region=_region(span))
        return om.Location(physical_location=place)

    def _related(self, related: tuple[Related, ...]) -> list[Any]:
        locations = []
        for number, step in enumerate(related, start=1):
            location = self._location(step.span)
            location.id = number
            location.message = _message(_step_name(step), LONGEST_SENTENCE)
            locations.append(location)
        return locations

    def _line_hash(self, span: Span) -> str:
        if span.file not in self._hashes:
            self._hashes[span.file] = LineHashes(span.file.text)
        return self._hashes[span.file].of(span.first.line)


def _most_severe(findings: list[Reported], most: int) -> list[Reported]:
    """At most `most` of the findings, the most severe ones, in the order they are in."""
    if len(findings) <= most:
        return findings
    by_severity = sorted(range(len(findings)), key=lambda index: -findings[index].severity)
    return [findings[index] for index in sorted(by_severity[:most])]


def _finding_text(finding: Reported, related: tuple[Related, ...]) -> str:
    parts = [_period(_unlinked(finding.message) or finding.policy)]
    if finding.condition:
        parts.append(_period(f"If it exists: {_unlinked(finding.condition)}"))
    if finding.instances:
        number = count(len(finding.instances), "instance")
        parts.append(f"For {number}: {_unlinked(listed(finding.instances, INSTANCES_NAMED))}.")
    if related:
        parts.append(f"See {_links(related)}.")
    if finding.fix:
        parts.append(_period(f"Fix: {_unlinked(finding.fix)}"))
    return " ".join(parts)


def _undecided_text(check: UndecidedCheck, steps: tuple[Related, ...]) -> str:
    subject = f"Undecided for {check.address}" if check.address else "Undecided"
    parts = [_period(_unlinked(f"{subject}: {check.origin} {check.reason}"))]
    if steps:
        parts.append(f"See {_links(steps)}.")
    if check.settle:
        parts.append(f"Settle with: {_unlinked(check.settle)}")
    return " ".join(parts)


def _links(related: tuple[Related, ...]) -> str:
    """Links to related locations by their ids, which code scanning wants to show them at all."""
    names = (re.sub(r"([\\\[\]])", r"\\\1", _step_name(step)) for step in related)
    return ", ".join(f"[{name}]({number})" for number, name in enumerate(names, start=1))


def _step_name(step: Related) -> str:
    return sentence(step.message) or "related place"


def _unlinked(text: str) -> str:
    """One sentence of bounded length in which nothing reads as a link."""
    return _shortened(sentence(text), LONGEST_SENTENCE).replace("](", "] (")


def _period(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _message(text: str, longest: int) -> Any:
    return om.Message(text=_shortened(text, longest))


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _logical(address: str) -> list[Any] | None:
    if not address:
        return None
    return [om.LogicalLocation(fully_qualified_name=well_formed(address), kind="resource")]


def _artifact(path: str, options: RenderOptions) -> Any:
    base = ROOT if options.root_uri else None
    return om.ArtifactLocation(uri=_uri(path), uri_base_id=base)


def _uri(path: str) -> str:
    """A relative URI; bytes of a file name that were not UTF-8 stay the bytes they were."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(well_formed(path))


def _region(span: Span) -> Any:
    span = trimmed(span)
    first, last = span.first, span.last
    start, end = span.utf16_columns()
    return om.Region(start_line=first.line, start_column=start, end_line=last.line, end_column=end)


_Fields = list[tuple[str, str, Any]]
_fields_of: dict[type, _Fields] = {}
# A reader that does not apply defaults would take a missing one of these for something else.
_ALWAYS = frozenset({"level"})


def _fields(kind: type) -> _Fields:
    """Attribute, name in SARIF, and default of each property of a class of sarif-om."""
    if kind not in _fields_of:
        _fields_of[kind] = [
            (field.name, field.metadata["schema_property_name"], _default(field))
            for field in kind.__attrs_attrs__  # type: ignore[attr-defined]
        ]
    return _fields_of[kind]


def _default(field: Any) -> Any:
    factory = getattr(field.default, "factory", None)
    return factory() if factory else field.default


def _plain(value: Any) -> Any:
    """An object of sarif-om as plain data, without what is absent, empty or the default."""
    if isinstance(value, str | int | float):
        return well_formed(value) if isinstance(value, str) else value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    plain = {}
    for attribute, name, default in _fields(type(value)):
        item = getattr(value, attribute)
        if item is None or item == "" or item == []:
            continue
        if item != default or name in _ALWAYS:
            plain[name] = _plain(item)
    return plain
