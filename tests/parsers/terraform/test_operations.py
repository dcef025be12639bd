"""Operators where something is not known or not right; recorded answers are tested elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cloudlint.parsers.terraform import operations
from cloudlint.values import (
    FALSE,
    TRUE,
    EvaluationError,
    Symbolic,
    Undecided,
    Value,
    known,
    unknown,
)
from cloudlint.values.convert import convert
from cloudlint.values.types import BOOL, NUMBER, STRING, list_of, object_of

X = unknown("var.x", "has no value")
FLAG = convert(unknown("var.flag", "has no value"), BOOL)


def fails() -> Value:
    raise EvaluationError("this is no value")


def giving(value: Value) -> Callable[[], Value]:
    return lambda: value


def test_an_error_in_the_side_not_taken_is_none() -> None:
    assert operations.conditional(TRUE, giving(known(1)), fails) == 1
    with pytest.raises(EvaluationError):
        operations.conditional(FALSE, giving(known(1)), fails)


def test_a_side_that_fails_leaves_an_unknown_conditional_undecided() -> None:
    value = operations.conditional(FLAG, giving(known(1)), fails)
    with pytest.raises(Undecided):
        value.number()
    with pytest.raises(EvaluationError):
        operations.conditional(FLAG, fails, fails)


def test_a_conditional_that_spells_its_condition_out_is_the_condition() -> None:
    assert operations.conditional(FLAG, giving(TRUE), giving(FALSE)).key == FLAG.key


def test_both_sides_of_an_unknown_conditional_have_one_type() -> None:
    value = operations.conditional(FLAG, giving(known(1)), giving(known("a")))
    assert value.type == STRING
    assert value != 1


def test_a_sensitive_condition_makes_the_result_sensitive() -> None:
    condition = known(True).marked_sensitive()
    assert operations.conditional(condition, giving(known(1)), giving(known(2))).sensitive


def test_try_takes_the_first_that_has_a_value() -> None:
    assert operations.attempt("try", [fails, giving(known(1)), fails]) == 1
    with pytest.raises(EvaluationError, match="no expression succeeded"):
        operations.attempt("try", [fails, fails])


def test_try_keeps_the_next_candidate_while_an_attempt_may_fail() -> None:
    def part() -> Value:
        return operations.attribute(X, "size")

    value = operations.attempt("try", [part, giving(known(1))])
    with pytest.raises(Undecided):
        value.number()
    assert operations.attempt("try", [part, fails]).key == part().key
    assert operations.attempt("can", [part]).truth() is None


def test_what_may_fail_elsewhere_does_not_concern_a_try() -> None:
    def through_a_local() -> Value:
        with operations.apart():
            return operations.attribute(X, "size")

    value = operations.attempt("try", [through_a_local, giving(known(1))])
    assert value.key == "var.x.size"
    assert operations.attempt("can", [through_a_local]).truth() is True


def test_a_declared_attribute_surely_is_there() -> None:
    declared = convert(X, object_of({"size": NUMBER}))
    value = operations.attempt("try", [lambda: operations.attribute(declared, "size"), fails])
    assert value.type == NUMBER
    with pytest.raises(EvaluationError):
        operations.attribute(declared, "colour")


def test_a_splat_of_an_unknown_list_is_reached_by_index() -> None:
    names = convert(X, list_of(object_of({"id": STRING})))
    ids = operations.splat(names, lambda item: operations.attribute(item, "id"))
    assert ids.type == list_of(STRING)
    assert operations.index(ids, known(2)).key == "var.x[2].id"


def test_a_splat_of_one_value_is_a_list_of_one() -> None:
    assert len(operations.splat(known("a"), lambda item: item)) == 1
    assert len(operations.splat(known(None), lambda item: item)) == 0


def test_an_unknown_index_keeps_the_elements_as_candidates() -> None:
    value = operations.index(known(["a-1", "a-2"]), X)
    assert value.startswith("a-")
    assert isinstance(operations.index(known(["x"] * 1), X), Value)
    many = operations.index(known([f"a-{at}" for at in range(100)]), X)
    assert isinstance(many, Symbolic)
    with pytest.raises(Undecided):
        many.startswith("a-")


def test_conditions_are_named_in_messages() -> None:
    with pytest.raises(EvaluationError, match="The condition of a for"):
        operations.to_bool(known("x"), "The condition of a for")
    assert operations.to_bool(FLAG, "The condition") is None
