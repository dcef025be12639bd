"""The commands that instructions run, whichever form they are written in.

Apart from the parser, for it loads a shell grammar that most questions have no use for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cloudlint.parsers.dockerfile.heredocs import markers
from cloudlint.parsers.dockerfile.model import Command, Heredoc, Run
from cloudlint.parsers.shell import SHELLS, ShellCommand, Word, parse, parse_arguments
from cloudlint.source import Span
from cloudlint.values import Known

__all__ = ["commands", "run_commands"]


def run_commands(run: Run, variables: Mapping[str, str]) -> list[ShellCommand]:
    """What a RUN runs, in order; `variables` are known values of its environment."""
    if run.script is not None:
        return _body(run.script, variables) if _is_shell(run.script) else []
    found = commands(run.command, variables)
    if run.heredocs and found and found[-1].name in SHELLS and not _has_script(found[-1]):
        found += [command for heredoc in run.heredocs for command in _body(heredoc, variables)]
    return found


def commands(command: Command, variables: Mapping[str, str]) -> list[ShellCommand]:
    """What a command line runs, in order, without the bodies of its here-documents."""
    if command.arguments is not None:
        return parse_arguments([_word(value, command.span) for value in command.arguments])
    text = command.text.text
    for marker in markers(text):
        text = text[: marker.start] + " " * (marker.end - marker.start) + text[marker.end :]
    return parse(text, command.text.span, variables)


def _body(heredoc: Heredoc, variables: Mapping[str, str]) -> list[ShellCommand]:
    body = heredoc.body

    def locate(start: int, end: int) -> Span:
        return Span(body.file, body.start + start, body.start + end)

    return parse(body.text, locate, variables)


def _is_shell(heredoc: Heredoc) -> bool:
    """Whether a script is read by a shell: it says so in its first line, or says nothing."""
    first = heredoc.content.partition("\n")[0]
    if not first.startswith("#!"):
        return True
    words: Sequence[str] = first[2:].split()
    return any(word.rpartition("/")[2] in SHELLS for word in words[:2])


def _has_script(command: ShellCommand) -> bool:
    return any(not word.text.startswith("-") for word in command.arguments)


def _word(value: object, otherwise: Span) -> Word:
    text = value.data if isinstance(value, Known) else None
    span = value.place if isinstance(value, Known) else None
    return Word(text if isinstance(text, str) else "", isinstance(text, str), span or otherwise)
