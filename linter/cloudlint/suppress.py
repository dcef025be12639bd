"""Suppressions: comments that hold findings back, with a reason.

    # cloudlint: ignore[single-az-data-store, unpinned-image] until=2027-03-31 the reason

A comment with code before it means its own line; one by itself means the line below (below
further comments, not below a blank line). With the line goes everything that begins on it: a
block, an argument over several lines, a compose service, an instruction with its continuation
lines. What counts is where the finding points, wherever its value was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from cloudlint.documentation import document
from cloudlint.layout import Layout, layout
from cloudlint.report import Reported, Rule, Suppressed, UndecidedCheck
from cloudlint.severity import Severity
from cloudlint.source import SourceFile, Span

MARK = "cloudlint:"
MAX_IN_FILE = 1_000
_COMMENT = re.compile(r"(?:#|//|/\*)[ \t]*cloudlint:(?P<rest>[^\r\n]*)")
_IGNORE = re.compile(r"ignore[ \t]*\[(?P<names>[^\[\]]*)\][ \t]*(?P<rest>.*)\Z")
_UNTIL = re.compile(r"(?:^|[ \t])until=(?P<date>\S*)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)

_DOCUMENTATION = document(
    """A suppression that suppresses nothing hides what it was meant for, or is litter.

    Reported is a `cloudlint: ignore[…]` comment that holds no finding back, whose `until` date
    has passed, that gives no reason, or that names a policy which does not exist. Where the
    policy was not run, could not decide, or the file could not be read in full, nothing is said.

    Fix: remove the comment, or put it on the finding's line or the line above and say why.
    """
)
RULE = Rule(
    name="unused-suppression",
    pillar="suppressions",
    severity=Severity.LOW,
    summary=_DOCUMENTATION.summary,
    description=_DOCUMENTATION.description,
    fix=_DOCUMENTATION.fix,
    documentation=_DOCUMENTATION.text,
    standard="cloudlint's own",
    security=False,
    production_only=False,
    strict=False,
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: the policies it names, and the first and last line it is about.

    `fault` tells why it has no effect, whatever is found.
    """

    span: Span
    policies: tuple[str, ...]
    reason: str
    lines: tuple[int, int]
    until: date | None = None
    fault: str = ""

    def covers(self, policy: str, span: Span | None) -> bool:
        if span is None or policy not in self.policies or span.file is not self.span.file:
            return False
        return self.lines[0] <= span.first.line <= self.lines[1]


@dataclass(frozen=True, slots=True)
class Judged:
    """What may be said of a suppression: whether a policy exists, and which ones were run."""

    exists: Callable[[str], bool]
    run: Collection[str]


@dataclass(slots=True)
class Outcome:
    """Findings that stay and those held back; `faults` are findings about suppressions."""

    findings: list[Reported] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    faults: list[Reported] = field(default_factory=list)


def apply(
    findings: Iterable[Reported],
    undecided: Iterable[UndecidedCheck],
    files: Iterable[SourceFile],
    judged: Judged,
    today: date | None = None,
) -> Outcome:
    """Hold back what the comments in the findings' files suppress; report the idle ones among
    the comments of `files`. Expiry is decided by `today`, a suppression's last day being good."""
    by_file = _Suppressions(today or date.today())
    outcome = Outcome()
    used: set[tuple[Suppression, str]] = set()
    for finding in findings:
        found = by_file.covering(finding.policy, finding.span)
        used.update((suppression, finding.policy) for suppression in found)
        if found:
            outcome.suppressed.append(Suppressed(finding, found[0].reason, "comment"))
        else:
            outcome.findings.append(finding)
    for check in undecided:
        found = by_file.covering(check.policy, check.span)
        used.update((suppression, check.policy) for suppression in found)
    for file in files:
        for suppression in by_file.of(file):
            outcome.faults += _faults(suppression, used, judged)
    return outcome


class _Suppressions:
    """The suppressions of files, each file looked at once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._files: dict[SourceFile, list[Suppression]] = {}

    def of(self, file: SourceFile) -> list[Suppression]:
        if file not in self._files:
            self._files[file] = read(file, self._today)
        return self._files[file]

    def covering(self, policy: str, span: Span | None) -> list[Suppression]:
        """Those in effect for a policy at a place."""
        if span is None:
            return []
        return [s for s in self.of(span.file) if not s.fault and s.covers(policy, span)]


def _faults(
    suppression: Suppression, used: Collection[tuple[Suppression, str]], judged: Judged
) -> Iterator[Reported]:
    if suppression.fault:
        yield _fault(suppression, suppression.fault)
        return
    for name in suppression.policies:
        if not judged.exists(name):
            yield _fault(suppression, f"there is no policy `{name}` to suppress")
        elif name in judged.run and (suppression, name) not in used:
            yield _fault(suppression, f"no finding of `{name}` is suppressed here")


def _fault(suppression: Suppression, message: str) -> Reported:
    return Reported(
        policy=RULE.name,
        severity=RULE.severity,
        message=message,
        fix=RULE.fix,
        address="",
        span=suppression.span,
    )


# -- reading the comments --------------------------------------------------------------------------


def read(file: SourceFile, today: date) -> list[Suppression]:
    """The suppressions in a file, in order; one after MAX_IN_FILE says that there are more."""
    if MARK not in file.text:
        return []
    here = layout(file)
    found: list[Suppression] = []
    for match in _COMMENT.finditer(file.text):
        if here.is_comment(match.start()):
            found.append(_suppression(file, match, here, today))
            if len(found) > MAX_IN_FILE:
                fault = f"only the first {MAX_IN_FILE} suppressions of a file are read"
                return [*found[:-1], replace(found[-1], fault=fault)]
    return found


def _suppression(file: SourceFile, match: re.Match[str], here: Layout, today: date) -> Suppression:
    rest = match["rest"].partition("*/")[0] if match[0].startswith("/*") else match["rest"]
    span = file.span(match.start(), match.start("rest") + len(rest.rstrip()))
    lines = here.reach(span.first.line)
    ignore = _IGNORE.match(rest.strip())
    if ignore is None:
        fault = "this is no suppression: write `cloudlint: ignore[policy-name] reason`"
        return Suppression(span, (), "", lines, fault=fault)
    names = tuple(dict.fromkeys(n.strip() for n in ignore["names"].split(",") if n.strip()))
    until = _UNTIL.search(ignore["rest"])
    reason = " ".join(_UNTIL.sub(" ", ignore["rest"]).split())
    last_day = _date(until["date"]) if until else None
    fault = ""
    if not names:
        fault = "the suppression names no policy"
    elif until and last_day is None:
        fault = f"`until={until['date']}` is no date: write until=YYYY-MM-DD"
    elif not reason:
        fault = "the suppression gives no reason, so it has no effect"
    elif last_day and last_day < today:
        fault = f"the suppression has expired on {last_day}"
    return Suppression(span, names, reason, lines, last_day, fault)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        return None
