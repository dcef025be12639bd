"""Functions on numbers."""

from __future__ import annotations

import math
from fractions import Fraction

from cloudlint.parsers.terraform.functions.limits import whole
from cloudlint.parsers.terraform.functions.registry import Refused, function
from cloudlint.values import Known, Value, unknown
from cloudlint.values.convert import convert
from cloudlint.values.numbers import Number, from_float
from cloudlint.values.types import NUMBER

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MAX_DIGITS = 2_000
# The minimax coefficients and the two halves of ln 2 that fdlibm's logarithm is made of.
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ODD_TERMS = (
    6.666666666666735130e-01,
    2.857142874366239149e-01,
    1.818357216161805012e-01,
    1.479819860511658591e-01,
)
_EVEN_TERMS = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)


@function("abs")
def abs_(number: Number) -> Number:
    return number if number >= 0 else -number


@function("ceil")
def ceil(number: Number) -> Number:
    return number if number.denominator == 1 else math.ceil(number)


@function("floor")
def floor(number: Number) -> Number:
    return number if number.denominator == 1 else math.floor(number)


@function("signum")
def signum(number: Number) -> Number:
    value = whole(number)
    return (value > 0) - (value < 0)


@function("log")
def log(number: Number, base: Number) -> Number | Value:
    value, of_base = _logarithm(_float(number)), _logarithm(_float(base))
    if of_base == 0:
        result = math.nan if value == 0 or math.isnan(value) else math.copysign(math.inf, value)
    else:
        result = math.nan if math.isinf(value) and math.isinf(of_base) else value / of_base
    return _finite(result, "the logarithm")


def _logarithm(value: float) -> float:
    """As IEEE has it, infinite at zero and not a number below."""
    if value > 0:
        return _natural_logarithm(value)
    return -math.inf if value == 0 else math.nan


def _natural_logarithm(value: float) -> float:
    """With the rounding of Go's `math.Log`, which differs from C's in the last digit: the series
    of log(1+f) in s = f / (2+f), for the mantissa 1+f between √½ and √2."""
    mantissa, exponent = math.frexp(value)
    if mantissa < math.sqrt(0.5):
        mantissa, exponent = mantissa * 2, exponent - 1
    f = mantissa - 1
    s = f / (2 + f)
    square, fourth = s * s, (s * s) * (s * s)
    odd = square * _polynomial(fourth, _ODD_TERMS)
    even = fourth * _polynomial(fourth, _EVEN_TERMS)
    half = 0.5 * f * f
    return exponent * _LN2_HIGH - ((half - (s * (half + (odd + even)) + exponent * _LN2_LOW)) - f)


def _polynomial(x: float, coefficients: tuple[float, ...]) -> float:
    result = 0.0
    for coefficient in reversed(coefficients):
        result = coefficient + x * result
    return result


@function("pow")
def pow_(number: Number, power: Number) -> Number | Value:
    return _finite(_power(_float(number), _float(power)), "the power")


def _power(base: float, exponent: float) -> float:
    """Go's `math.Pow`, which C's rounds better than in the last digit."""
    if exponent == 0 or base == 1:
        return 1.0
    if exponent in (0.5, -0.5) and base >= 0:
        return math.sqrt(base) if exponent > 0 else _inverse(math.sqrt(base))
    if base == 0:
        return 0.0 if exponent > 0 else math.inf
    fraction, integer = math.modf(abs(exponent))
    if fraction and base < 0:
        return math.nan
    if integer >= 2.0**63:
        large = (abs(base) > 1) == (exponent > 0)
        return 1.0 if base == -1 else math.inf if large else 0.0
    result, scale = _product(base, fraction, int(integer))
    if exponent < 0:
        result, scale = 1 / result, -scale
    try:
        return math.ldexp(result, scale)
    except OverflowError:
        return math.copysign(math.inf, result)


def _inverse(value: float) -> float:
    return 1 / value if value else math.inf


def _product(base: float, fraction: float, integer: int) -> tuple[float, int]:
    """`base ** (integer + fraction)` as mantissa and power of two."""
    result, scale = 1.0, 0
    if fraction:
        if fraction > 0.5:
            fraction, integer = fraction - 1, integer + 1
        result = math.exp(fraction * _natural_logarithm(base))
    mantissa, exponent = math.frexp(base)
    while integer:
        if not -(1 << 12) <= exponent <= 1 << 12:  # beyond what a 64-bit float holds
            return result, scale + exponent
        if integer & 1:
            result, scale = result * mantissa, scale + exponent
        mantissa, exponent = mantissa * mantissa, exponent << 1
        if mantissa < 0.5:
            mantissa, exponent = mantissa + mantissa, exponent - 1
        integer >>= 1
    return result, scale


def _float(number: Number) -> float:
    try:
        return float(Fraction(number))
    except OverflowError:
        raise Refused("value must be between -1.8e308 and 1.8e308") from None


def _finite(value: float, what: str) -> Number | Value:
    if math.isnan(value):
        raise Refused(f"{what} is not a number")
    if math.isinf(value):
        sign = "-" if value < 0 else ""
        infinity = unknown(f"{sign}Infinity", "is no number that cloudlint calculates with")
        return convert(infinity, NUMBER)
    return from_float(value)


@function("parseint")
def parseint(number: Value, base: Number) -> Number:
    if not isinstance(number, Known) or number.kind != "string":
        raise Refused(f"first argument must be a string, not {number.type.name}")
    radix = whole(base)
    if not 2 <= radix <= 62:
        raise Refused("base must be a whole number between 2 and 62 inclusive")
    value = _parsed(number.string(), radix)
    if value is None:
        shown = "this sensitive string" if number.sensitive else f'"{number.string()[:64]}"'
        raise Refused(f"cannot parse {shown} as a base {radix} integer")
    return value


def _parsed(text: str, radix: int) -> int | None:
    sign, digits = (text[0], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if len(digits) > _MAX_DIGITS:
        raise Refused(f"a number of {len(digits)} digits is longer than cloudlint parses")
    # Up to base 36 the case of a letter does not matter; beyond, capitals come after the rest.
    values = [_DIGITS.find(digit.lower() if radix <= 36 else digit) for digit in digits]
    if not values or not all(0 <= value < radix for value in values):
        return None
    result = 0
    for value in values:
        result = result * radix + value
    return -result if sign == "-" else result
