"""What values answer, and that knowing more never reverses an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.source import SourceFile
from cloudlint.values import (
    NULL,
    Origin,
    Reference,
    Root,
    Step,
    Symbolic,
    Undecided,
    Value,
    applied,
    choice,
    known,
    same,
    template,
    unknown,
)
from cloudlint.values.model import Plain

TEXTS = st.text(alphabet="ab", max_size=4)
PLAIN: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=6,
)


def answered(ask: Callable[[], bool | None]) -> bool | None:
    try:
        return ask()
    except Undecided:
        return None


@st.composite
def blurred(draw: st.DrawFn, data: Plain, name: str) -> Value:
    """The known value with some of its parts unknown; equal parts may have equal names."""
    if draw(st.integers(0, 4)) == 0:
        return unknown(f"{name}:{data!r}", "is hidden")
    if isinstance(data, str):
        cut = draw(st.integers(0, len(data)))
        if cut and draw(st.booleans()):
            head = unknown(f"{name}:{data[:cut]!r}", "is hidden")
            return template([head, data[cut:]])
        return known(data)
    if draw(st.integers(0, 5)) == 0:
        other = draw(PLAIN)
        pair = (known(data), known(other)) if draw(st.booleans()) else (known(other), known(data))
        return choice(unknown("condition", "is hidden"), *pair)
    if isinstance(data, dict):
        return known_of({key: draw(blurred(item, name)) for key, item in data.items()})
    if isinstance(data, list):
        return known_of([draw(blurred(item, name)) for item in data])
    return known(data)


def known_of(parts: dict[str, Value] | list[Value]) -> Value:
    return known(parts)  # type: ignore[arg-type]


@given(PLAIN, PLAIN, st.data())
def test_hiding_parts_never_reverses_a_comparison(
    left: Plain, right: Plain, data: st.DataObject
) -> None:
    answer = same(data.draw(blurred(left, "shared")), data.draw(blurred(right, "shared")))
    assert answer in (None, same(known(left), known(right)))


@given(TEXTS, TEXTS, st.data())
def test_hiding_parts_never_reverses_an_answer_about_a_text(
    text: str, part: str, data: st.DataObject
) -> None:
    value = data.draw(blurred(text, "text"))
    assert answered(lambda: value.startswith(part)) in (None, text.startswith(part))
    assert answered(lambda: value.endswith(part)) in (None, text.endswith(part))


@given(st.lists(TEXTS, max_size=3), TEXTS, st.data())
def test_hiding_elements_never_reverses_membership(
    items: list[str], item: str, data: st.DataObject
) -> None:
    value = known_of([data.draw(blurred(each, "shared")) for each in items])
    wanted = data.draw(blurred(item, "shared"))
    assert answered(lambda: wanted in value) in (None, item in items)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_hiding_a_side_never_reverses_logic(
    left: bool, right: bool, hide_left: bool, hide_right: bool
) -> None:
    one = unknown("left", "is hidden") if hide_left else known(left)
    other = unknown("right", "is hidden") if hide_right else known(right)
    assert (one & other).truth() in (None, left and right)
    assert (one | other).truth() in (None, left or right)
    assert (~one).truth() in (None, not left)


def subnet(name: str) -> Symbolic:
    address = f"aws_subnet.{name}"
    origin = Origin(address, "is known after apply")
    return Symbolic(Root(origin, kind="aws_subnet", address=address, unique=frozenset({"id"})))


def test_ids_of_two_resources_of_one_kind_differ() -> None:
    assert same(subnet("a")["id"], subnet("b")["id"]) is False
    assert same(subnet("a")["id"], subnet("a")["id"]) is True
    assert same(subnet("a")["tags"], subnet("b")["tags"]) is None


def test_asking_an_unknown_raises_its_origin() -> None:
    value = unknown("var.size", "has no value")
    for ask in (bool, len, list, lambda v: v == 1, lambda v: v > 1, lambda v: 1 in v):
        with pytest.raises(Undecided, match=r"var\.size has no value"):
            ask(value)
    assert value.known_or(7) == 7


def test_asking_for_what_a_value_is_not_is_undecided_too() -> None:
    for ask in (lambda: known("a") > 1, lambda: list(known(1)), lambda: known([1])["a"]):
        with pytest.raises(Undecided):
            ask()


def test_absent_parts_are_null() -> None:
    assert known({"a": 1})["b"].is_null
    assert known([1])[3].is_null
    assert NULL["a"].is_null
    assert list(NULL) == []


def test_a_template_knows_its_ends() -> None:
    image = template([unknown("var.repository", "has no value"), ":latest"])
    assert image.endswith(":latest")
    assert not image.endswith(":1")
    assert image != "nginx:1.27"
    with pytest.raises(Undecided):
        image.startswith("nginx")


def test_what_is_not_known_of_a_choice_hangs_on_its_condition() -> None:
    one = unknown("aws_security_group.one.id", "is known only to the provider")
    condition = applied("!", applied("==", unknown("var.on", "has no value"), NULL))
    value = applied("any", choice(condition, known_of([one]), known_of([])))
    with pytest.raises(Undecided, match=r"^var.on has no value"):
        bool(value)


def test_a_choice_answers_where_both_sides_agree() -> None:
    value = choice(unknown("var.large", "has no value"), known("m5.large"), known("m5.xlarge"))
    assert value.startswith("m5.")
    assert value != "t3.micro"
    assert not value.is_null
    with pytest.raises(Undecided):
        bool(value == "m5.large")


def test_elements_are_seen_where_the_collection_is_used() -> None:
    file = SourceFile("main.tf", "a = [1]\nb = a\n")
    written, use = file.span(5, 6), file.span(12, 13)
    item = known(1, written)
    assert known_of([item]).used_at(use)[0].place == use
    inside = file.span(4, 7)
    assert known_of([item]).used_at(inside)[0].place == written


def test_derived_values_carry_trail_references_and_sensitivity() -> None:
    source = (
        known("a")
        .via(Step("through a variable", None))
        .referring(Reference("aws_subnet.a", "id"))
        .marked_sensitive()
    )
    result = known("A").derived_from(source)
    assert result.sensitive
    assert list(result.references()) == [Reference("aws_subnet.a", "id")]
    assert [step.text for step in result.marks.trail] == ["through a variable"]


def test_references_are_found_in_unknowns_at_any_depth() -> None:
    value = template(["subnet-", subnet("a")["id"]])
    assert Reference("aws_subnet.a", "id") in list(known_of([value]).references())


def test_values_that_share_parts_cost_what_their_parts_cost() -> None:
    value = known_of([known("a")])
    hidden: Value = unknown("var.x", "is hidden")
    for at in range(200):
        value = known_of([value, value])
        hidden = choice(unknown(f"var.c{at}", "is hidden"), hidden, known_of([hidden]))
    assert value.is_wholly_known()
    assert same(value, known_of([value])) is False
    assert len(value.key) < 1000
    assert len(str(value)) < 200_000
    assert len(str(hidden)) < 1000
