"""Terraform's numbers: binary floating point with 512 bits of mantissa.

A number is an `int` where it is whole and a `Fraction` otherwise (a huge one that came from a
float is one too); every result of arithmetic is
rounded to 512 bits, half to even, as Terraform does. Terraform's own limits (big.Float) are far
wider than anything a configuration holds; ours end at 10^±10000, so that hostile exponents cost
nothing.
"""

from __future__ import annotations

import re
from fractions import Fraction

Number = int | Fraction

MANTISSA_BITS = 512
MAX_EXPONENT = 10_000
MAX_DIGITS = 4_000
_LITERAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,9}))?\Z")


def normalise(value: Fraction | int) -> Number:
    """Round to 512 bits; whole numbers come back as `int`."""
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1 and numerator.bit_length() <= MANTISSA_BITS:
        return numerator
    shift = MANTISSA_BITS - (numerator.bit_length() - denominator.bit_length())
    scaled = Fraction(numerator, denominator) * Fraction(2) ** shift
    while scaled.numerator.bit_length() - scaled.denominator.bit_length() > MANTISSA_BITS - 1 and (
        abs(scaled) >= 1 << MANTISSA_BITS
    ):
        scaled, shift = scaled / 2, shift - 1
    rounded = Fraction(round(scaled)) / Fraction(2) ** shift
    return rounded.numerator if rounded.denominator == 1 else rounded


def parse(text: str) -> Number | None:
    """The number a decimal text stands for, or None where it is none (or beyond the limits)."""
    match = _LITERAL.match(text)
    if match is None:
        return None
    sign, whole, fraction, exponent = match.groups()
    digits = whole + (fraction or "")
    power = int(exponent or 0) - len(fraction or "")
    if not digits or len(digits) > MAX_DIGITS or abs(power) > MAX_EXPONENT:
        return None
    value = Fraction(int(digits)) * Fraction(10) ** power
    return normalise(-value if sign == "-" else value)


class Double(Fraction):
    """A number that came from a 64-bit float, and is written with no more digits than that."""

    def __neg__(self) -> Double:
        return Double(super().__neg__())

    def __abs__(self) -> Double:
        return Double(super().__abs__())


def from_float(value: float) -> Number:
    """Exactly the given finite 64-bit float; a `Double` where that has more digits than it."""
    return int(value) if value.is_integer() and abs(value) <= 2**53 else Double(value)


def add(left: Number, right: Number) -> Number:
    return normalise(Fraction(left) + right)


def multiply(left: Number, right: Number) -> Number:
    return normalise(Fraction(left) * right)


def divide(left: Number, right: Number) -> Number:
    """Raises ZeroDivisionError."""
    return normalise(Fraction(left) / right)


def remainder(left: Number, right: Number) -> Number:
    """As Terraform's `%`, which rounds the quotient before it cuts off its fraction, and the
    product after: -2 % 0.1 is 0. Raises ZeroDivisionError."""
    return add(left, -multiply(right, int(divide(left, right))))


def to_text(value: Number) -> str:
    """The shortest decimal that reads back as the same number, without an exponent."""
    if isinstance(value, int):
        return _whole_text(value)
    if isinstance(value, Double):
        return to_text(parse(repr(float(value))) or 0)
    sign = "-" if value < 0 else ""
    digits, exponent = _shortest(abs(value))
    if exponent >= 0:
        return sign + digits + "0" * exponent
    digits = digits.rjust(-exponent + 1, "0")
    return f"{sign}{digits[:exponent]}.{digits[exponent:]}"


def _whole_text(value: int) -> str:
    if value.bit_length() <= MANTISSA_BITS:
        return str(value)
    digits, exponent = _shortest(Fraction(abs(value)))
    return ("-" if value < 0 else "") + digits + "0" * exponent


def _shortest(value: Fraction) -> tuple[str, int]:
    """Digits and power of ten of the shortest decimal that rounds to `value` (positive)."""
    magnitude = _magnitude(value)
    low, high = 1, 156
    while low < high:
        count = (low + high) // 2
        digits, exponent = _rounded(value, magnitude, count)
        if normalise(Fraction(digits) * Fraction(10) ** exponent) == value:
            high = count
        else:
            low = count + 1
    digits, exponent = _rounded(value, magnitude, low)
    text = str(digits)
    stripped = text.rstrip("0")
    return stripped, exponent + len(text) - len(stripped)


def _magnitude(value: Fraction) -> int:
    """The number of digits before the decimal point (negative: zeros after it)."""
    estimate = int((value.numerator.bit_length() - value.denominator.bit_length()) * 0.30103)
    while value >= Fraction(10) ** estimate:
        estimate += 1
    while value < Fraction(10) ** (estimate - 1):
        estimate -= 1
    return estimate


def _rounded(value: Fraction, magnitude: int, count: int) -> tuple[int, int]:
    exponent = magnitude - count
    return round(value / Fraction(10) ** exponent), exponent
