"""What the commands that tell about policies share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from cloudlint.policy import Option, Policy
    from cloudlint.report import Rule

_F = TypeVar("_F", bound=Callable[..., object])


def policies_option(command: _F) -> _F:
    """Adds `--policies`."""
    option: Callable[[_F], _F] = click.option(
        "--policies",
        multiple=True,
        metavar="MODULE|PATH",
        help="Also load policies from here: they are Python code. May be repeated.",
    )
    return option(command)


@dataclass(frozen=True, slots=True)
class OptionText:
    """An option as the configuration has it: `default` is its TOML."""

    key: str
    kind: str
    value: object
    default: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy, or a rule of cloudlint's own, with its options."""

    rule: Rule
    options: Sequence[OptionText] = ()


def entries(given: Sequence[str]) -> list[Entry]:
    """Everything that can be found, by name. Raises `Misuse`."""
    from cloudlint import suppress
    from cloudlint.plugins import Catalogue

    found = [_entry(policy) for policy in Catalogue(given).all()]
    return sorted([*found, Entry(suppress.RULE)], key=lambda entry: entry.rule.name)


def find(name: str, given: Sequence[str]) -> Entry:
    """Raises `Misuse` for a name that nothing has."""
    from cloudlint import suppress
    from cloudlint.plugins import Catalogue

    if name == suppress.RULE.name:
        return Entry(suppress.RULE)
    return _entry(Catalogue(given).policy(name))


def _entry(policy: Policy) -> Entry:
    from cloudlint.engine import rule_of

    return Entry(rule_of(policy), [_option(option) for option in policy.options.values()])


def _option(option: Option) -> OptionText:
    import json

    kinds: dict[object, str] = {bool: "true or false", int: "whole number", str: "string"}
    return OptionText(
        key=option.name.replace("_", "-"),
        kind=kinds.get(option.type, "list of strings"),
        value=option.default,
        default=json.dumps(option.default, ensure_ascii=False),
    )
