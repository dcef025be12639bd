"""The command line: arguments, files, streams and exit codes, and nothing else.

Commands are loaded when they are asked for: `cloudlint --version` imports click and the standard
library only.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from cloudlint import __version__

EXIT_FINDINGS, EXIT_USAGE, EXIT_INCOMPLETE, EXIT_INTERRUPTED = 1, 2, 3, 130


class _Commands(click.Group):
    """Imports a command's module when the command is used, or told about in `--help`."""

    modules = ("scan", "explain", "policies", "eval")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        command: click.Command = import_module(f"cloudlint.cli.{cmd_name}").command
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="cloudlint %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback if cloudlint itself fails.")
def commands(debug: bool) -> None:
    """Check Terraform files, Dockerfiles and compose files against policies."""


def run() -> NoReturn:
    """Run the process's command line, and end the process."""
    code = main()
    from cloudlint.cli.streams import leave

    leave(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (default: the process's) and return the exit code. Never raises."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except Exception as error:
        from cloudlint.cli.failures import report

        return report(error, debug=given[:1] == ["--debug"])


def _run(arguments: list[str]) -> int:
    try:
        code = commands.main(arguments, prog_name="cloudlint", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, click.Abort):
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except BrokenPipeError:
        from cloudlint.cli.streams import close_output

        close_output()
        return 0
