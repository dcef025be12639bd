"""Keys that open an account until somebody revokes them, and the users that are made for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.values import Value

__all__ = ["LongLivedKey"]


@dataclass(slots=True, eq=False)
class LongLivedKey(Concept):
    """A key without an end, or a user that only a machine can log in as.

    `what` is what people call it, `instead` what does without. `in_use` is a truth; asking for it
    raises `Undecided` where it is not known whether the thing is one at all.
    """

    what: str
    instead: str
    in_use: Callable[[], Value]
