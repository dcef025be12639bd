"""Statements of IAM policies, in whatever form a policy is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from cloudlint.concepts.base import Concept, is_any_of
from cloudlint.values import Known, Template, Value, applied, known
from cloudlint.values.symbols import Attribute, Root
from cloudlint.values.types import BOOL, STRING

__all__ = ["IamStatement"]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a statement names of the actions or resources there are: `is_everything` is
    three-valued, `at` is where that is said."""

    is_everything: Value
    at: Value


@dataclass(slots=True, eq=False)
class IamStatement(Concept):
    """One statement of a policy that says what somebody may do (those that stand on a resource,
    and say who may do what with it, are another thing).

    `body` is the statement as AWS has it (`Effect`, `Action`, …). `exists` tells whether the policy
    has it; like the other answers it is three-valued.
    """

    body: Value
    exists: Value = field(default_factory=lambda: known(True))

    @property
    def allows(self) -> Value:
        return is_any_of(self.body["Effect"], "Allow")

    @property
    def actions(self) -> Reach:
        return _reach(self.body["Action"], self.body["NotAction"])

    @property
    def resources(self) -> Reach:
        return _reach(self.body["Resource"], self.body["NotResource"])


_EVERYTHING = ("*", "*:*")


def _reach(named: Value, spared: Value) -> Reach:
    """All that is named, or all but what is spared: everything but a few is as good as all."""
    if isinstance(spared, Known) and not (spared.is_null or _is_empty(spared)):
        holds, _ = _match(spared)
        return Reach(~holds, (_items(spared) or [spared])[0])
    reach = Reach(*_match(named))
    if isinstance(spared, Known):
        return reach
    return Reach(reach.is_everything | applied("everything", spared, type_=BOOL), reach.at)


def _is_empty(value: Known) -> bool:
    return value.kind != "string" and not len(value)


def _match(value: Value) -> tuple[Value, Value]:
    """Three-valued: whether a text, or one of a list, means all there is; and which."""
    if isinstance(value, Known) and value.is_null:
        return known(False), value
    items = _items(value)
    if items is None:
        return applied("everything", value, type_=BOOL), value
    verdict: Value = known(False)
    for item in items:
        answer = known(False) if _is_arn(item) else is_any_of(item, *_EVERYTHING)
        if answer.truth():
            return answer, item
        verdict = verdict | answer
    return verdict, value


def _items(value: Value) -> list[Value] | None:
    """IAM takes one text for a list of one. None for a list that is not known."""
    if isinstance(value, Known):
        return [value] if value.kind == "string" else list(value)
    if isinstance(value, Template) or value.type == STRING or isinstance(value.symbol, Attribute):
        return [value]
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
