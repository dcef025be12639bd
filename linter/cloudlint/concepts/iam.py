"""Statements of IAM policies, in whatever form a policy is written."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.values import Known, Value, known, same

__all__ = ["IamStatement"]


@dataclass(slots=True, eq=False)
class IamStatement(Concept):
    """One statement of a policy that is attached to somebody or something.

    `body` is the statement as AWS has it (`Effect`, `Action`, …); `document` is the argument that
    holds the policy. Every question may raise `Undecided`.
    """

    document: Value
    body: Value
    is_resource_policy: bool = False
    """Whether the policy stands on a resource (a bucket, a key), which then is meant by `*`."""

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
    if isinstance(value, Known) and value.kind == "string":
        return [value]
    if value.symbol is None and not isinstance(value, Known):
        return [value]
    if isinstance(value, Known):
        return list(value)
    raise value.undecided()


def first_match(values: list[Value], *texts: str) -> Value | None:
    """The first value that is one of these texts; raises `Undecided` where none is known to be
    and one may be."""
    doubtful: Value | None = None
    for value in values:
        answers = [same(value, known(text)) for text in texts]
        if any(answers):
            return value
        if None in answers and doubtful is None:
            doubtful = value
    if doubtful is not None:
        raise doubtful.undecided()
    return None
