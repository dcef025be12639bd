"""What a few requested files need of the rest of the repository.

A commit hook is given a Dockerfile or two, and the repository may hold thousands of files. What
can have no part in an answer about the requested files is left out, before anything is parsed:
texts are searched for what would link them. Better too much than too little.

- Terraform needs the modules that call a requested one, directly or not, and all that those call.
- A compose file needs those beside it, those that include or extend files, and all Dockerfiles.
- A Dockerfile needs the compose files that may build it.
- An environment file needs the compose files beside it, or that name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from cloudlint.discovery import FileKind, Inventory, Repository, Unreadable

_SOURCE = re.compile(r'\bsource"?[ \t]*[=:][ \t]*"(\.{1,2}(?:/[^"]*)?)"')
_INCLUDES = re.compile(r"\b(?:include|extends)\b")
_BUILDS = re.compile(r"\bbuild\b")
_BUILDS_VARIABLE = re.compile(r"\b(?:build|context|dockerfile)\b[^\n]*\$")


def narrowed(repository: Repository, inventory: Inventory) -> Inventory:
    """The inventory without the files that the requested ones do not need."""
    requested = inventory.requested
    if requested is None:
        return inventory
    wanted: dict[FileKind, list[str]] = {
        kind: [path for path in paths if path in requested]
        for kind, paths in inventory.files.items()
    }
    return replace(
        inventory,
        files={
            **wanted,
            **_terraform(repository, inventory, wanted),
            "compose": _compose(repository, inventory, wanted),
            "dockerfile": _dockerfiles(inventory, wanted),
        },
    )


_Files = Mapping[FileKind, list[str]]


def _text(repository: Repository, path: str) -> str:
    try:
        return repository.read(path).text
    except Unreadable:
        return ""


def _folder(path: str) -> str:
    return dirname(path) or "."


# -- Terraform -------------------------------------------------------------------------------------


def _terraform(
    repository: Repository, inventory: Inventory, wanted: _Files
) -> dict[FileKind, list[str]]:
    kinds: tuple[FileKind, ...] = ("terraform", "tfvars")
    asked = {_folder(path) for kind in kinds for path in wanted.get(kind, ())}
    if not asked:
        return {}
    calls = _calls(repository, inventory.of("terraform"))
    callers: dict[str, set[str]] = {}
    for caller, called in calls.items():
        for module in called:
            callers.setdefault(module, set()).add(caller)
    folders = _reached(_reached(asked, callers), calls)
    return {
        kind: [path for path in inventory.of(kind) if _folder(path) in folders] for kind in kinds
    }


def _calls(repository: Repository, files: Iterable[str]) -> dict[str, set[str]]:
    """The folders that modules name as sources, by the folder of the caller."""
    calls: dict[str, set[str]] = {}
    for path in files:
        folder = _folder(path)
        for source in _SOURCE.findall(_text(repository, path)):
            module = repository.join(folder, source)
            if module is not None:
                calls.setdefault(folder, set()).add(module)
    return calls


def _reached(start: Iterable[str], links: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        folder = waiting.pop()
        if folder not in found:
            found.add(folder)
            waiting.extend(links.get(folder, ()))
    return found


# -- compose files and Dockerfiles -----------------------------------------------------------------


def _dockerfiles(inventory: Inventory, wanted: _Files) -> list[str]:
    return inventory.of("dockerfile") if wanted.get("compose") else wanted.get("dockerfile", [])


def _compose(repository: Repository, inventory: Inventory, wanted: _Files) -> list[str]:
    """Whole folders: the files of one belong together."""
    tests: list[Callable[[str, str], bool]] = []
    if composed := wanted.get("compose"):
        tests.append(_joins({_folder(path) for path in composed}))
    if dockerfiles := wanted.get("dockerfile"):
        tests.append(_may_build({_folder(path) for path in dockerfiles}))
    if variables := wanted.get("env"):
        tests.append(_may_read(variables))
    kept = {
        _folder(path)
        for path in (inventory.of("compose") if tests else ())
        if any(test(_folder(path), _text(repository, path)) for test in tests)
    }
    return [path for path in inventory.of("compose") if _folder(path) in kept]


def _joins(folders: set[str]) -> Callable[[str, str], bool]:
    return lambda folder, text: folder in folders or bool(_INCLUDES.search(text))


def _may_build(folders: set[str]) -> Callable[[str, str], bool]:
    """A file that builds a Dockerfile stands in its folder or further in, or else names it."""
    names = {basename(folder) for folder in folders}

    def may_build(folder: str, text: str) -> bool:
        if not _BUILDS.search(text):
            return False
        within = any(f in (".", folder) or folder.startswith(f"{f}/") for f in folders)
        return within or any(name in text for name in names) or bool(_BUILDS_VARIABLE.search(text))

    return may_build


def _may_read(paths: Iterable[str]) -> Callable[[str, str], bool]:
    folders = {_folder(path) for path in paths}
    names = {basename(path) for path in paths}
    return lambda folder, text: folder in folders or any(name in text for name in names)
