"""Tools like Terragrunt, which write files of a root module before they run Terraform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from cloudlint.discovery import Repository, Unreadable

_FILES = ("terragrunt.hcl", "terragrunt.stack.hcl", "root.hcl", "stack.tm.hcl")
_SOURCE = re.compile(r"^[ \t]*source[ \t]*=(.*)$", re.MULTILINE)


class Generators:
    """The files of such tools in a repository, and the directories that they run."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._standing: dict[str, str] = {}
        self._running: dict[str, str] = {}
        for path in repository.walk([]):
            if basename(path) in _FILES:
                self._standing.setdefault(dirname(path) or ".", path)
                for directory in self._run_from(path):
                    self._running.setdefault(directory, path)

    def of(self, directory: str) -> str:
        """The file that may have files written to a directory: one that stands above it, or says
        that it runs it; empty where there is none."""
        above = (self._standing.get(folder) for folder in _upward(directory))
        return next(filter(None, above), self._running.get(directory, ""))

    def _run_from(self, path: str) -> Iterator[str]:
        """The directories of the repository that a file may say it runs."""
        try:
            text = self._repository.read(path).text
        except Unreadable:
            return
        for line in _SOURCE.findall(text):
            for source in line.split('"'):
                place = source.partition("?")[0].replace("//", "/").rstrip("/")
                yield self._repository.join(dirname(path) or ".", place) or ""
                yield from (place[at + 1 :] for at in range(len(place)) if place[at] == "/")


def _upward(folder: str) -> list[str]:
    parts = [] if folder == "." else folder.split("/")
    return ["/".join(parts[:depth]) or "." for depth in range(len(parts), -1, -1)]
