"""What texts the functions may make, and whole numbers they may take."""

from __future__ import annotations

import unicodedata

from cloudlint.parsers.terraform.functions.registry import Refused
from cloudlint.values.numbers import Number

MAX_LENGTH = 1_000_000
_LONGEST_NUMBER = 14_000  # bits; Python writes 4300 digits at most
_INT64 = 1 << 63


def bounded(text: str) -> str:
    """A text as Terraform's strings hold it (in Unicode's normal form C), if it is not huge."""
    check_length(len(text))
    return composed(text)


def composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def check_length(length: int) -> None:
    """Raises EvaluationError for the length of a text that must not be made."""
    if length > MAX_LENGTH:
        raise Refused(
            f"the result of {length} characters is longer than cloudlint evaluates ({MAX_LENGTH})"
        )


def decimal(number: int) -> str:
    """The digits of a whole number, if it is not huge."""
    if number.bit_length() > _LONGEST_NUMBER:
        raise Refused("a number has more digits than cloudlint writes")
    return str(number)


def whole(number: Number) -> int:
    """A number that Terraform takes as a 64-bit integer."""
    if isinstance(number, int) and -_INT64 <= number < _INT64:
        return number
    raise Refused(f"value must be a whole number, between {-_INT64} and {_INT64 - 1}")
