"""Environment files as Compose reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers.compose.dotenv import EnvironmentFile, parse
from cloudlint.parsers.compose.interpolation import Environment
from cloudlint.source import SourceFile
from cloudlint.values import known


def read(text: str, *, raw: bool = False, **given: str) -> EnvironmentFile:
    environment = Environment({name: known(value) for name, value in given.items()})
    return parse(SourceFile(".env", text), environment, raw=raw)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1", {"A": "1"}),
        ("export A = x y  # note\n\n# B=2\nC: 3", {"A": "x y", "C": "3"}),
        ("A=x#y", {"A": "x#y"}),
        ("A=\nB=2", {"A": "", "B": "2"}),
        ("A='$B \\n' # note\nB=2", {"A": "$B \\n", "B": "2"}),
        ('A="one\ntwo"\nB=2', {"A": "one\ntwo", "B": "2"}),
        (r'A="a\tb\"c\$d"', {"A": 'a\tb"c$d'}),
        ("A=1\r\nB=2\r\n", {"A": "1", "B": "2"}),
        ("A=1\nB=${A}-${C:-3}", {"A": "1", "B": "1-3"}),
        ("A=1\nA=2", {"A": "2"}),
        ("A.b-c[0]=1", {"A.b-c[0]": "1"}),
    ],
)
def test_the_values_of_a_file(text: str, expected: dict[str, str]) -> None:
    file = read(text)
    assert {name: value.string() for name, value in file.values.items()} == expected
    assert not file.problems


def test_a_value_is_where_it_is_written() -> None:
    first, second = read("A=x y # z\nB='q'").variables
    assert (first.span.text, second.span.text) == ("A", "B")
    assert first.value is not None and first.value.span is not None
    assert first.value.span.text == "x y"
    assert second.value is not None and second.value.span is not None
    assert second.value.span.text == "'q'"


def test_a_bare_name_has_no_value_of_its_own() -> None:
    (variable,) = read("TOKEN\n").variables
    assert (variable.name, variable.value) == ("TOKEN", None)


def test_what_is_given_wins_over_the_file() -> None:
    assert read("A=1\nB=$A", A="0").values["B"] == "0"


def test_raw_files_mean_what_they_say() -> None:
    values = read("A='$x' # y\n# no\nB", raw=True).values
    assert {name: value.string() for name, value in values.items()} == {"A": "'$x' # y"}


@pytest.mark.parametrize("text", ["A=1\n!!\nB=2", "A=1\nX='open\nB=2", "A=1\nX=${\nB=2"])
def test_a_bad_line_is_told_and_the_others_count(text: str) -> None:
    file = read(text)
    (problem,) = file.problems
    assert (problem.severity, problem.span and problem.span.first.line) == ("warning", 2)
    assert {"A", "B"} <= set(file.values)


@given(st.text(alphabet="AB=:'\"\\$#{} \n\tn0", max_size=60), st.booleans())
def test_any_text_is_read(text: str, raw: bool) -> None:
    read(text, raw=raw)


def test_values_that_double_each_other_end() -> None:
    lines = ["A0=xxxxxxxxxx"] + [f"A{n}=$A{n - 1}$A{n - 1}" for n in range(1, 100)]
    assert any("bounds" in problem.message for problem in read("\n".join(lines)).problems)
