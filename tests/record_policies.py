"""Write docs/policies.md from the policies themselves: `python tests/record_policies.py`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from cloudlint.plugins import Catalogue
from cloudlint.policy import Policy

DOCUMENT = Path(__file__).parents[1] / "docs" / "policies.md"
_HEAD = """# Policies

What cloudlint checks, by pillar. `cloudlint explain NAME` has the whole text with examples. A `P`
after the severity: judged in production only.
"""


def built_in() -> list[Policy]:
    """The policies that come with cloudlint, by name."""
    found = Catalogue().all()
    return [p for p in found if p.check.__module__.startswith("cloudlint_policies.")]


def document() -> str:
    """The text of docs/policies.md."""
    return "\n".join(_lines(sorted(built_in(), key=lambda p: (p.pillar, p.name))))


def _lines(policies: list[Policy]) -> Iterator[str]:
    yield _HEAD
    for pillar, members in groupby(policies, lambda policy: policy.pillar):
        yield f"## {pillar}\n\n| Policy | Severity | |\n|---|---|---|"
        yield from map(_row, members)
        yield ""


def _row(policy: Policy) -> str:
    severity = f"{policy.severity} P" if policy.production_only else str(policy.severity)
    summary = policy.documentation.summary.replace("|", "\\|")
    strict = " Off by default (strict set)." if policy.strict else ""
    return f"| `{policy.name}` | {severity} | {summary}{strict} |"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
