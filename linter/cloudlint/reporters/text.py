"""The report for people: findings with code frames, what went wrong, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cloudlint.report import Related, Report, Reported, UndecidedCheck
from cloudlint.reporters.display import count, listed, sentence, visible
from cloudlint.reporters.frame import FrameLine, Masks, frame, line_numbers
from cloudlint.reporters.options import RenderOptions
from cloudlint.severity import Severity
from cloudlint.source import Diagnostic

RELATED_SHOWN = 10
ADDRESSES_SHOWN = 3

BOLD, RED, YELLOW, BLUE, MAGENTA, CYAN = "1", "1;31", "1;33", "1;34", "1;35", "1;36"
_SEVERITY_STYLES = {
    Severity.CRITICAL: MAGENTA,
    Severity.HIGH: RED,
    Severity.MEDIUM: YELLOW,
    Severity.LOW: CYAN,
}


def render(report: Report, options: RenderOptions) -> str:
    return "".join(stream(report, options))


def stream(report: Report, options: RenderOptions) -> Iterator[str]:
    """The text in pieces that can be written as they come, one per finding or paragraph."""
    painter = _Painter(options, Masks.of(report))
    for finding in report.findings:
        yield painter.finding(finding) + "\n"
    if options.include_suppressed:
        for held in report.suppressed:
            reason = f"suppressed by {held.by}: {held.reason}"
            yield painter.finding(held.finding, reason) + "\n"
    for diagnostic in report.diagnostics:
        yield painter.diagnostic(diagnostic) + "\n"
    if options.show_undecided:
        for group in _by_origin(report.undecided):
            yield painter.undecided(group) + "\n"
    yield painter.summary(report)


class _Painter:
    def __init__(self, options: RenderOptions, masks: Masks) -> None:
        self._options = options
        self._masks = masks

    def finding(self, finding: Reported, suppression: str = "") -> str:
        related = finding.related[:RELATED_SHOWN]
        spans = [finding.span, *(step.span for step in related)]
        gutter = len(str(max(map(line_numbers, spans))))
        style = _SEVERITY_STYLES[finding.severity]
        lines = [
            self._title(f"{finding.severity}[{finding.policy}]", style, finding.message),
            self._place(gutter, "-->", finding.span.place),
            self._bar(gutter),
        ]
        room = self._options.width - gutter - len(" | ")
        for line in frame(finding.span, self._masks, room):
            lines.append(self._frame_line(gutter, line, style))
        for step in related:
            lines += self._step(gutter, step, room)
        if notes := list(_notes(finding, suppression)):
            lines.append(self._bar(gutter))
            lines += [self._note(gutter, name, text) for name, text in notes]
        return "".join(f"{line}\n" for line in lines)

    def diagnostic(self, diagnostic: Diagnostic) -> str:
        # No frame: nobody has judged yet which of this text is a secret.
        style = RED if diagnostic.severity == "error" else YELLOW
        lines = [self._title(diagnostic.severity, style, diagnostic.message)]
        if diagnostic.place:
            lines.append(self._place(1, "-->", diagnostic.place))
        if diagnostic.hint:
            lines.append(self._note(1, "help", diagnostic.hint))
        return "".join(f"{line}\n" for line in lines)

    def undecided(self, checks: list[UndecidedCheck]) -> str:
        """Checks of one origin and reason."""
        first = checks[0]
        addresses: dict[str, list[str]] = {}
        for check in checks:
            addresses.setdefault(check.policy, []).append(check.address)
        policies = "1 policy" if len(addresses) == 1 else f"{len(addresses)} policies"
        message = f"{first.origin} {first.reason}: {count(len(checks), 'check')} of {policies}"
        lines = [self._title("undecided", CYAN, message)]
        if first.origin_span:
            lines.append(self._place(1, "-->", first.origin_span.place))
        for policy, names in addresses.items():
            lines.append(self._note(1, policy, listed(names, ADDRESSES_SHOWN)))
        if first.settle:
            lines.append(self._note(1, "settle with", first.settle))
        return "".join(f"{line}\n" for line in lines)

    def summary(self, report: Report) -> str:
        parts = [self._counts(report)]
        if report.undecided:
            hint = "" if self._options.show_undecided else " (--show-undecided lists them)"
            parts.append(f"{len(report.undecided)} undecided{hint}")
        if report.suppressed:
            parts.append(f"{len(report.suppressed)} suppressed")
        parts.append(f"{count(report.passed, 'check')} passed")
        parts.append(f"{count(report.files, 'file')} in {report.seconds:.2f} s")
        lines = [", ".join(parts)]
        if report.incomplete:
            errors = sum(diagnostic.severity == "error" for diagnostic in report.diagnostics)
            message = f"the scan is incomplete: {count(errors, 'error')} (see above)"
            lines.append(self._paint(message, RED))
        return "".join(f"{line}\n" for line in lines)

    def _counts(self, report: Report) -> str:
        if not report.findings:
            return self._paint("no findings", BOLD)
        counts = Counter(finding.severity for finding in report.findings)
        severities = ", ".join(
            self._paint(f"{counts[severity]} {severity}", _SEVERITY_STYLES[severity])
            for severity in sorted(counts, reverse=True)
        )
        total = self._paint(count(len(report.findings), "finding"), BOLD)
        return f"{total} ({severities})"

    def _title(self, kind: str, style: str, message: str) -> str:
        return self._paint(visible(kind), style) + self._paint(f": {sentence(message)}", BOLD)

    def _place(self, gutter: int, arrow: str, place: str) -> str:
        return f"{' ' * gutter}{self._paint(arrow, BLUE)} {visible(place)}"

    def _bar(self, gutter: int) -> str:
        return self._paint(f"{' ' * gutter} |", BLUE)

    def _note(self, gutter: int, name: str, text: str) -> str:
        bar = self._paint(f"{' ' * gutter} =", BLUE)
        return f"{bar} {self._paint(f'{visible(name)}:', BOLD)} {sentence(text)}"

    def _step(self, gutter: int, step: Related, room: int) -> Iterator[str]:
        yield self._place(gutter, ":::", step.span.place)
        for line in frame(step.span, self._masks, room, "-", sentence(step.message)):
            yield self._frame_line(gutter, line, BLUE)

    def _frame_line(self, gutter: int, line: FrameLine, style: str) -> str:
        elided = not (line.number or line.code or line.marks)
        name = "…" if elided else str(line.number or "")
        bar = self._paint(f"{name:>{gutter}} |", BLUE)
        text = line.code.rstrip() + self._paint(line.marks, style)
        lead = self._paint(line.lead if text else line.lead.rstrip(), style)
        return f"{bar} {lead}{text}" if lead or text else bar

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._options.color and text else text


def _notes(finding: Reported, suppression: str) -> Iterator[tuple[str, str]]:
    """What is said below the frames, as name and text."""
    if finding.address and finding.address not in finding.message:
        yield "resource", finding.address
    if finding.instances:
        number = count(len(finding.instances), "instance")
        yield f"for {number}", listed(finding.instances, ADDRESSES_SHOWN)
    if finding.condition:
        yield "if it exists", finding.condition
    if finding.environment:
        yield "environment", finding.environment
    if len(finding.related) > RELATED_SHOWN:
        yield "related", f"{len(finding.related) - RELATED_SHOWN} more places"
    if suppression:
        yield "note", suppression
    if finding.fix:
        yield "fix", finding.fix


def _by_origin(checks: list[UndecidedCheck]) -> list[list[UndecidedCheck]]:
    """Checks that wait for the same answer together, those that settle most first."""
    groups: dict[tuple[str, str, str], list[UndecidedCheck]] = {}
    for check in checks:
        place = check.origin_span.place if check.origin_span else ""
        groups.setdefault((check.origin, check.reason, place), []).append(check)
    return sorted(groups.values(), key=len, reverse=True)
