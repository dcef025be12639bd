"""What tests are told of a project that policies have judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.engine import Verdicts
from cloudlint.report import Reported
from cloudlint.source import Diagnostic


@dataclass(frozen=True, slots=True)
class Judged:
    """What policies said of a project."""

    verdicts: Verdicts
    diagnostics: list[Diagnostic]

    @property
    def findings(self) -> list[Reported]:
        return self.verdicts.findings

    @property
    def places(self) -> list[str]:
        """`path:line text` of every finding, the text in one line."""
        return [
            f"{finding.span.path}:{finding.span.first.line} {' '.join(finding.span.text.split())}"
            for finding in self.findings
        ]

    @property
    def messages(self) -> list[str]:
        return [finding.message for finding in self.findings]

    @property
    def undecided(self) -> list[str]:
        """What every undecided check hangs on: `var.x has no value`."""
        return [f"{check.origin} {check.reason}" for check in self.verdicts.undecided]

    @property
    def is_silent(self) -> bool:
        """Nothing found, nothing undecided, and nothing went wrong."""
        return not (self.findings or self.undecided or self.verdicts.errors)


Judge = Callable[..., Judged]
