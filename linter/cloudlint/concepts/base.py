"""What all concepts share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cloudlint.graph import Environment, Graph, Join, Resource
from cloudlint.source import Span
from cloudlint.values import Known, Undecided, Value, applied, known, same, unknown
from cloudlint.values.symbols import Choice
from cloudlint.values.types import BOOL


@dataclass(slots=True, eq=False)
class Concept:
    """Something policies talk about; it belongs to one resource, after which it is called."""

    resource: Resource

    @property
    def span(self) -> Span:
        return self.resource.span

    @property
    def environment(self) -> Environment:
        return self.resource.environment

    def __str__(self) -> str:
        return self.resource.address


@dataclass(slots=True, eq=False)
class Unknowable(Concept):
    """Stands for concepts of which it is not even known how many a resource holds."""

    reason: Undecided


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something a resource should be: `met` is three-valued, `problem` is what to say where it
    is not, `at` is the place that decides."""

    met: Value
    problem: str
    at: Value


def unmet(requirements: list[Requirement]) -> list[Requirement]:
    """The requirements known not to be met; raises `Undecided` where there are none and one is
    not known to be met."""
    failed = [requirement for requirement in requirements if requirement.met.truth() is False]
    if not failed:
        for requirement in requirements:
            bool(requirement.met)
    return failed


def doubtful(undecided: Undecided) -> Requirement:
    """Stands for requirements of which it is not known what they are."""
    origin = undecided.origin
    value = unknown(origin.name, origin.reason, origin.span)
    return Requirement(value, str(origin), value if undecided.value is None else undecided.value)


def uncertainties(member: Resource, whole: Resource) -> Iterator[Value]:
    """What decides whether, or how often, a member of something exists beside it."""
    shared = {condition.key for condition in whole.conditions}
    yield from (condition for condition in member.conditions if condition.key not in shared)
    if member.open:
        repetition = _repetition(member)
        if not whole.open or repetition.key != _repetition(whole).key:
            yield repetition


def _repetition(resource: Resource) -> Value:
    """Its `count` or `for_each`."""
    count = resource["count"]
    return resource["for_each"] if isinstance(count, Known) and count.kind == "null" else count


def exists_with(member: Resource, whole: Resource) -> Value:
    """Three-valued: whether a member of something exists where that does."""
    verdict: Value = known(True)
    for cause in uncertainties(member, whole):
        verdict = verdict & applied("exists", cause, type_=BOOL)
    return verdict


def may_have_more(
    graph: Graph, whole: Resource, join: Join, may_be: Callable[[Resource], bool] = lambda one: True
) -> Value:
    """Three-valued, never true: whether more belongs to something than what is known to."""
    cause = graph.unjoined(whole, join, may_be)
    return known(False) if cause is None else applied("any", cause, type_=BOOL)


def at_least(value: Value, minimum: int) -> Value:
    """Three-valued: whether a number is `minimum` or more."""
    if isinstance(value, Known):
        return known(value.number() >= minimum)
    agreed = settled(value, lambda arm: at_least(arm, minimum))
    return applied(">=", value, known(minimum), type_=BOOL) if agreed is None else agreed


def is_any_of(value: Value, *texts: str) -> Value:
    """Three-valued: whether a text is one of these."""
    agreed = settled(value, lambda arm: is_any_of(arm, *texts))
    if agreed is not None:
        return agreed
    return any_of(are_equal(value, known(text)) for text in texts)


def is_absent(value: Value) -> Value:
    """Three-valued: whether an argument is absent, null, or the empty text that AWS's provider
    takes for none."""
    both = settled(value, is_absent)
    if both is not None:
        return both
    if isinstance(value, Known) and value.data == "":
        return known(True)
    answer = same(value, known(None))
    return applied("isnull", value, type_=BOOL) if answer is None else known(answer)


def is_null(value: Value) -> bool:
    """Whether an argument is known to be absent or null."""
    return isinstance(value, Known) and value.kind == "null"


def are_equal(one: Value, other: Value) -> Value:
    """Three-valued: whether two values are the same."""
    found = same(one, other)
    return applied("==", one, other, type_=BOOL) if found is None else known(found)


def holds_any(value: Value) -> Value:
    """Three-valued: whether a list holds anything."""
    if isinstance(value, Known):
        return known(len(value) > 0)
    return applied("any", value, type_=BOOL)


def begins_with(value: Value, prefix: str) -> Value:
    """Three-valued: whether a text begins with this."""
    return _answered(value, "startswith", lambda: value.startswith(prefix))


def ends_with(value: Value, suffix: str) -> Value:
    """Three-valued: whether a text ends with this."""
    return _answered(value, "endswith", lambda: value.endswith(suffix))


def _answered(value: Value, question: str, ask: Callable[[], bool]) -> Value:
    """Null is no text."""
    if is_absent(value).truth():
        return known(False)
    try:
        return known(ask())
    except Undecided:
        return applied(question, value, type_=BOOL)


def entries(value: Value) -> list[Value]:
    """The entries of a list; one that is not known stands for its entries."""
    if isinstance(value, Known):
        return list(value) if value.blocks else []
    return [value]


def any_of(answers: Iterable[Value]) -> Value:
    """Three-valued: whether one of these is true."""
    verdict: Value = known(False)
    for each in answers:
        verdict = verdict | each
    return verdict


def answer(ask: Callable[[], Value]) -> bool | None:
    """Three-valued: what is answered; None also where asking raises `Undecided`."""
    try:
        return ask().truth()
    except Undecided:
        return None


def settled(value: Value, ask: Callable[[Value], Value]) -> Value | None:
    """What is answered for both arms of a choice; None where they differ or it is none."""
    symbol = value.symbol
    if not isinstance(symbol, Choice):
        return None
    then, otherwise = ask(symbol.then), ask(symbol.otherwise)
    agree = then.truth() is not None and then.truth() == otherwise.truth()
    return then if agree else None
