"""What the image of a build stage starts, and whether that keeps running."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudlint.concepts import image_data
from cloudlint.concepts.command_data import (
    ends,
    is_program_of_others,
    only_helps,
    waits_for_lambda,
)
from cloudlint.concepts.images import image_name
from cloudlint.parsers.dockerfile.model import BaseImage, Cmd, Command, Copy, Entrypoint, Run, Stage
from cloudlint.values import Known, Value, known, unknown

if TYPE_CHECKING:
    from cloudlint.parsers.shell import ShellCommand

__all__ = ["is_lambda_client", "is_toolbox", "keeps_running", "says_what_runs", "started"]

_SHELLS = frozenset("ash bash cmd cmd.exe powershell powershell.exe pwsh sh zsh".split())
_IDLE = (["sleep", "infinity"], ["tail", "-f", "/dev/null"])


def started(stage: Stage) -> list[ShellCommand]:
    """The commands of its ENTRYPOINT and CMD, the last of each, or of the stages it is built
    from."""
    from cloudlint.parsers.dockerfile.scripts import commands

    given = (_last(stage, Entrypoint), _last(stage, Cmd))
    return [found for command in given if command is not None for found in commands(command, {})]


def is_toolbox(stage: Stage) -> bool:
    """Whether the image does nothing unless it is told what: a distribution or a language with
    no command, or with a shell. One that exposes a port is there to answer; one without a command
    that takes files from the repository may be there to run them."""
    if any(level.exposed for level in stage.lineage()):
        return False
    given = [command for kind in (Entrypoint, Cmd) if (command := _last(stage, kind))]
    if given:
        return all(_does_nothing(command) for command in given)
    return _starts_nothing(stage) and not any(map(_takes_from_context, stage.lineage()))


def _starts_nothing(stage: Stage) -> bool:
    """Whether what it is built on has no command but a shell, if it names none itself."""
    base = stage.root
    if not isinstance(base, BaseImage):
        return False
    name = image_name(base.reference)
    return image_data.is_plain(name.path) or image_data.is_windows(name.path, name.known_tag)


def keeps_running(stage: Stage) -> Value:
    """Three-valued: whether it is there to run until it is stopped. What answers on a port is, and
    so is a program of the repository's own; of programs that others have made, called by their
    name, it is known of some."""
    if _serves(stage):
        return known(True)
    command = _last(stage, Cmd)
    if command is not None and only_helps(_words(command)):
        return known(False)
    lines = _lines(stage)
    if lines and all(map(ends, lines)):
        return known(False)
    if lines and all(map(is_program_of_others, lines)) and _is_of_others(stage):
        what = f"whether `{lines[-1][0]}` keeps running"
        return unknown(what, "is not known").used_at(stage.span)
    if not says_what_runs(stage) and _starts_nothing(stage):
        return unknown("what the image starts", "is not said").used_at(stage.span)
    return known(True)


def says_what_runs(stage: Stage) -> bool:
    """Whether it names its command, rather than run as its base image does."""
    return any(_last(stage, kind) is not None for kind in (Entrypoint, Cmd))


def is_lambda_client(stage: Stage) -> bool:
    """Whether it starts what runs a program on Lambda, as a user of Lambda's and unchecked."""
    return any(map(waits_for_lambda, _lines(stage)))


def _last(stage: Stage, kind: type[Cmd] | type[Entrypoint]) -> Command | None:
    last = next((item for level in stage.lineage() if (item := level.last(kind))), None)
    return last.command if last is not None else None


def _words(command: Command) -> list[str]:
    if command.arguments is None:
        return str(command).split()
    return [str(word.known_or("?")) for word in command.arguments]


def _does_nothing(command: Command) -> bool:
    words = _words(command)
    return (
        not words or words in _IDLE or (len(words) == 1 and words[0].rpartition("/")[2] in _SHELLS)
    )


def _lines(stage: Stage) -> list[list[str]]:
    """The command lines that run: CMD's words follow ENTRYPOINT's where both are exec forms."""
    entrypoint, command = _last(stage, Entrypoint), _last(stage, Cmd)
    if entrypoint is not None and entrypoint.is_exec:
        return [_words(entrypoint) + (_words(command) if command and command.is_exec else [])]
    return [[word.text for word in found.words] for found in started(stage) if found.words]


def _serves(stage: Stage) -> bool:
    """Whether it says that it answers on a port, or its base image does."""
    if any(level.exposed for level in stage.lineage()):
        return True
    base = stage.root
    if not isinstance(base, BaseImage):
        return False
    name = image_name(base.reference)
    return image_data.exposes(name.path, name.known_tag) is True


def _is_of_others(stage: Stage) -> bool:
    """Whether what is in it was installed, and nothing but configuration is from the repository."""
    levels = list(_sources(stage))
    installs = any(True for level in levels for _ in level.of(Run))
    return installs and not any(_takes_from_context(level) for level in levels)


def _sources(stage: Stage) -> Iterator[Stage]:
    """It, the stages it is built from, and those that they take files from; each once."""
    waiting, seen = [stage], {stage}
    while waiting:
        level = waiting.pop()
        yield level
        below = [copy.stage for copy in level.of(Copy)]
        below += [mount.stage for run in level.of(Run) for mount in run.mounts]
        below += [level.base] if isinstance(level.base, Stage) else []
        new = {other for other in below if other is not None} - seen
        seen |= new
        waiting += new


def _takes_from_context(stage: Stage) -> bool:
    if any(_is_of_context(copy) for copy in stage.of(Copy)):
        return True
    mounts = (mount for run in stage.of(Run) for mount in run.mounts)
    return any(mount.from_ is None and mount.type.known_or("") == "bind" for mount in mounts)


def _is_of_context(copy: Copy) -> bool:
    """Whether it brings in files of the repository that are no configuration of the system."""
    if copy.from_ is not None or str(copy.destination.known_or("")).startswith("/etc/"):
        return False
    return bool(copy.heredocs) or not all(_is_remote(source) for source in copy.sources)


def _is_remote(source: Value) -> bool:
    return isinstance(source, Known) and "://" in str(source.data)
