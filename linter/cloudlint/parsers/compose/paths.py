"""Paths in compose files: where they lead in the repository, and how they move with a file.

Relative paths mean "from the project's directory". What another directory's file brings in is
rewritten when it is included or extended, so that all paths of a project start at one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import join, normpath, relpath

from cloudlint.discovery import Repository
from cloudlint.parsers.compose.tree import Table, entries, is_list, is_object, items, list_value
from cloudlint.values import Known, Template, Value, known, template

Moved = Callable[[Value], Value]

_ELSEWHERE = re.compile(r"[/~\\]|[A-Za-z]:[/\\]")
_REMOTE = re.compile(r"https?://|git://|ssh://|oci://|git@|github\.com/|service:|[\w+.-]+://")


def is_remote(text: str) -> bool:
    """Whether a build context or included file is fetched from somewhere else."""
    return _REMOTE.match(text) is not None


def in_repository(repository: Repository, directory: str, path: Value) -> str | None:
    """The path from the repository's root; None where it is unknown, remote or outside."""
    text = path.data if isinstance(path, Known) else None
    if not isinstance(text, str) or is_remote(text) or _ELSEWHERE.match(text):
        return None
    return repository.join(directory, text)


def relocated(sections: dict[str, Table], source: str, target: str) -> dict[str, Table]:
    """The sections of a file whose paths start at `source`, as seen from `target`."""
    if source == target:
        return sections

    def move(path: Value) -> Value:
        return _moved(path, source, target)

    def move_file(body: Value) -> Value:
        return _with(body, file=move)

    movers = {"services": lambda body: _service(body, move)}
    movers |= {"secrets": move_file, "configs": move_file}
    return {
        name: _each(table, movers[name]) if name in movers else table
        for name, table in sections.items()
    }


def _each(table: Table, move: Moved) -> Table:
    result = Table()
    result.tags.update(table.tags)
    for name, span, value in entries(table.object(None)):
        result.add(name, move(value), span)
    return result


def _with(value: Value, **changes: Moved) -> Value:
    """An object with some of its entries changed."""
    if not is_object(value) or not isinstance(value, Known) or not isinstance(value.data, Table):
        return value
    result = Table()
    result.tags.update(value.data.tags)
    for name, span, item in entries(value):
        change = changes.get(name)
        result.add(name, change(item) if change else item, span)
    return result.object(value.span)._copy(value.span, value.marks)


def _service(body: Value, move: Moved) -> Value:
    def contexts(value: Value) -> Value:
        return _with(value, **dict.fromkeys([entry.name for entry in entries(value)], move))

    def each(change: Moved) -> Moved:
        return lambda value: (
            list_value([change(item) for item in items(value)], value.place)
            if is_list(value)
            else value
        )

    return _with(
        body,
        build=lambda build: _with(build, context=move, additional_contexts=contexts),
        env_file=each(lambda item: _with(item, path=move)),
        label_file=each(move),
        volumes=each(lambda item: _volume(item, move)),
    )


def _volume(value: Value, move: Moved) -> Value:
    kind = value["type"] if is_object(value) else value
    bind = isinstance(kind, Known) and kind.data == "bind"
    return _with(value, source=move) if bind else value


def _moved(path: Value, source: str, target: str) -> Value:
    first = path.parts[0] if isinstance(path, Template) else None
    text = path.data if isinstance(path, Known) else first
    if not isinstance(text, str) or is_remote(text) or _ELSEWHERE.match(text):
        return path
    if isinstance(path, Template):
        way = _dotted(relpath(source, target))
        moved = template([f"{way}/{text.removeprefix('./')}", *path.parts[1:]])
    else:
        moved = known(_dotted(relpath(normpath(join(source, text)), target)))
    return moved._copy(path.span, path.marks)


def _dotted(path: str) -> str:
    return path if path.startswith(".") else f"./{path}"
