"""Secrets in Dockerfiles: whatever an instruction says ends up in the image or its history."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudlint.concepts.secrets import detection
from cloudlint.concepts.secrets.detection import Match
from cloudlint.concepts.secrets.interpolations import secrets_in
from cloudlint.concepts.secrets.model import Secret, Where
from cloudlint.concepts.secrets.names import HINT
from cloudlint.graph import Graph, Resource
from cloudlint.graph.dockerfiles import BuildStage, stages
from cloudlint.parsers.dockerfile.model import Instruction, Pairs
from cloudlint.source import Span
from cloudlint.values import Value, known, unknown

_ENV_WITH_BLANK = re.compile(r"(?i)ENV[ \t]+(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>[^=\n]+)\Z")
_COMMENT = re.compile(r"(?m)^[ \t]*#[^\n]*")


def secrets(graph: Graph) -> Iterator[Secret]:
    """The secrets in the instructions of all stages; those before the first stage are its."""
    for resource, model in stages(graph):
        for instruction in _instructions(model):
            text = instruction.span.text
            if HINT.search(text) or detection.ANY_FORMAT.search(text):
                yield from _in_instruction(resource, instruction)


def _instructions(model: BuildStage) -> Iterator[Instruction]:
    if model.stage.index == 0:
        yield from model.dockerfile.global_args
    yield from model.stage.instructions


def _in_instruction(resource: Resource, instruction: Instruction) -> Iterator[Secret]:
    span = instruction.span
    for match in _matches(without_comments(span.text)):
        literal = span.file.span(span.start + match.start, span.start + match.end)
        yield _secret(resource, instruction, match, literal)


def without_comments(text: str) -> str:
    """A text of the same length with blanks for the comments of shells and Dockerfiles."""
    return _COMMENT.sub(lambda comment: " " * len(comment[0]), text)


def _matches(text: str) -> Iterator[Match]:
    pair = _ENV_WITH_BLANK.match(text)
    if pair is not None:
        start = pair.start("value")
        yield from (match.moved(start) for match in secrets_in(pair["name"], pair["value"]))
    else:
        yield from secrets_in("", text)


def _secret(resource: Resource, instruction: Instruction, match: Match, literal: Span) -> Secret:
    """Its text is not known where variables are part of it."""
    name = match.name or _assigned_to(instruction, literal)
    text: Value = known(literal.text, literal)
    if match.is_partial:
        text = unknown(f"a part of `{name}`", "is not known", literal)
    return Secret(resource, name, match.kind, Where.IMAGE, literal, text, match.is_example)


def _assigned_to(instruction: Instruction, literal: Span) -> str:
    """The variable or label in whose value a literal stands; the instruction in any other."""
    pairs = instruction.pairs if isinstance(instruction, Pairs) else ()
    before = [pair.name for pair in pairs if pair.name_span.end <= literal.start]
    return before[-1] if before else instruction.keyword
