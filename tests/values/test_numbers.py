"""Numbers are exact to 512 bits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.values import numbers

DECIMALS = st.from_regex(r"-?[0-9]{1,25}(\.[0-9]{1,25})?(e-?[0-9]{1,2})?", fullmatch=True)


@given(DECIMALS)
def test_a_number_reads_back_from_its_text(text: str) -> None:
    value = numbers.parse(text)
    assert value is not None
    assert numbers.parse(numbers.to_text(value)) == value


@given(st.integers(-(10**40), 10**40), st.integers(-(10**40), 10**40))
def test_whole_numbers_are_exact(left: int, right: int) -> None:
    assert numbers.add(left, right) == left + right
    assert numbers.multiply(left, right) == left * right


@given(st.integers(-1000, 1000), st.integers(-50, 50).filter(bool))
def test_a_remainder_has_the_sign_of_the_dividend(left: int, right: int) -> None:
    result = numbers.remainder(left, right)
    assert abs(result) < abs(right)
    assert result * left >= 0
    assert (left - result) % right == 0


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e100, max_value=1e100))
def test_floats_are_taken_exactly(value: float) -> None:
    assert float(numbers.from_float(value)) == value


@pytest.mark.parametrize(
    "text", ["", "-", ".", "e5", "1e", "0x10", "1_000", " 1", "1 ", "\u0661", "Inf"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers.parse(text) is None


@pytest.mark.parametrize("text", ["1e999999999", "1e-999999999", "9" * 20_000])
def test_hostile_numbers_cost_nothing(text: str) -> None:
    assert numbers.parse(text) is None


def test_results_are_rounded_to_512_bits() -> None:
    third = numbers.divide(1, 3)
    assert isinstance(third, Fraction)
    assert third != Fraction(1, 3)
    assert numbers.to_text(third).endswith("3335")
    assert numbers.multiply(third, 3) == 1
    with pytest.raises(ZeroDivisionError):
        numbers.divide(1, 0)
