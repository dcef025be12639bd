"""Build contexts: the files of the repository that a Dockerfile may copy."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cached_property

from cloudlint.discovery import SKIPPED_DIRECTORIES, Repository, Unreadable
from cloudlint.parsers.dockerignore import IgnoreFile
from cloudlint.source import SourceFile
from cloudlint.values import Origin, Undecided

__all__ = ["BuildContext", "places"]

MAX_PATHS = 5_000


class BuildContext:
    """A folder that is built from, with the Dockerfile at `dockerfile`. Paths are relative to the
    repository's root, except those asked about, which are relative to the context."""

    def __init__(self, repository: Repository, directory: str, dockerfile: str) -> None:
        self.directory = directory
        self._repository = repository
        self._dockerfile = dockerfile

    @cached_property
    def ignore_file(self) -> IgnoreFile | None:
        """The file beside the Dockerfile that is called after it, else that of the context.
        Raises `Undecided` where it cannot be read."""
        for path in (f"{self._dockerfile}.dockerignore", self._inside(".dockerignore")):
            if self._repository.is_file(path):
                try:
                    return IgnoreFile(self._repository.read(path))
                except (Unreadable, ValueError):
                    raise Undecided(Origin(path, "cannot be read")) from None
        return None

    @property
    def is_root(self) -> bool:
        """Whether it is the root of the repository, where `.git` is."""
        return self.directory == "."

    def paths(self) -> Iterator[str]:
        """The first `MAX_PATHS` files and folders in it, also what git ignores, the ones further
        up first. What is below folders like `.git` and `node_modules` is left out."""
        waiting = deque([""])
        left = MAX_PATHS
        while waiting and left > 0:
            prefix = waiting.popleft()
            for name, is_directory in self._repository.entries(self._inside(prefix)):
                left -= 1
                yield prefix + name
                if is_directory and name not in SKIPPED_DIRECTORIES:
                    waiting.append(f"{prefix}{name}/")

    def has(self, path: str) -> bool:
        """Whether there is such a file or folder."""
        inside = self._repository.join(self.directory, path)
        if inside is None:
            return False
        return self._repository.is_file(inside) or self._repository.is_directory(inside)

    def read(self, path: str) -> SourceFile | None:
        """A text file in it; None where there is none that can be read."""
        inside = self._repository.join(self.directory, path.lstrip("/"))
        try:
            return None if inside is None else self._repository.read(inside)
        except Unreadable:
            return None

    @cached_property
    def git_ignore(self) -> str:
        """The text of its `.gitignore`, empty where it has none."""
        try:
            return self._repository.read(self._inside(".gitignore")).text
        except Unreadable:
            return ""

    def _inside(self, path: str) -> str:
        if not path:
            return self.directory
        return path if self.is_root else f"{self.directory}/{path}"


def places(path: str) -> Iterator[str]:
    """The folder of a file and those above it, up to the root."""
    folder = path
    while folder != ".":
        folder = folder.rpartition("/")[0] or "."
        yield folder
