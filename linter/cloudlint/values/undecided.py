"""The third answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudlint.source import Span
from cloudlint.values.symbols import Origin

if TYPE_CHECKING:
    from cloudlint.values.model import Value


class Undecided(Exception):
    """Raised when a plain answer is asked of a value that is not known.

    `origin` is the root of the ignorance; `value` is what was asked, and its trail is the chain
    from the place that asked to the origin.
    """

    def __init__(self, origin: Origin, value: Value | None = None) -> None:
        super().__init__(str(origin))
        self.origin = origin
        self.value = value


class EvaluationError(Exception):
    """An expression that Terraform itself would refuse; the message is a sentence for people, and
    `span` the smallest expression that cannot be evaluated, once that is known."""

    span: Span | None = None
