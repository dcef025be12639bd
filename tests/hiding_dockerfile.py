"""What Dockerfiles say: values become build arguments without a default."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from cloudlint.parsers.dockerfile import parse
from cloudlint.parsers.dockerfile.model import (
    Arg,
    Dockerfile,
    Env,
    Expose,
    Instruction,
    Stage,
    User,
    Workdir,
)
from cloudlint.source import SourceFile
from cloudlint.values import Value
from hiding_inputs import Files, Input

_HIDDEN_IN = (Env, Expose, User, Workdir)


def inputs(files: Files) -> list[Input]:
    """The images, users, directories, ports and variables that are written out, and defaults."""
    found: list[Input] = []
    for path, text in files.items():
        if basename(path).startswith("Dockerfile"):
            found += _of_dockerfile(path, parse(SourceFile(path, text)).dockerfile)
    return found


def _of_dockerfile(path: str, dockerfile: Dockerfile) -> Iterator[Input]:
    first = min((stage.from_.span.start for stage in dockerfile.stages), default=0)
    for argument in dockerfile.global_args:
        yield from _defaults(path, argument)
    for stage in dockerfile.stages:
        if not isinstance(stage.base, Stage):
            yield from _replaced(path, stage.from_, first)
        for instruction in stage.instructions:
            if isinstance(instruction, Arg):
                yield from _defaults(path, instruction)
            elif isinstance(instruction, _HIDDEN_IN) and not instruction.onbuild:
                yield from _replaced(path, instruction, instruction.span.start)


def _defaults(path: str, argument: Arg) -> Iterator[Input]:
    for pair in argument.pairs:
        if pair.value is not None and pair.value.place is not None:
            yield Input(path, pair.name_span.end, pair.value.place.end, "")


def _replaced(path: str, instruction: Instruction, declared_at: int) -> Iterator[Input]:
    for word in instruction.words:
        place = _written(word)
        if place is not None:
            declaration = "ARG {name}\n"
            yield Input(path, *place, "${{{name}}}", declaration, declared_at)


def _written(word: Value) -> tuple[int, int] | None:
    """Where a word is, if it is written out there."""
    place = word.place
    if place is None or "$" in place.text or not word.is_wholly_known():
        return None
    return place.start, place.end
