"""`format` and `formatlist`: the verbs of Go's formatted printing, as Terraform has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cloudlint.parsers.terraform.functions.json_text import encode, quoted
from cloudlint.parsers.terraform.functions.limits import bounded, check_length, decimal
from cloudlint.parsers.terraform.functions.registry import (
    MAX_ELEMENTS,
    Refused,
    function,
    unsettled,
)
from cloudlint.values import (
    EvaluationError,
    Known,
    Symbolic,
    Template,
    Value,
    applied,
    known,
    template,
)
from cloudlint.values.convert import convert
from cloudlint.values.model import SEQUENCES
from cloudlint.values.numbers import Number, to_text
from cloudlint.values.types import ANY, BOOL, NUMBER, STRING, list_of

_VERB = re.compile(
    r"%(?P<flags>[-+ #0]*)(?P<width>[1-9][0-9]*)?(?:\.(?P<precision>[0-9]*))?"
    r"(?:\[(?P<index>[1-9][0-9]{0,8})\])?(?P<letter>[a-zA-Z])"
)
_LETTERS = frozenset("vtbdoxXeEfgGsq")
_LONGEST_WIDTH = 7
_MAX_PLACES = 4_000
_BASES = {"b": ("b", "0b"), "d": ("d", ""), "o": ("o", "0"), "x": ("x", "0x"), "X": ("X", "0X")}


@dataclass(frozen=True, slots=True)
class _Verb:
    """`%-5.2[1]f`: flags, width, precision (None where none is given), argument, letter."""

    text: str
    flags: str
    width: int
    precision: int | None
    argument: int
    letter: str

    @property
    def left(self) -> bool:
        return "-" in self.flags

    @property
    def zeros(self) -> bool:
        return "0" in self.flags and not self.left


# -- the functions -----------------------------------------------------------------------------


@function("format", structural=True)
def format_(pattern: Value, *arguments: Value) -> Value:
    if not isinstance(pattern, Known) or any(_untyped_null(value) for value in arguments):
        return unsettled("format", STRING, pattern, *arguments)
    return _formatted(_parsed(pattern.string(), len(arguments)), arguments)


@function("formatlist", structural=True)
def formatlist(pattern: Value, *arguments: Value) -> Value:
    lists = [value for value in arguments if _is_list(value)]
    if (
        not isinstance(pattern, Known)
        or any(_untyped_null(value) for value in arguments)
        or any(isinstance(value, Symbolic) and value.type == ANY for value in arguments)
        or not all(isinstance(value, Known) for value in lists)
    ):
        return unsettled("formatlist", list_of(STRING), pattern, *arguments)
    rows = _rows([value for value in lists if isinstance(value, Known)])
    if rows == 0:
        return Known((), "list", element=STRING)
    parts = _parsed(pattern.string(), len(arguments))
    results = [_formatted(parts, [_at(value, row) for value in arguments]) for row in range(rows)]
    return Known(tuple(results), "list", element=STRING)


def _untyped_null(value: Value) -> bool:
    """Of a bare `null` Terraform says that it will know more later."""
    return isinstance(value, Known) and value.kind == "null" and value.type == ANY


def _is_list(value: Value) -> bool:
    if isinstance(value, Known):
        return value.kind in SEQUENCES
    return value.type.name in SEQUENCES


def _rows(lists: Sequence[Known]) -> int:
    lengths = {len(value.items) for value in lists}
    if len(lengths) > 1:
        raise Refused("the lists have inconsistent lengths")
    count = lengths.pop() if lengths else 1
    if count > MAX_ELEMENTS:
        raise Refused(f"there are more than {MAX_ELEMENTS} elements")
    return count


def _at(value: Value, row: int) -> Value:
    return value.items[row] if isinstance(value, Known) and value.kind in SEQUENCES else value


# -- the format string -------------------------------------------------------------------------


def _parsed(pattern: str, given: int) -> list[str | _Verb]:
    """Literal texts and verbs; raises EvaluationError where they do not fit `given` arguments."""
    parts = list(_scanned(pattern))
    verbs = [part for part in parts if isinstance(part, _Verb)]
    used = max((verb.argument for verb in verbs), default=0)
    for verb in verbs:
        if verb.argument > given:
            raise Refused(
                f'not enough arguments for "{verb.text}": need index {verb.argument} '
                f"but have {given} total"
            )
    if given > used:
        only = f"only {used} used by format string" if verbs else "no verbs in format string"
        raise Refused(f"too many arguments; {only}")
    return parts


def _scanned(pattern: str) -> Iterator[str | _Verb]:
    at, argument = 0, 1
    while at < len(pattern):
        percent = pattern.find("%", at)
        if percent == -1:
            yield pattern[at:]
            return
        yield pattern[at:percent]
        if pattern.startswith("%%", percent):
            yield "%"
            at = percent + 2
            continue
        match = _VERB.match(pattern, percent)
        if match is None:
            raise Refused(f"invalid format string starting at offset {percent}")
        argument = int(match["index"] or argument)
        yield _verb(match, argument)
        at, argument = match.end(), argument + 1


def _verb(match: re.Match[str], argument: int) -> _Verb:
    width, precision, letter = match["width"] or "0", match["precision"], match["letter"]
    if letter not in _LETTERS:
        raise Refused(f'unsupported format verb "{letter}" in "{match.group()[:32]}"')
    if max(len(width), len(precision or "")) > _LONGEST_WIDTH:
        raise Refused(f'the width in "{match.group()[:32]}…" is too large')
    check_length(max(int(width), int(precision or 0)))
    exact = None if precision is None else int(precision or 0)
    return _Verb(match.group(), match["flags"], int(width), exact, argument, letter)


def _formatted(parts: Sequence[str | _Verb], arguments: Sequence[Value]) -> Value:
    texts: list[str | Value] = []
    length = 0
    for part in parts:
        text = part if isinstance(part, str) else _argument(part, arguments[part.argument - 1])
        if isinstance(text, str):
            length += len(text)
            check_length(length)
        texts.append(text)
    result = template(texts)
    if isinstance(result, Known):
        return known(bounded(result.string())).derived_from(*arguments)
    return result.derived_from(*arguments)


def _argument(verb: _Verb, value: Value) -> str | Value:
    if value.is_wholly_known():
        try:
            return _text(verb, value)
        except EvaluationError as error:
            message = f'unsupported value for "{verb.text}": {error}'
            raise Refused(message) from None
    plain = verb.text.startswith(f"%{verb.letter}") or verb.text.startswith("%[")
    if plain and (
        verb.letter == "s"
        or (verb.letter == "v" and value.type in (STRING, BOOL))
        or (verb.letter == "d" and value.type == NUMBER)
        or (verb.letter == "t" and value.type == BOOL)
    ):
        return _textual(verb, value)
    bare = re.sub(r"\[[0-9]+\]", "", verb.text)
    return applied("format", known(bare), value, type_=STRING)


def _textual(verb: _Verb, value: Value) -> Value:
    """A value that is not known, in a place where it stands as its own text."""
    if isinstance(value, Symbolic | Template) and value.type.name in ("any", "string"):
        return value
    if isinstance(value, Symbolic) and value.type in (NUMBER, BOOL):
        return convert(value, STRING)
    raise Refused(f'unsupported value for "{verb.text}": string required')


# -- the verbs ---------------------------------------------------------------------------------


def _text(verb: _Verb, value: Value) -> str:
    if isinstance(value, Known) and value.kind == "null" and verb.letter != "v":
        raise Refused("null value cannot be formatted")
    match verb.letter:
        case "v":
            return _as_it_is(verb, value)
        case "s" | "q":
            return _string(verb, convert(value, STRING).string())
        case "t":
            return "true" if convert(value, BOOL) else "false"
        case "b" | "d" | "o" | "x" | "X":
            return _integer(verb, convert(value, NUMBER).number())
    return _float(verb, convert(value, NUMBER).number())


def _as_it_is(verb: _Verb, value: Value) -> str:
    if isinstance(value, Known) and "#" not in verb.flags:
        if value.kind == "string":
            return _padded(verb, value.string())
        if value.kind == "number":
            return _padded(verb, _general(value.number(), None))
        if value.kind == "null":
            return "null"
    return _padded(verb, encode(value))


def _string(verb: _Verb, text: str) -> str:
    from cloudlint.parsers.terraform.functions.strings import graphemes

    if verb.precision:
        text = "".join(graphemes(text)[: verb.precision])
    return _padded(verb, quoted(text) if verb.letter == "q" else text)


def _padded(verb: _Verb, text: str) -> str:
    from cloudlint.parsers.terraform.functions.strings import graphemes

    missing = verb.width - (len(graphemes(text)) if verb.width else 0)
    if missing <= 0:
        return text
    padding = ("0" if "0" in verb.flags else " ") * missing
    return text + padding if verb.left else padding + text


def _sign(verb: _Verb, number: Number) -> str:
    if number < 0:
        return "-"
    return "+" if "+" in verb.flags else " " if " " in verb.flags else ""


def _integer(verb: _Verb, number: Number) -> str:
    if number.denominator != 1:
        raise Refused("an integer is required")
    number = int(number)
    letter, prefix = _BASES[verb.letter]
    digits = decimal(abs(number)) if letter == "d" else format(abs(number), letter)
    if verb.precision is not None:
        digits = "" if number == 0 and verb.precision == 0 else digits.rjust(verb.precision, "0")
    sign = _sign(verb, number) + (prefix if "#" in verb.flags else "")
    return _filled(verb, sign, digits, zeros=verb.zeros and verb.precision is None)


def _filled(verb: _Verb, sign: str, digits: str, *, zeros: bool) -> str:
    text = sign + (digits.rjust(verb.width - len(sign), "0") if zeros else digits)
    return text.ljust(verb.width) if verb.left else text.rjust(verb.width)


def _float(verb: _Verb, number: Number) -> str:
    value = abs(Fraction(number))
    letter = verb.letter.lower()
    places = 6 if verb.precision is None else verb.precision
    if places > _MAX_PLACES:
        raise Refused(f"more than {_MAX_PLACES} digits are asked for")
    if letter == "e":
        digits = _exponential(*_rounded(value, places + 1), places)
    elif letter == "f":
        digits = _fixed(value, places)
    else:
        digits = _general(value, verb.precision)
    if verb.letter.isupper():
        digits = digits.upper()
    return _filled(verb, _sign(verb, number), digits, zeros=verb.zeros)


def _shortest(value: Number) -> tuple[str, int]:
    """The digits of the shortest decimal for `value` (not negative), and where its point is."""
    whole, _, fraction = to_text(value).partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) - (len(whole + fraction) - len(digits))
    return digits.rstrip("0"), point if digits else 0


def _rounded(value: Fraction, count: int) -> tuple[str, int]:
    """`count` digits of `value`, and where its point is."""
    if value == 0:
        return "0" * count, 1
    _, point = _shortest(value)
    digits = decimal(round(value * Fraction(10) ** (count - point)))
    return digits[:count], point + len(digits) - count


def _exponential(digits: str, point: int, places: int) -> str:
    mantissa = digits[:1] + ("." + digits[1:].ljust(places, "0") if places else "")
    exponent = point - 1
    return f"{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _fixed(value: Fraction, places: int) -> str:
    digits = decimal(round(value * Fraction(10) ** places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _general(number: Number, precision: int | None) -> str:
    """As `%g`: the shortest digits or so many, with an exponent where the number is far from 1."""
    value, sign = abs(Fraction(number)), "-" if number < 0 else ""
    if value == 0:
        return "0"
    if precision is None:
        digits, point = _shortest(value)
        limit = 6
    else:
        digits, point = _rounded(value, precision or 1)
        digits = digits.rstrip("0")
        limit = precision or 1
        if limit > len(digits) >= point:
            limit = len(digits)
    if not -4 <= point - 1 < limit:
        return sign + _exponential(digits, point, len(digits) - 1)
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    whole = digits[:point].ljust(point, "0")
    return f"{sign}{whole}.{digits[point:]}" if digits[point:] else sign + whole
