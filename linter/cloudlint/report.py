"""A finished report: what reporters turn into text, JSON or SARIF.

Everything here is plain data; nothing is computed from it twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cloudlint.severity import Severity as Severity
from cloudlint.source import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A policy as reports show it: its name, and the documentation in its docstring."""

    name: str
    pillar: str
    severity: Severity
    summary: str
    """The first sentence of the docstring, as plain text."""
    description: str
    """All text before the examples, Markdown."""
    fix: str
    """What to do, one sentence, Markdown; the `Fix:` paragraph of the docstring."""
    documentation: str
    """The whole docstring, Markdown, example markers taken out."""
    standard: str
    """The standard it comes from, as cited."""
    security: bool
    production_only: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class Related:
    """One step of the way to a finding, or another place that belongs to it."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding. `instances` are the addresses it holds for where they are more than `address`;
    `condition` says what its resource depends on when it may not exist."""

    policy: str
    severity: Severity
    message: str
    fix: str
    address: str
    span: Span
    related: tuple[Related, ...] = ()
    instances: tuple[str, ...] = ()
    condition: str = ""
    environment: str = ""
    redact: tuple[Span, ...] = ()
    """Source text that no output may show, such as the value of a secret, wherever it stands."""


@dataclass(frozen=True, slots=True)
class UndecidedCheck:
    """A check that could not be answered: `origin` `reason`, and the way there from `span`."""

    policy: str
    address: str
    span: Span | None
    origin: str
    reason: str
    origin_span: Span | None = None
    chain: tuple[Related, ...] = ()
    settle: str = ""
    """What a user could pass to settle it, as command line: `--var multi_az=…`; or empty."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that a comment (or the baseline) holds back, with the reason given."""

    finding: Reported
    reason: str
    by: str
    """`comment` or `baseline`."""


@dataclass(slots=True)
class Report:
    """What a scan found out. Findings are in reporting order: path, line, policy."""

    rules: dict[str, Rule]
    findings: list[Reported] = field(default_factory=list)
    undecided: list[UndecidedCheck] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    redact: tuple[Span, ...] = ()
    """Source text that no output may show, whoever reports the line it stands in."""
    passed: int = 0
    """Checks (policy and subject) that were answered and found nothing."""
    files: int = 0
    seconds: float = 0.0

    @property
    def incomplete(self) -> bool:
        """Whether part of the input was not checked."""
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)
