"""What a RUN does: packages installed and removed, caches left, programs built, things fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from cloudlint.concepts.command_data import (
    APT,
    BUILDS_WHOLE_SOURCE,
    DEPENDENCY_CACHES,
    MANAGERS,
    PIP,
    PackageManager,
    builds,
    dependencies_installed,
    is_build_package,
    manager_called,
)
from cloudlint.parsers.dockerfile.model import Pairs, Run, Shell
from cloudlint.source import Span
from cloudlint.values import Origin, Undecided, Value

if TYPE_CHECKING:
    from cloudlint.parsers.shell import ShellCommand, Word

__all__ = ["Layer", "PackageAction", "is_shell", "pairs_by_certainty"]


@dataclass(frozen=True, slots=True, eq=False)
class PackageAction:
    """A call of a package manager by its `program`. `options` are those before and after the
    subcommand, with the value of those that take the next word."""

    program: str
    manager: PackageManager
    verb: str
    packages: tuple[Word, ...]
    options: Mapping[str, Word | None]
    command: ShellCommand

    @property
    def installs(self) -> bool:
        return self.verb in self.manager.install

    @property
    def removes(self) -> bool:
        return self.verb in self.manager.remove

    @property
    def fills_cache(self) -> bool:
        """Whether it writes what only further installations would use."""
        return self.installs or self.verb in self.manager.refresh

    @property
    def virtual(self) -> str:
        """apk's name for all packages of this call, empty where it gives none."""
        for option, word in self.options.items():
            if option in ("-t", "--virtual") and word is not None:
                return word.text
            if option.startswith("--virtual="):
                return option.partition("=")[2]
        return ""


def package_action(command: ShellCommand) -> PackageAction | None:
    """What a command asks a package manager for; None where it calls none."""
    words = _called(command)
    program = words[0].text.rpartition("/")[2] if words else ""
    manager = manager_called(program)
    if manager is None:
        return None
    options: dict[str, Word | None] = {}
    plain: list[Word] = []
    rest = iter(words[1:])
    for word in rest:
        if word.text.startswith("-") and len(word.text) > 1:
            options[word.text] = next(rest, None) if word.text in manager.valued else None
        else:
            plain.append(word)
    verb = plain[0].text if plain else ""
    return PackageAction(program, manager, verb, tuple(plain[1:]), options, command)


def _called(command: ShellCommand) -> tuple[Word, ...]:
    """The words of a command from the program on, which `python -m` runs as a module; none where
    the program is not known."""
    words = command.words
    if command.name.startswith("python") and len(words) > 2 and words[1].text == "-m":
        words = words[2:]
    return words if words and words[0].is_literal else ()


def _texts(command: ShellCommand) -> tuple[str, list[str]]:
    """The name of the program, without its folder, and its arguments."""
    words = [word.text for word in _called(command)]
    return (words[0].rpartition("/")[2], words[1:]) if words else ("", [])


@dataclass(eq=False)
class Layer:
    """A RUN with the variables whose values are known to it, and those whose are not; of one whose
    shell is not of the family of sh nothing is known, and it does nothing."""

    run: Run
    variables: Mapping[str, str]
    doubts: Mapping[str, Value]
    is_shell: bool

    @cached_property
    def commands(self) -> list[ShellCommand]:
        """What it runs, in order."""
        if not self.is_shell:
            return []
        from cloudlint.parsers.dockerfile.scripts import run_commands

        return run_commands(self.run, self.variables)

    @cached_property
    def actions(self) -> list[PackageAction]:
        """What it asks package managers for, in order."""
        found = (package_action(command) for command in self.commands)
        return [action for action in found if action is not None]

    # -- caches --------------------------------------------------------------------------------

    def caches_left(self) -> Iterator[PackageAction]:
        """For each package manager whose cache stays in the layer, the call that wrote it last.
        Raises `Undecided` where it is not known what is removed."""
        for manager in MANAGERS:
            if any(_switches_cache_off(action, manager) for action in self.actions):
                continue
            filling = [action for action in self.actions if self._keeps_cache(action, manager)]
            if filling and not self._mounts(manager.mounts):
                after = self.commands[self.commands.index(filling[-1].command) + 1 :]
                if not _clean(after, manager):
                    yield filling[-1]

    def _keeps_cache(self, action: PackageAction, manager: PackageManager) -> bool:
        if action.manager is not manager or not action.fills_cache:
            return False
        if manager.uncached & set(action.options):
            return False
        variable = "PIP_NO_CACHE_DIR"
        told = action.command.environment.get(variable) or self.variables.get(variable)
        if manager is PIP and not told and variable in self.doubts:
            raise self.doubts[variable].undecided()
        return not (manager is PIP and told)

    def _mounts(self, folders: tuple[str, ...]) -> bool:
        """Whether one of the folders, or one around or inside it, is a cache mount."""
        for mount in self.run.mounts:
            if mount.type == "cache" and mount.target is not None:
                target = mount.target.string().rstrip("/")
                if any(_within(target, folder) or _within(folder, target) for folder in folders):
                    return True
        return False

    def upgrades(self) -> Iterator[PackageAction]:
        """The calls that upgrade all packages; raises `Undecided` where it is not known whether
        they name some."""
        for action in self.actions:
            if action.verb in action.manager.upgrade:
                opaque = next((word for word in action.packages if not word.is_literal), None)
                if opaque is not None:
                    raise _unknown(opaque)
                if not action.packages:
                    yield action

    def piped_downloads(self) -> Iterator[tuple[ShellCommand, ShellCommand]]:
        """What is downloaded with the command that runs it at once."""
        numbered = list(enumerate(self.commands))
        downloads = [(at, command) for at, command in numbered if command.name in _DOWNLOADS][:20]
        for at, runner in numbered if downloads else ():
            if _INTERPRETERS.match(runner.name) or _EVALUATES.match(runner.name):
                for before, download in downloads:
                    if _feeds(download, runner, is_earlier=before < at):
                        yield download, runner

    def relative_use(self) -> Span | None:
        """The first program that is named by a relative path, before any change of folder."""
        return relative_program(self.commands)

    # -- what it builds ------------------------------------------------------------------------

    def build_packages(self) -> list[Word]:
        """Compilers, build tools and headers that are installed and stay. Raises `Undecided` where
        none is known to stay but it is not known what is installed or removed."""
        left: list[Word] = []
        doubt: Undecided | None = None
        for action in self.actions:
            if action.installs and action.manager is not PIP:
                later = self.actions[self.actions.index(action) + 1 :]
                try:
                    left += _staying(action, later)
                except Undecided as undecided:
                    doubt = undecided
        if not left and doubt is not None:
            raise doubt
        return left

    def builds(self, *, whole_source: bool) -> list[ShellCommand]:
        """The commands that build a program; `whole_source` counts general tools like `make`."""
        return [
            command
            for command in self.commands
            if builds(*_texts(command)) or (whole_source and command.name in BUILDS_WHOLE_SOURCE)
        ]

    def dependencies(self) -> dict[str, ShellCommand]:
        """The tools that fetch a project's dependencies here, with the command."""
        found: dict[str, ShellCommand] = {}
        for command in self.commands:
            tool = dependencies_installed(*_texts(command))
            if tool:
                found.setdefault(tool, command)
        return found

    @property
    def has_dependency_cache(self) -> bool:
        """Whether a cache mount keeps what was fetched before."""
        return any(
            mount.type == "cache"
            and mount.target is not None
            and any(part in str(mount.target.known_or("")) for part in DEPENDENCY_CACHES)
            for mount in self.run.mounts
        )


def is_shell(shell: Shell) -> bool:
    """Whether a SHELL instruction names a shell of the family of sh."""
    from cloudlint.parsers.shell import SHELLS

    first = str(shell.words[0].known_or("")) if shell.words else ""
    return first.replace("\\", "/").rpartition("/")[2] in SHELLS


def pairs_by_certainty(
    pairs: Pairs, defaults: Mapping[str, Value]
) -> tuple[dict[str, str], dict[str, Value]]:
    """The variables of an ENV or ARG whose values are known texts, and those whose are not;
    `defaults` are the values of those that are given none here."""
    given = (
        (pair.name, defaults.get(pair.name) if pair.value is None else pair.value)
        for pair in pairs.pairs
    )
    values = {name: value for name, value in given if value is not None}
    known = {name: value.known_or(None) for name, value in values.items()}
    texts = {name: text for name, text in known.items() if isinstance(text, str)}
    return texts, {name: value for name, value in values.items() if name not in texts}


_SCRIPT_OF = {
    "bash": "sh", "sh": "sh", "deno": "ts", "dotnet": "dll", "java": "jar", "node": "js cjs mjs",
    "nodejs": "js cjs mjs", "perl": "pl", "php": "php", "python": "py", "python2": "py",
    "python3": "py", "ruby": "rb", "ts-node": "ts", "tsx": "ts",
}  # fmt: skip
"""What the programs are called that interpreters are given."""


def relative_program(commands: list[ShellCommand]) -> Span | None:
    """The first program, or script of an interpreter, that is named by a relative path, before any
    change of folder."""
    for command in commands:
        if command.name in ("cd", "pushd"):
            break
        if command.words and command.words[0].text.startswith(("./", "../")):
            return command.words[0].span
        script = _script(command)
        if script is not None and not script.text.startswith(("/", "~")):
            return script.span
    return None


def _script(command: ShellCommand) -> Word | None:
    """The script that an interpreter is given, as far as its name tells."""
    endings = _SCRIPT_OF.get(command.name, "").split()
    options = [word.text for word in takewhile(_is_option, command.arguments)]
    rest = command.arguments[len(options) :]
    if not rest or not _NO_SCRIPTS.isdisjoint(options):
        return None
    _, point, ending = rest[0].text.rpartition(".")
    is_named = rest[0].is_literal and point and ending in endings and "://" not in rest[0].text
    return rest[0] if is_named else None


_NO_SCRIPTS = frozenset("-c -e -m -p -r -lc -ec -ce -cp -classpath --eval --print".split())
"""Options after which there is a program's text, a module or something else."""


def _is_option(word: Word) -> bool:
    return word.text.startswith("-")


def _unknown(word: Word) -> Undecided:
    return Undecided(Origin(f"`{word.text}`", "has no known value", word.span))


# -- downloads -------------------------------------------------------------------------------------

_DOWNLOADS = frozenset({"curl", "wget"})
_INTERPRETERS = re.compile(r"(?:ba|z|a|da|k)?sh\Z|(?:python|perl|ruby|node|php)[0-9.]*\Z")
_EVALUATES = re.compile(r"eval\Z|source\Z|\.\Z|(?:ba|z|a|da|k)?sh\Z")


def _feeds(download: ShellCommand, runner: ShellCommand, *, is_earlier: bool) -> bool:
    """Whether what a command prints is run by another: through a pipe, or as one of its words."""
    if download.inside is runner:
        return any(
            word.text.startswith(("$(", "<(", "`")) and download.span in word.span
            for word in runner.arguments
        )
    piped = download.pipeline and download.pipeline == runner.pipeline
    return bool(piped and is_earlier and _INTERPRETERS.match(runner.name) and _reads_input(runner))


def _reads_input(command: ShellCommand) -> bool:
    """Whether an interpreter is given no script of its own."""
    for word in command.arguments:
        if word.text in ("-", "-s", "/dev/stdin"):
            return True
        if not word.text.startswith("-") or word.text[:2] in ("-c", "-m", "-e", "-r"):
            return False
    return True


# -- cleaning up -----------------------------------------------------------------------------------

_BRACES = re.compile(r"\{([^{}]*,[^{}]*)\}")


def _switches_cache_off(action: PackageAction, manager: PackageManager) -> bool:
    """`pip config set global.no-cache-dir true`."""
    told = any("no-cache-dir" in word.text for word in action.packages)
    return action.manager is manager and action.verb == "config" and told


def _clean(commands: list[ShellCommand], manager: PackageManager) -> bool:
    """Whether one of the commands removes a manager's cache; raises `Undecided`."""
    folder = ""
    for command in commands:
        if command.name == "cd" and command.arguments:
            folder = command.arguments[0].text.rstrip("/")
        elif _cleans(command, manager, folder):
            return True
    return False


def _cleans(command: ShellCommand, manager: PackageManager, folder: str) -> bool:
    """Raises `Undecided` where a variable says what it removes; relative paths begin at
    `folder`."""
    action = package_action(command)
    if action is not None and action.manager is manager:
        purges = action.verb == "cache" and any(w.text == "purge" for w in action.packages)
        return action.verb in manager.clean or purges
    if command.name not in ("rm", "find"):
        if "clean" in command.name and action is None:
            raise Undecided(Origin(f"what {command.name} removes", "is not known"))
        return False
    for word in command.arguments:
        paths = _braced(word.text)
        if folder and not word.text.startswith("/"):
            paths += [f"{folder}/{path}" for path in paths]
        if any(_removes(path, cache) for path in paths for cache in manager.caches):
            return True
        if word.text.startswith("$") and not word.is_literal and "/" not in word.text:
            raise _unknown(word)
    return False


def _braced(text: str) -> list[str]:
    """`a/{b,c}` as both; only the first braces, which is as far as people go."""
    match = _BRACES.search(text)
    if match is None:
        return [text]
    return [text[: match.start()] + part + text[match.end() :] for part in match[1].split(",")]


def _removes(path: str, cache: str) -> bool:
    if "*" in path:
        path = path.partition("*")[0].rpartition("/")[0]
    path = path.rstrip("/")
    return bool(path) and _within(cache, path)


def _within(inner: str, outer: str) -> bool:
    """Whether a folder is another or lies in it; one without a leading slash is below any home."""
    if not inner.startswith("/"):
        return outer.endswith(f"/{inner}")
    if not outer.startswith("/"):
        return f"{inner}/".find(f"/{outer}/") >= 0
    return f"{inner}/".startswith(f"{outer}/")


# -- build packages --------------------------------------------------------------------------------


def _staying(action: PackageAction, later: list[PackageAction]) -> list[Word]:
    """The build packages of an installation that no later call removes."""
    found = [word for word in action.packages if is_build_package(word.text)]
    unknown = next((word for word in action.packages if _is_open(word)), None)
    removals = [other for other in later if other.removes and other.manager is action.manager]
    removed = {word.text for other in removals for word in other.packages}
    if action.virtual and action.virtual in removed:
        return []
    found = [word for word in found if _plain(word.text) not in {_plain(t) for t in removed}]
    if found or unknown is not None:
        _refuse_to_guess(action, removals, unknown if not found else None)
    return found


def _is_open(word: Word) -> bool:
    """A word that is nothing but a variable may hold any packages."""
    return not word.is_literal and bool(re.match(r"[$`]", word.text))


def _refuse_to_guess(
    action: PackageAction, removals: list[PackageAction], unknown: Word | None
) -> None:
    for other in removals:
        opaque = next((word for word in other.packages if not word.is_literal), None)
        if opaque is not None:
            raise _unknown(opaque)
        if action.manager is APT and not other.packages:
            name = f"what `{other.command}` removes"
            raise Undecided(Origin(name, "depends on the marks of packages", other.command.span))
    if unknown is not None and not any(
        unknown.text == word.text for other in removals for word in other.packages
    ):
        raise _unknown(unknown)


def _plain(package: str) -> str:
    return re.split(r"[=<>~:]", package, maxsplit=1)[0]
