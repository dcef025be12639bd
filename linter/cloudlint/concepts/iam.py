"""Statements of IAM policies, in whatever form a policy is written."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.concepts.base import Concept, is_any_of
from cloudlint.values import Known, Template, Value
from cloudlint.values.symbols import Attribute, Root
from cloudlint.values.types import STRING

__all__ = ["IamStatement"]


@dataclass(slots=True, eq=False)
class IamStatement(Concept):
    """One statement of a policy that says what somebody may do (those that stand on a resource,
    and say who may do what with it, are another thing).

    `body` is the statement as AWS has it (`Effect`, `Action`, …). Every question may raise
    `Undecided`.
    """

    body: Value

    @property
    def allows(self) -> bool:
        return not self.body["Effect"].is_null and self.body["Effect"] == "Allow"

    @property
    def actions(self) -> list[Value]:
        return as_list(self.body["Action"])

    @property
    def not_actions(self) -> list[Value]:
        return as_list(self.body["NotAction"])

    @property
    def resources(self) -> list[Value]:
        return as_list(self.body["Resource"])

    @property
    def not_resources(self) -> list[Value]:
        return as_list(self.body["NotResource"])


def as_list(value: Value) -> list[Value]:
    """IAM takes one text for a list of one; nothing for an empty list."""
    if isinstance(value, Known):
        return [value] if value.kind == "string" else list(value)
    if isinstance(value, Template) or value.type == STRING or isinstance(value.symbol, Attribute):
        return [value]
    raise value.undecided()


def first_match(values: list[Value], *texts: str) -> Value | None:
    """The first value that is one of these texts; raises `Undecided` where none is known to be
    and one may be."""
    doubtful: Value | None = None
    for value in values:
        answer = is_any_of(value, *texts).truth()
        if answer:
            return value
        if answer is None and doubtful is None and not _is_arn(value):
            doubtful = value
    if doubtful is not None:
        raise doubtful.undecided()
    return None


def _is_arn(value: Value) -> bool:
    """Whether it is a provider's name of one thing, whatever that name is."""
    symbol = value.symbol
    return (
        isinstance(symbol, Attribute)
        and (symbol.name == "arn" or symbol.name.endswith("_arn"))
        and isinstance(symbol.base, Root)
        and bool(symbol.base.kind)
    )
