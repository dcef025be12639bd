"""What texts the functions may make, and whole numbers they may take."""

from __future__ import annotations

import unicodedata

from cloudlint.parsers.terraform.functions.registry import Refused
from cloudlint.values.numbers import Number

MAX_LENGTH = 1_000_000
_INT64 = 1 << 63


def bounded(text: str) -> str:
    """A text as Terraform's strings hold it (in Unicode's normal form C), if it is not huge."""
    check_length(len(text))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def check_length(length: int) -> None:
    """Raises EvaluationError for the length of a text that must not be made."""
    if length > MAX_LENGTH:
        raise Refused(
            f"the result of {length} characters is longer than cloudlint evaluates ({MAX_LENGTH})"
        )


def whole(number: Number) -> int:
    """A number that Terraform takes as a 64-bit integer."""
    if isinstance(number, int) and -_INT64 <= number < _INT64:
        return number
    raise Refused(f"value must be a whole number, between {-_INT64} and {_INT64 - 1}")
