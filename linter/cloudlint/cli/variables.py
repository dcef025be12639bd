"""The options that give values to Terraform's variables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., object])


def _pairs(ctx: click.Context, param: click.Parameter, given: Iterable[str]) -> dict[str, str]:
    return dict(map(_pair, given))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(f"{text!r} is not NAME=VALUE")
    return name.strip(), value


def variable_options(command: _F) -> _F:
    """Adds `--var` (its argument: a dict), `--var-file`, `--use-environment` and `--workspace`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS: tuple[Callable[[_F], _F], ...] = (
    click.option(
        "--var",
        "variables",
        multiple=True,
        callback=_pairs,
        metavar="NAME=VALUE",
        help="The value of a Terraform variable. May be repeated.",
    ),
    click.option(
        "--var-file",
        "var_files",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="A file with values of Terraform variables. May be repeated.",
    ),
    click.option(
        "--use-environment",
        is_flag=True,
        help="Read TF_VAR_… environment variables as Terraform does.",
    ),
    click.option(
        "--workspace",
        default="",
        metavar="NAME",
        help="The Terraform workspace, where the configuration names none.",
    ),
)


def environment() -> dict[str, str]:
    """The `TF_VAR_…` variables, without that prefix."""
    prefix = "TF_VAR_"
    given = os.environ.items()
    return {name.removeprefix(prefix): text for name, text in given if name.startswith(prefix)}
