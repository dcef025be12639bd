"""Files that are made to hold secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.concepts.secrets.detection import Kind, looks_generated
from cloudlint.concepts.secrets.model import Secret

_STAND_INS = re.compile(
    r"(?i)(?:^|[._-])(?:examples?|samples?|templates?|tmpl|tpl|dist|defaults?|skel(?:eton)?"
    r"|tests?|testing|ci|e2e|docs?|demo|dummy)(?:[._-]|$)"
)
_STAND_IN_FOLDERS = frozenset(
    "test tests testing __tests__ testdata test-data fixtures spec specs e2e examples example "
    "samples sample templates".split()
)


@dataclass(slots=True, eq=False)
class SecretFile(Concept):
    """An environment file: the secrets in it, and whether it is committed."""

    secrets: list[Secret]
    is_committed: bool

    @property
    def path(self) -> str:
        return self.span.path

    @property
    def is_stand_in(self) -> bool:
        """Whether it is called like a file that shows what to write into the real one, or that
        tests run with."""
        *folders, name = self.path.split("/")
        return bool(_STAND_INS.search(name) or _STAND_IN_FOLDERS.intersection(folders))


_ANY_TEXT = (
    Kind.PASSWORD,
    Kind.SECRET,
    Kind.URL_PASSWORD,
    Kind.COMMAND_PASSWORD,
    Kind.HEADER_TOKEN,
)
"""Kinds whose texts people make up."""


def is_real_looking(secret: Secret) -> bool:
    """Whether a secret is one even where placeholders are expected: made by a machine, or of the
    format of somebody who issues keys. What is put together of variables is not."""
    if secret.kind in _ANY_TEXT:
        text = secret.text.known_or("")
        return isinstance(text, str) and looks_generated(text)
    return not secret.is_example
