"""Short ways to a parsed text, for tests."""

from __future__ import annotations

import re
from typing import TypeVar

from cloudlint.parsers.dockerfile import Dockerfile, Instruction, ParsedDockerfile, parse
from cloudlint.source import SourceFile

I = TypeVar("I", bound=Instruction)  # noqa: E741


def parsed(text: str) -> ParsedDockerfile:
    return parse(SourceFile("Dockerfile", text))


def sound(text: str) -> Dockerfile:
    """The Dockerfile of a text in which nothing is wrong."""
    dockerfile, diagnostics = parsed(text)
    assert diagnostics == []
    return dockerfile


def only(text: str, kind: type[I]) -> I:
    """The one instruction of a kind in the last stage, after `FROM alpine:3` unless given."""
    if not re.match(r"(#.*\n|ARG .*\n)*FROM ", text):
        text = f"FROM alpine:3\n{text}"
    final = sound(text).final
    assert final is not None
    (found,) = final.of(kind)
    return found


def messages(text: str) -> list[str]:
    return [f"{problem.place} {problem.message}" for problem in parsed(text).diagnostics]
