"""What a module declares to carry a secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept


@dataclass(slots=True, eq=False)
class SensitiveDeclaration(Concept):
    """A variable or output that may carry a secret. `is_marked`: whether Terraform is told to hide
    it. `is_secret` raises `Undecided`."""

    kind: str
    name: str
    is_marked: bool
    is_secret: Callable[[], bool]
