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
    for name, text, start in _texts(instruction):
        for match in secrets_in(name, text):
            at = start + match.start
            literal = instruction.span.file.span(at, start + match.end)
            yield _secret(resource, match.name or name or instruction.keyword, match, literal)


def _texts(instruction: Instruction) -> Iterator[tuple[str, str, int]]:
    """What is assigned, with its name; the whole of an instruction that assigns nothing. Each with
    the offset at which it begins."""
    if not isinstance(instruction, Pairs):
        yield "", without_comments(instruction.span.text), instruction.span.start
        return
    for pair in instruction.pairs:
        place = pair.value.place if pair.value is not None else None
        if place is not None:
            quotes = len(place.text) - len(place.text.lstrip("\"'"))
            yield pair.name, place.text.strip("\"'"), place.start + quotes


def without_comments(text: str) -> str:
    """A text of the same length with blanks for the comments of shells and Dockerfiles."""
    return _COMMENT.sub(lambda comment: " " * len(comment[0]), text)


def _secret(resource: Resource, name: str, match: Match, literal: Span) -> Secret:
    """Its text is not known where variables are part of it."""
    text: Value = known(literal.text, literal)
    if match.is_partial:
        text = unknown(f"a part of `{name}`", "is not known", literal)
    return Secret(resource, name, match.kind, Where.IMAGE, literal, text, match.is_example)
