"""Conversion keeps what is known, and the identity of what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.values import (
    EvaluationError,
    Known,
    Symbolic,
    Value,
    choice,
    known,
    template,
    unknown,
)
from cloudlint.values.convert import convert, convert_all
from cloudlint.values.types import (
    ANY,
    BOOL,
    NUMBER,
    PRIMITIVES,
    STRING,
    Type,
    converted,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
    unify,
)

X = unknown("var.x", "has no value")
TYPES = st.recursive(
    st.sampled_from([ANY, *PRIMITIVES]),
    lambda inner: (
        st.builds(list_of, inner)
        | st.builds(set_of, inner)
        | st.builds(map_of, inner)
        | st.lists(inner, max_size=3).map(lambda types: tuple_of(*types))
        | st.dictionaries(st.sampled_from("ab"), inner).map(object_of)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize(
    "type_", [STRING, NUMBER, list_of(STRING), map_of(NUMBER), object_of({"a": STRING})], ids=str
)
def test_a_symbol_keeps_its_identity_and_takes_the_type(type_: Type) -> None:
    value = convert(X, type_)
    assert isinstance(value, Symbolic)
    assert value.key == X.key
    assert value.type == type_


def test_a_symbol_of_another_type_is_refused() -> None:
    with pytest.raises(EvaluationError, match="list of string required"):
        convert(convert(X, NUMBER), list_of(STRING))


def test_elements_convert_each() -> None:
    value = convert(known_list(known(1), X, known(True)), list_of(STRING))
    assert value.type == list_of(STRING)
    assert [str(item) for item in value] == ['"1"', "var.x", '"true"']
    assert [item.type for item in value] == [STRING] * 3


def known_list(*items: Value) -> Value:
    return Known(items, "tuple")


def test_missing_attributes_are_null_where_optional_and_errors_elsewhere() -> None:
    type_ = object_of({"name": STRING, "size": NUMBER, "port": NUMBER}, frozenset({"size"}))
    value = convert(known({"name": "a", "port": "80", "more": 1}), type_)
    assert value.python() == {"name": "a", "size": None, "port": 80}
    assert value["size"].type == NUMBER
    with pytest.raises(EvaluationError, match='attributes "name" and "port" are required'):
        convert(known({}), type_)
    with pytest.raises(EvaluationError, match="a number is required"):
        convert(known({"name": "a", "port": "x"}), type_)


def test_nulls_take_the_type() -> None:
    value = convert(known(None), list_of(STRING))
    assert value.is_null
    assert value.type == list_of(STRING)


def test_a_set_holds_each_once_in_order_and_unknowns_last() -> None:
    value = convert(known(["b", "a", "b"]), set_of(STRING))
    assert value.python() == ["a", "b"]
    mixed = known_list(template(["x-", X]), known("b"), known("a"))
    assert [str(item) for item in convert(mixed, set_of(STRING))] == ['"a"', '"b"', '"x-${var.x}"']


def test_how_many_elements_a_set_has_is_unknown_where_two_may_be_equal() -> None:
    assert isinstance(convert(known_list(X, known("a")), set_of(STRING)), Symbolic)


def test_both_sides_of_a_choice_convert() -> None:
    value = convert(choice(X, known("1"), known("2")), NUMBER)
    assert value.type == NUMBER
    assert value != 3
    assert convert(choice(X, known("1"), known(1)), STRING) == "1"


def test_conversions_keep_place_and_sensitivity() -> None:
    value = convert(known(1).marked_sensitive(), STRING)
    assert value.sensitive


def test_elements_without_a_common_type_are_refused() -> None:
    with pytest.raises(EvaluationError):
        convert(known([1, []]), list_of(ANY))
    values, type_ = convert_all([known(1), known("a"), X])
    assert type_ == STRING
    assert [value.type for value in values] == [STRING] * 3


@given(TYPES, TYPES)
def test_types_convert_to_what_they_unify_to(left: Type, right: Type) -> None:
    common = unify([left, right])
    if common is not None and str(ANY) not in str(common):
        assert converted(left, common) is not None
        assert converted(right, common) is not None


@given(TYPES)
def test_a_type_unifies_with_itself(type_: Type) -> None:
    assert unify([type_, type_]) == type_
    assert converted(type_, type_) == type_


@pytest.mark.parametrize(
    ("types", "common"),
    [
        ([NUMBER, STRING], STRING),
        ([NUMBER, BOOL], None),
        ([tuple_of(NUMBER), tuple_of(NUMBER, STRING)], list_of(STRING)),
        ([object_of({"a": NUMBER}), object_of({"b": NUMBER})], map_of(NUMBER)),
        ([object_of({"a": NUMBER}), object_of({"a": STRING})], object_of({"a": STRING})),
        ([object_of({}), tuple_of()], None),
        ([tuple_of(NUMBER), ANY], ANY),
        ([NUMBER, ANY], NUMBER),
        ([set_of(NUMBER), list_of(STRING)], list_of(STRING)),
        ([BOOL, NUMBER, ANY], ANY),
    ],
)
def test_unification(types: list[Type], common: Type | None) -> None:
    assert unify(types) == common
