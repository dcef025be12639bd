"""The repository as Terraform's file functions see it: what is wrong is an `EvaluationError`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cloudlint.discovery import Repository, Unreadable
from cloudlint.values import EvaluationError

MAX_GLOBBED = 10_000


class RepositoryFiles:
    """Implements `functions.registry.Repository`."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def read_text(self, path: str) -> str:
        try:
            return self._repository.read(self._inside(path)).text
        except Unreadable as problem:
            raise EvaluationError(problem.diagnostic.message) from None

    def read_bytes(self, path: str) -> bytes:
        try:
            return self._repository.read_bytes(self._inside(path))
        except Unreadable as problem:
            raise EvaluationError(problem.diagnostic.message) from None

    def exists(self, path: str) -> bool:
        return self._repository.is_file(self._inside(path))

    def glob(self, directory: str, pattern: str) -> Sequence[str]:
        base = self._inside(directory)
        matches = _pattern(pattern)
        return sorted(path for path in self._below(base, "") if matches.fullmatch(path))

    def _below(self, directory: str, prefix: str) -> Iterator[str]:
        """The files below a directory, relative to it; hidden ones too, as Terraform does."""
        seen = 0
        stack = [(directory, prefix)]
        while stack:
            here, before = stack.pop()
            for name in self._repository.names(here):
                seen += 1
                if seen > MAX_GLOBBED:
                    raise EvaluationError(f"more than {MAX_GLOBBED} files stand below {directory}")
                path = f"{here}/{name}"
                if self._repository.is_directory(path):
                    stack.append((path, f"{before}{name}/"))
                elif self._repository.is_file(path):
                    yield before + name

    def _inside(self, path: str) -> str:
        joined = self._repository.join(".", path or ".")
        if joined is None:
            raise EvaluationError(f"{path} leads outside of the repository")
        return joined


def _pattern(pattern: str) -> re.Pattern[str]:
    """`*`, `?`, `[…]`, `{a,b}` within a name, `**` across directories."""
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            parts.append(r"(?:[^/]+/)*")
            at += 3
        elif pattern.startswith("**", at):
            parts.append(r".*")
            at += 2
        else:
            text, at = _one(pattern, at)
            parts.append(text)
    return re.compile("".join(parts))


def _one(pattern: str, at: int) -> tuple[str, int]:
    char = pattern[at]
    simple = {"*": r"[^/]*", "?": r"[^/]", "{": "(?:", "}": ")", ",": "|"}
    if char in simple and (char != "," or "{" in pattern[:at]):
        return simple[char], at + 1
    if char == "[":
        end = pattern.find("]", at + 1)
        if end != -1:
            inner = pattern[at + 1 : end].replace("\\", "\\\\").replace("!", "^", 1)
            return f"[{inner}]", end + 1
    if char == "\\" and at + 1 < len(pattern):
        return re.escape(pattern[at + 1]), at + 2
    return re.escape(char), at + 1
