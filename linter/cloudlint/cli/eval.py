"""`cloudlint eval`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cloudlint.cli import EXIT_INCOMPLETE
from cloudlint.cli.variables import environment, variable_options

if TYPE_CHECKING:
    from cloudlint.discovery import Inputs, Repository
    from cloudlint.parsers.terraform.session import Session

EXIT_UNDECIDED = 1


@click.command("eval", short_help="Evaluate a Terraform expression.")
@click.argument("expression")
@click.argument(
    "path",
    default=Path(),
    type=click.Path(exists=True, file_okay=False, readable=False, path_type=Path),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    help="For people (default) or for programs.",
)
@variable_options
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Use this configuration instead of the repository's.",
)
def command(
    expression: str,
    path: Path,
    format_: str | None,
    variables: dict[str, str],
    var_files: tuple[Path, ...],
    use_environment: bool,
    workspace: str,
    config: Path | None,
) -> int:
    """Evaluate EXPRESSION as a part of the Terraform module in PATH (the current folder by
    default) and print its value, or why it is not known.

    With `-` for EXPRESSION, expressions are read from standard input, one a line, and answered by
    one JSON object a line. An EXPRESSION that begins with a minus sign needs `--` before it.

    Exits with 0 where the value is known, 1 where it is not, 2 where the command line or the
    configuration is wrong, and 3 where the expression is, or files could not be read.
    """
    from cloudlint.scan import Request, terraform_inputs

    if expression == "-" and format_ == "text":
        raise click.BadParameter("`-` answers in JSON only", param_hint="'--format'")
    given = environment() if use_environment else {}
    request = Request(
        (path,),
        config=config,
        variables=variables,
        var_files=var_files,
        environment=given,
        workspace=workspace,
    )
    session = _session(path, *terraform_inputs(request))
    expressions = _lines() if expression == "-" else iter([expression])
    code = _write(session, expressions, as_json=format_ == "json" or expression == "-")
    return code if _is_sound(session) else EXIT_INCOMPLETE


def _session(path: Path, repository: Repository, inputs: Inputs) -> Session:
    """Raises `Misuse` for a `--var` that names no variable."""
    from cloudlint.parsers.terraform.session import Session
    from cloudlint.usage import Misuse, did_you_mean

    directory = path.resolve().relative_to(repository.root).as_posix()
    session = Session(repository, directory, inputs)
    declared = session.module.config.variables
    for name in inputs.variables:
        if name not in declared:
            message = f"--var {name}: there is no variable `{name}` in {path}"
            raise Misuse(message, hint=did_you_mean(name, declared))
    return session


def _lines() -> Iterator[str]:
    for line in sys.stdin or ():
        if line.strip():
            yield line.rstrip("\r\n")


def _write(session: Session, expressions: Iterator[str], *, as_json: bool) -> int:
    """Write an answer to each expression as it comes; the exit code that fits the worst."""
    from cloudlint.cli.answers import Failed, Undecided, answer
    from cloudlint.cli.streams import complain, write_output

    code = 0
    for expression in expressions:
        said = answer(session, expression)
        if isinstance(said, Failed):
            code = EXIT_INCOMPLETE
        elif isinstance(said, Undecided):
            code = max(code, EXIT_UNDECIDED)
        if as_json:
            write_output(said.line())
        else:
            (complain if isinstance(said, Failed) else write_output)(said.text())
    return code


def _is_sound(session: Session) -> bool:
    """Tells what is wrong with the files read; whether they could all be read."""
    from cloudlint.cli.streams import complain
    from cloudlint.reporters.display import sentence

    sound = True
    for diagnostic in dict.fromkeys(session.diagnostics()):
        sound = sound and diagnostic.severity != "error"
        complain(
            sentence(f"{diagnostic.severity}: {diagnostic.place}: {diagnostic.message}") + "\n"
        )
    return sound
