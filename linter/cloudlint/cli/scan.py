"""`cloudlint scan`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cloudlint.cli import EXIT_FINDINGS, EXIT_INCOMPLETE
from cloudlint.cli.catalogue import policies_option
from cloudlint.cli.variables import environment, variable_options

if TYPE_CHECKING:
    from cloudlint.report import Report
    from cloudlint.scan import Scan
    from cloudlint.severity import Severity

SEVERITIES = ("critical", "high", "medium", "low", "never")
_FILE = click.Path(path_type=Path)


def _words(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> list[str]:
    """Names given one by one or separated by commas."""
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


@click.command("scan", short_help="Check files and folders.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, readable=False, path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="text (default), json or sarif; with =FILE written there. May be repeated.",
)
@click.option("--output", type=_FILE, metavar="FILE", help="Where the last format is written.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="The severity from which findings fail the run (default: medium).",
)
@click.option("--show-undecided", is_flag=True, help="List undecided checks, with their reasons.")
@click.option(
    "--select",
    multiple=True,
    callback=_words,
    metavar="NAME,…",
    help="Run these policies or pillars only.",
)
@click.option(
    "--ignore",
    multiple=True,
    callback=_words,
    metavar="NAME,…",
    help="Run all policies but these, by policy or pillar.",
)
@click.option("--strict", is_flag=True, help="Run the strict set too, which is off by default.")
@click.option("--include-staging", is_flag=True, help="Judge staging as production is judged.")
@variable_options
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Use this configuration instead of the repository's.",
)
@policies_option
@click.option("--no-cache", is_flag=True, help="Neither read nor keep syntax trees of other scans.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colored text."
)
def command(
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    fail_on: str | None,
    show_undecided: bool,
    select: list[str],
    ignore: list[str],
    strict: bool,
    include_staging: bool,
    variables: dict[str, str],
    var_files: tuple[Path, ...],
    use_environment: bool,
    workspace: str,
    config: Path | None,
    policies: tuple[str, ...],
    no_cache: bool,
    color: str,
) -> int:
    """Check PATH… (files and folders; the current folder by default).

    Exits with 1 where there are findings, 2 where the command line or the configuration is
    wrong, and 3 where something could not be checked.
    """
    # A scan only ever adds to what it holds and ends with its process: looking for garbage in
    # between costs a quarter of its time and finds next to nothing.
    gc.disable()
    from cloudlint.cli.outputs import Outputs
    from cloudlint.cli.progress import watching
    from cloudlint.scan import Request, scan

    outputs = Outputs.of(formats, output)
    request = Request(
        paths=paths or (Path(),),
        config=config,
        policies=policies,
        select=select,
        ignore=ignore,
        strict=strict,
        include_staging=include_staging,
        variables=variables,
        var_files=var_files,
        environment=environment() if use_environment else {},
        workspace=workspace,
        use_cache=not no_cache,
    )
    with watching(sys.stderr) as watch:
        done = scan(request, watch)
    outputs.write(done, show_undecided=show_undecided, color=color)
    return _exit_code(done.report, _threshold(fail_on, done))


def _threshold(fail_on: str | None, done: Scan) -> Severity | None:
    from cloudlint.severity import Severity

    if fail_on is None:
        return done.config.fail_on
    return None if fail_on == "never" else Severity.parse(fail_on)


def _exit_code(report: Report, threshold: Severity | None) -> int:
    """An incomplete scan is told before findings are: they may not be all."""
    if report.incomplete:
        return EXIT_INCOMPLETE
    failing = threshold is not None and any(f.severity >= threshold for f in report.findings)
    return EXIT_FINDINGS if failing else 0
