"""The runbooks of repositories that deploy Terraform for production.

Looked for are Markdown files in the folders that documentation is kept in, READMEs, and files that
are called runbooks wherever they are.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from posixpath import basename

from cloudlint.concepts.runbooks import Operations, RollbackRunbook
from cloudlint.concepts.terraform_roots import is_deployed
from cloudlint.discovery import SKIPPED_DIRECTORIES, Repository, Unreadable
from cloudlint.graph import Environment, Graph, Resource
from cloudlint.graph.terraform import roots
from cloudlint.source import SourceFile, Span
from cloudlint.values import Origin

_MAX_ENTRIES = 20_000
_MAX_FILES = 1_000
_FOLDERS = frozenset(
    {"doc", "docs", "documentation", "runbook", "runbooks", "playbook", "playbooks"}
    | {"operations", "ops"}
)
_CALLED = re.compile(r"runbook|playbook|roll-?_?back", re.IGNORECASE)
_ROLLBACK = re.compile(r"\broll(?:ed|ing|s)?[-_ ]?backs?\b", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6} .*", re.MULTILINE)
_VALIDATED = re.compile(r"\blast validated\b[ \t*_:|]*([\w-]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """The Markdown files of a repository that name a rollback: runbooks, and other documents.
    `is_all` tells whether that are all of them."""

    runbooks: tuple[SourceFile, ...]
    others: tuple[SourceFile, ...]
    is_all: bool


def operations(graph: Graph) -> Iterator[Operations]:
    """The repository of a graph; none where its root is not known, or nothing is deployed."""
    deployed = _deployed(graph)
    if deployed is not None:
        repository, owners = deployed
        found = _search(repository)
        hints = [Origin(file.path, "names a rollback and is no runbook") for file in found.others]
        if not found.is_all:
            hints.append(Origin("the repository", "holds too many files to look through"))
        paths = tuple(file.path for file in found.runbooks)
        yield Operations(owners[0], paths, tuple(hints))


def rollback_runbooks(graph: Graph) -> Iterator[RollbackRunbook]:
    """The runbooks of the repository of a graph that name a rollback."""
    deployed = _deployed(graph)
    if deployed is not None:
        repository, owners = deployed
        for file in _search(repository).runbooks:
            project = _project(file.path)
            covered = [owner for owner in owners if owner.span.path.startswith(project)]
            owner = (covered or owners)[0]
            yield RollbackRunbook(owner, *_validated(file), bool(covered), graph.today)


def _deployed(graph: Graph) -> tuple[Repository, list[Resource]] | None:
    """The repository, if it is one, and the roots of its production; else those of staging."""
    owners: dict[Environment, list[Resource]] = {}
    repository = None
    for resource, root in roots(graph):
        if is_deployed(root):
            repository = root.terraform_.repository
            owners.setdefault(resource.environment, []).append(resource)
    found = owners.get(Environment.PRODUCTION) or owners.get(Environment.STAGING)
    if repository is None or not found:
        return None
    is_repository = repository.is_directory(".git") or repository.is_file(".git")
    return (repository, found) if is_repository else None


def _search(repository: Repository) -> _Found:
    runbooks: list[SourceFile] = []
    others: list[SourceFile] = []
    paths, is_all = _documents(repository)
    for path in paths:
        try:
            file = repository.read(path)
        except Unreadable:
            is_all = False
            continue
        if _ROLLBACK.search(file.text) or _ROLLBACK.search(basename(path)):
            (runbooks if _is_runbook(file) else others).append(file)
    return _Found(tuple(runbooks), tuple(others), is_all)


def _is_runbook(file: SourceFile) -> bool:
    """Whether it is called one, or has a chapter about rollbacks."""
    return bool(_CALLED.search(file.path)) or any(
        _ROLLBACK.search(heading[0]) for heading in _HEADING.finditer(file.text)
    )


def _documents(repository: Repository) -> tuple[list[str], bool]:
    """The Markdown files that may tell, all those of the repository's root among them, nearer ones
    first; and whether all folders were looked into."""
    found: list[str] = []
    waiting = deque(["."])
    left = _MAX_ENTRIES
    while waiting and left > 0 and len(found) < _MAX_FILES:
        folder = waiting.popleft()
        prefix = "" if folder == "." else f"{folder}/"
        for name, is_directory in repository.entries(folder):
            left -= 1
            if is_directory:
                if name not in SKIPPED_DIRECTORIES and not name.startswith("."):
                    waiting.append(prefix + name)
            elif name.lower().endswith((".md", ".markdown")) and _may_tell(folder, name):
                found.append(prefix + name)
    return found, not waiting


def _may_tell(folder: str, name: str) -> bool:
    parts = folder.lower().split("/")
    is_told = folder == "." or name.lower().startswith("readme")
    return is_told or bool(_CALLED.search(name)) or not _FOLDERS.isdisjoint(parts)


def _project(path: str) -> str:
    """What a document is about, as the beginning of paths: the folder that the documentation is
    in."""
    folders = path.split("/")[:-1]
    parts = takewhile(lambda name: name.lower() not in _FOLDERS, folders)
    return "".join(f"{part}/" for part in parts)


def _validated(file: SourceFile) -> tuple[Span, date | None]:
    """Where a runbook says when it was validated, its first line where it does not, and the day."""
    match = _VALIDATED.search(file.text)
    if match is None:
        return file.line_span(1), None
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        day = None
    return file.span(match.start(), match.end()), day
