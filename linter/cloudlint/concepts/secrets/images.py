"""Secrets that end up in images."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cloudlint.concepts.base import Concept
from cloudlint.concepts.secrets.model import Secret
from cloudlint.source import Span
from cloudlint.values import Value


class Leak(Enum):
    """How a secret gets into an image."""

    LITERAL = "a literal"
    FILE = "a file"
    SCRIPT = "a script"
    DECLARED = "a declaration"


@dataclass(slots=True, eq=False)
class ImageSecret(Concept):
    """A secret in an image: a literal in an instruction, a file or script that is copied, or an
    `ARG` or `ENV` that is called like one and has no value yet.

    `name` is what it is called or the file copied, `place` the narrowest place in the Dockerfile;
    `secret` is what was found in a literal or script. `is_leaked` is three-valued.
    """

    leak: Leak
    name: str
    place: Span
    is_leaked: Value
    secret: Secret | None = None
