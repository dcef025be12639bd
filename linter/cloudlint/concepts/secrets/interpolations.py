"""Texts with `${NAME}` in them, as compose files, Dockerfiles and environment files have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cloudlint.concepts.secrets import detection
from cloudlint.concepts.secrets.detection import HOLE, WRAP, Match
from cloudlint.concepts.secrets.names import HINT

_REFERENCE = re.compile(
    r"\$(?:(?P<escaped>\$)|(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?P<operator>:?[-+?=])?)"
)
_BRACE = re.compile(r"[{}]")
MAX_DEFAULTS = 100


@dataclass(frozen=True, slots=True)
class Masked:
    """A text of the same length with `HOLE` for what is replaced, `WRAP` around defaults.
    `defaults` are the variables with a default, and where that stands."""

    text: str
    defaults: tuple[tuple[str, int, int], ...]
    variables: tuple[str, ...]


def masked(text: str) -> Masked:
    """The text without its variables; defaults inside of defaults are left as they are."""
    characters = list(text)
    defaults: list[tuple[str, int, int]] = []
    variables: list[str] = []
    at = 0
    while (found := _REFERENCE.search(text, at)) and len(variables) < MAX_DEFAULTS:
        start, at = found.span()
        if found["escaped"]:
            continue
        variables.append(found["name"] or found["braced"])
        if found["braced"]:
            end = _closing(text, at)
            if found["operator"] in ("-", ":-", "=", ":="):
                defaults.append((found["braced"], at, end - 1))
                characters[start:at] = WRAP * (at - start)
                characters[end - 1 : end] = WRAP
                at = end
                continue
            at = end
        characters[start:at] = HOLE * (at - start)
    return Masked("".join(characters), tuple(defaults), tuple(variables))


def _closing(text: str, at: int) -> int:
    """The offset after the brace that closes the one before `at`; the end where none does."""
    depth = 1
    for found in _BRACE.finditer(text, at):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
    return len(text)


def secrets_in(name: str, text: str) -> Iterator[Match]:
    """The secrets in a text that is assigned to `name` (nothing in particular where it is empty).

    What is made of a secret that stands elsewhere is none: `"${PASSWORD}"`, `"x${PASSWORD}"`.
    """
    mask = masked(text)
    from_elsewhere = any(HINT.search(variable) for variable in mask.variables)
    yield from detection.apart(
        match for match in _all(name, mask) if not (match.is_partial and from_elsewhere)
    )


def _all(name: str, mask: Masked) -> Iterator[Match]:
    yield from detection.known_formats(mask.text)
    whole = detection.named(name, mask.text) if name else None
    if whole is not None:
        yield whole
    for variable, start, end in mask.defaults:
        match = detection.named(variable, mask.text[start:end])
        if match is not None:
            yield match.moved(start)
    yield from detection.assigned(mask.text)
