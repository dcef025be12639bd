"""`cloudlint policies`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from cloudlint.cli.catalogue import policies_option

if TYPE_CHECKING:
    from cloudlint.cli.catalogue import Entry


@click.command("policies", short_help="List all policies.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people (default) or for programs.",
)
@policies_option
def command(format_: str, policies: tuple[str, ...]) -> None:
    """List all policies: name, severity, pillar and what is wrong."""
    from cloudlint.cli.catalogue import entries
    from cloudlint.cli.streams import write_output

    listed = entries(policies)
    write_output(_json(listed) if format_ == "json" else "".join(_table(listed)))


def _table(entries: Sequence[Entry]) -> Iterator[str]:
    rows = [(e.rule.name, str(e.rule.severity), e.rule.pillar, e.rule.summary) for e in entries]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  ".join((*cells, row[3])) + "\n"


def _json(entries: Sequence[Entry]) -> str:
    import json

    return json.dumps([_described(entry) for entry in entries], indent=2) + "\n"


def _described(entry: Entry) -> dict[str, Any]:
    rule = entry.rule
    return {
        "name": rule.name,
        "severity": str(rule.severity),
        "pillar": rule.pillar,
        "summary": rule.summary,
        "fix": rule.fix,
        "standard": rule.standard,
        "production_only": rule.production_only,
        "security": rule.security,
        "strict": rule.strict,
        "options": {
            option.key: {"type": option.kind, "default": option.value} for option in entry.options
        },
    }
