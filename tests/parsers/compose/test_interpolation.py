"""Variables in texts, against a straightforward model of what Compose does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers.compose.interpolation import (
    MAX_TEXT,
    Budget,
    Environment,
    Invalid,
    interpolate,
)
from cloudlint.source import SourceFile, Span
from cloudlint.values import Symbolic, Template, Undecided, Value, known

VALUES = {"SET": "value", "EMPTY": ""}


def environment(values: dict[str, str] | None = None) -> Environment:
    given = VALUES if values is None else values
    return Environment({name: known(text) for name, text in given.items()})


def written(text: str) -> Span:
    return SourceFile("compose.yaml", text).span(0, len(text))


def interpolated(text: str) -> Value:
    return interpolate(text, written(text), environment())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no variable", "no variable"),
        ("$SET", "value"),
        ("${SET}s", "values"),
        ("$SET/$SET", "value/value"),
        ("$$SET ${SET}", "$SET value"),
        ("a $ b $1", "a $ b $1"),
        ("${UNSET:-x}", "x"),
        ("${UNSET-x}", "x"),
        ("${UNSET:-}", ""),
        ("${EMPTY:-x}", "x"),
        ("${EMPTY-x}", ""),
        ("${SET:-x}", "value"),
        ("${SET:+x}", "x"),
        ("${EMPTY:+x}", ""),
        ("${EMPTY+x}", "x"),
        ("${UNSET+x}", ""),
        ("${SET:?must be set}", "value"),
        ("${EMPTY?must be set}", ""),
        ("${UNSET:-${OTHER:-${SET}}}!", "value!"),
        ("${UNSET:-a:b?c}", "a:b?c"),
        ('${UNSET:-{"a": {}}}', '{"a": {}}'),
        ("${UNSET:-cost: 5$$}", "cost: 5$"),
    ],
)
def test_what_compose_makes_of_a_text(text: str, expected: str) -> None:
    assert interpolated(text) == expected


@pytest.mark.parametrize("text", ["$UNSET", "${UNSET}", "${UNSET:?why}", "${EMPTY:?why}"])
def test_a_variable_that_nothing_sets_is_unknown(text: str) -> None:
    value = interpolated(text)
    assert isinstance(value, Symbolic)
    with pytest.raises(Undecided, match=r"has no value in `\.env`"):
        value.string()
    assert value.place is not None
    assert value.place.text == text


def test_what_is_known_around_an_unknown_is_known() -> None:
    value = interpolated("${REGISTRY}/app:${SET}")
    assert isinstance(value, Template)
    assert value.endswith("/app:value")
    assert interpolated("${A}x").key != interpolated("${B}x").key
    assert interpolated("$A/x").key == interpolated("${A}/x").key


def test_the_same_name_in_two_projects_is_not_the_same_variable() -> None:
    one, other = (Environment(scope=scope) for scope in ("a:", "b:"))
    assert interpolate("$X", None, one).key != interpolate("$X", None, other).key
    assert interpolate("$X", None, one).key == interpolate("${X}", None, one).key


def test_a_default_says_that_it_is_one_and_where() -> None:
    value = interpolated("app:${TAG:-latest}")
    (step,) = value.marks.trail
    assert step.text == "`TAG` has no value in `.env`: its default is used"
    assert step.span is not None
    assert step.span.text == "${TAG:-latest}"


def test_a_value_of_an_environment_file_is_written_there_and_used_here() -> None:
    line = SourceFile(".env", "TAG=1.2\n")
    given = Environment({"TAG": known("1.2", line.span(4, 7))})
    value = interpolate("${TAG}", written("${TAG}"), given)
    assert value.span == line.span(4, 7)
    assert value.place == value.marks.site
    assert value.place is not None
    assert value.place.path == "compose.yaml"
    assert [step.text for step in value.marks.trail] == ["`TAG` is set in `.env`"]


@pytest.mark.parametrize("text", ["${", "${}", "${1}", "${A", "${A:-${B}", "${A!}", "x ${ A}"])
def test_what_compose_refuses_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        interpolated(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("${TAG", "`${TAG` is followed neither by a closing brace nor by an operator"),
        ("${TAG!x}", "`${TAG` is followed neither by a closing brace nor by an operator"),
        ("${}", "`${` is not followed by the name of a variable"),
    ],
)
def test_what_is_told_of_references_that_are_none(text: str, message: str) -> None:
    with pytest.raises(Invalid, match=re.escape(message)):
        interpolate(text, None, Environment())


def test_nesting_and_growth_end() -> None:
    with pytest.raises(Invalid, match="deeper"):
        interpolated("${A:-" * 30 + "}" * 30)
    long = Environment({"A": known("x" * 1000)})
    with pytest.raises(Invalid, match="bounds"):
        interpolate("$A" * (MAX_TEXT // 1000 + 1), None, long)
    shared = Environment({"A": known("x" * 1000)}, budget=Budget(2500))
    with pytest.raises(Invalid, match="bounds"):
        for _ in range(3):
            interpolate("$A", None, shared)


# -- against a model -------------------------------------------------------------------------

NAMES = st.sampled_from(["SET", "EMPTY", "UNSET"])
LITERALS = st.text(alphabet="ab:/-?+ .", max_size=5)


@st.composite
def texts(draw: st.DrawFn, depth: int = 2) -> tuple[str, str | None]:
    """A text and what it must become; None where it depends on an unset variable."""
    written, meant = "", ""
    unknown = False
    for _ in range(draw(st.integers(0, 3))):
        piece, value = draw(references(depth) if depth else st.builds(lambda t: (t, t), LITERALS))
        written += piece
        unknown |= value is None
        meant += value or ""
    return written, None if unknown else meant


@st.composite
def references(draw: st.DrawFn, depth: int) -> tuple[str, str | None]:
    kind = draw(st.sampled_from(["text", "dollar", "plain", ":-", "-", ":+", "+", ":?", "?"]))
    if kind == "text":
        text = draw(LITERALS)
        return text, text
    if kind == "dollar":
        return "$$", "$"
    name = draw(NAMES)
    value = VALUES.get(name)
    if kind == "plain":
        return f"${{{name}}}", value
    operand, meant = draw(texts(depth - 1))
    missing = value is None or (kind[0] == ":" and value == "")
    outcomes = {"-": meant if missing else value, "+": "" if missing else meant}
    outcomes["?"] = None if missing else value
    return f"${{{name}{kind}{operand}}}", outcomes[kind[-1]]


@given(texts())
def test_texts_become_what_the_model_says(case: tuple[str, str | None]) -> None:
    text, meant = case
    assert interpolated(text).known_or(None) == meant


@given(st.text(alphabet="${}AB:-?+1 x", max_size=40))
def test_any_text_is_interpolated_or_refused(text: str) -> None:
    try:
        value = interpolated(text)
    except Invalid as error:
        assert str(error)
    else:
        assert value.is_wholly_known() or not isinstance(value.known_or(None), str)
