"""`cloudlint explain`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cloudlint.cli.catalogue import policies_option

if TYPE_CHECKING:
    from cloudlint.cli.catalogue import Entry


@click.command("explain", short_help="Tell what a policy finds, and how to fix it.")
@click.argument("name")
@policies_option
def command(name: str, policies: tuple[str, ...]) -> None:
    """Tell what the policy NAME finds, why, how to fix it, and which options it has."""
    from cloudlint.cli.catalogue import find
    from cloudlint.cli.streams import write_output

    write_output("".join(f"{line}\n" for line in _page(find(name, policies))))


def _page(entry: Entry) -> Iterator[str]:
    rule = entry.rule
    yield f"# {rule.name}"
    yield ""
    yield f"Severity: {rule.severity}"
    yield f"Pillar: {rule.pillar}"
    yield f"Standard: {rule.standard}"
    if rule.production_only:
        yield "Judges: production only"
    if rule.strict:
        yield "Off by default: it belongs to the strict set"
    yield ""
    yield rule.documentation
    if entry.options:
        yield ""
        yield "## Options"
        yield "```toml"
        yield f"[policies.{rule.name}]"
        yield from (f"{option.key} = {option.default}  # {option.kind}" for option in entry.options)
        yield "```"
