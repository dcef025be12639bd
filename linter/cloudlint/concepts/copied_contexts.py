"""Build contexts that are copied as a whole: what gets into the image that should not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cloudlint.source import SourceFile
from cloudlint.values import Value

if TYPE_CHECKING:
    from cloudlint.graph.build_contexts import BuildContext
    from cloudlint.parsers.dockerignore import IgnoreFile, Pattern

__all__ = ["CopiedContext"]

_ENV_FILE = re.compile(r"(?:\.env(?:\..+)?|.+\.env)\Z")
_SAMPLE = re.compile(r"example|sample|template|dist\b|defaults?\b|schema", re.IGNORECASE)
_PRIVATE_KEY = re.compile(r".+\.(?:key|p12|pfx)\Z|id_(?:rsa|dsa|ecdsa|ed25519)\Z|.*key.*\.pem\Z")
_PUBLIC = re.compile(r"pub|cert|chain|(?:^|[-_.])ca[-_.]", re.IGNORECASE)
_VIRTUALENVS = frozenset({".venv", "venv"})


@dataclass(eq=False)
class CopiedContext:
    """A build context all of which an instruction copies, `excluded` apart."""

    context: BuildContext
    excluded: Sequence[Value] = ()

    def __str__(self) -> str:
        directory = self.context.directory
        return "the repository" if directory == "." else f"`{directory}`"

    @property
    def ignore_file(self) -> IgnoreFile | None:
        """What it leaves out, None where nothing says so; raises `Undecided`."""
        return self.context.ignore_file

    def let_through(self) -> list[tuple[str, Pattern | None]]:
        """The kinds of files that should not be copied and are, each once, with the pattern that
        brings them back if one does."""
        ignored, excluded = self.ignore_file, self._exclusions
        found: dict[str, Pattern | None] = {}
        for kind, path in self._unwanted():
            if excluded.excludes(path):
                continue
            last = ignored.deciding(path) if ignored is not None else None
            if kind not in found and (last is None or last.brings_back):
                found[kind] = last
        return list(found.items())

    @cached_property
    def _exclusions(self) -> IgnoreFile:
        """What the instruction leaves out by itself, in the language of ignore files."""
        from cloudlint.parsers.dockerignore import MAX_PATTERNS, IgnoreFile

        patterns = [value.string() for value in self.excluded[:MAX_PATTERNS]]
        return IgnoreFile(SourceFile("--exclude", "\n".join(patterns), synthetic=True))

    def _unwanted(self) -> Iterator[tuple[str, str]]:
        """Files that are there, or that the project is one to have, with what they are."""
        for path in self._paths:
            folder, slash, name = path.rpartition("/")
            if name == "package.json":
                yield "`node_modules`", f"{folder}{slash}node_modules/any/index.js"
            else:
                yield from _kind_of(path, name)
        ignored_by_git = {
            line.strip().removeprefix("**/").strip("/")
            for line in self.context.git_ignore.splitlines()
        }
        if ignored_by_git & {".env", ".env*"}:
            yield "`.env` files", ".env"
        for name in sorted(ignored_by_git & _VIRTUALENVS):
            yield "virtual environments", f"{name}/pyvenv.cfg"

    @cached_property
    def _paths(self) -> list[str]:
        return list(self.context.paths())


def _kind_of(path: str, name: str) -> Iterator[tuple[str, str]]:
    if name == ".git":
        yield "`.git`", f"{path}/config"
    elif name == "node_modules":
        yield "`node_modules`", f"{path}/any/index.js"
    elif name in _VIRTUALENVS:
        yield "virtual environments", f"{path}/pyvenv.cfg"
    elif _ENV_FILE.match(name) and not _SAMPLE.search(name):
        yield "`.env` files", path
    elif name.endswith(".log"):
        yield "logs", path
    elif _PRIVATE_KEY.match(name) and not _PUBLIC.search(name):
        yield "private keys", path
