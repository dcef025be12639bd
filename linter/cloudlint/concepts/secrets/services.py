"""Secrets in compose files: in environments, commands, build arguments, labels, URLs.

As in Terraform, the files' own text is looked at, each literal once; which services get it, through
anchors, merged files and variables, is asked of the projects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cloudlint.concepts.secrets import detection
from cloudlint.concepts.secrets.detection import Match
from cloudlint.concepts.secrets.interpolations import secrets_in
from cloudlint.concepts.secrets.model import Secret, Where
from cloudlint.concepts.secrets.names import HINT
from cloudlint.concepts.secrets.service_values import ServiceValues
from cloudlint.graph import Graph, Resource
from cloudlint.graph.services import services
from cloudlint.parsers import yaml
from cloudlint.source import SourceFile, Span
from cloudlint.values import Known, Value, known

_PAIRS = frozenset({"environment", "args", "labels"})
_FLAG = "-"
_MYSQL = re.compile(r"(?:/\S*/)?(?:mysql|mariadb)(?:-?(?:dump|admin|check|import))?")
_ATTACHED = re.compile(r"-p[^\s-]")


def secrets(graph: Graph) -> Iterator[Secret]:
    """The secrets in the compose files of all projects."""
    values, dockerfiles = ServiceValues(graph), _inline_dockerfiles(graph)
    for file, writers in _files(graph, values):
        if not (HINT.search(file.text) or detection.ANY_FORMAT.search(file.text)):
            continue
        try:
            documents = yaml.compose(file).documents
        except yaml.Malformed:
            continue
        for document in documents:
            for text in _texts((), document):
                line = text.file.position(text.start).line
                if (text.file.path, line) not in dockerfiles:
                    yield from _in_text(text, writers, values)


def _inline_dockerfiles(graph: Graph) -> set[tuple[str, int]]:
    """Where Dockerfiles stand in compose files: the path and the line on which their text begins.
    What is in them is theirs to say."""
    builds = (model.service.build for _, model in services(graph))
    files = [build.inline_file for build in builds if build and build.inline_file]
    starts = [file.span(0, 0).origin for file in files]
    return {(span.path, span.first.line) for span in starts}


_Writers = dict[str, list[Resource]]


def _files(graph: Graph, values: ServiceValues) -> Iterator[tuple[SourceFile, _Writers]]:
    """Every compose file of a project, with the services that may be written in it, by name."""
    writers: dict[str, _Writers] = {}
    for resource, model in services(graph):
        for path in model.project.sources:
            writers.setdefault(path, {}).setdefault(model.service.name, []).append(resource)
    for path, by_name in writers.items():
        if path in values.files:
            yield values.files[path], by_name


# -- texts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of a scalar: the keys that lead to it, what it is called, its characters as written,
    and where they start."""

    path: tuple[str, ...]
    name: str
    characters: str
    file: SourceFile
    start: int


def _texts(path: tuple[str, ...], node: yaml.Node) -> Iterator[_Text]:
    match node:
        case yaml.Mapping():
            for key, value in node.entries:
                name = key.text if isinstance(key, yaml.Scalar) else ""
                yield from _texts((*path, name), value)
        case yaml.Sequence():
            yield from _items(path, node)
        case yaml.Scalar():
            yield from _scalar(path, node)


def _items(path: tuple[str, ...], node: yaml.Sequence) -> Iterator[_Text]:
    """What follows an option is called like it, unless that has its value already (`--a=b`); the
    clients of MySQL take a password that their `-p` is written together with."""
    before, takes_password = "", False
    for item in node.items:
        text = item.text if isinstance(item, yaml.Scalar) else ""
        takes_value = before.startswith(_FLAG) and "=" not in before
        name = before.lstrip(_FLAG) if takes_value else ""
        if takes_password and isinstance(item, yaml.Scalar) and _ATTACHED.match(text):
            inside, start = _inside(item)
            yield _Text((*path, "password"), "password", inside[2:], item.span.file, start + 2)
        else:
            yield from _texts((*path, name), item)
        takes_password = takes_password or _MYSQL.fullmatch(text) is not None
        before = text


def _scalar(path: tuple[str, ...], node: yaml.Scalar) -> Iterator[_Text]:
    text, start = _inside(node)
    name, equals, value = text.partition("=")
    if equals and not path[-1] and len(path) > 1 and path[-2] in _PAIRS:
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        start += len(name) + 1 + quoted
        value = value[1:-1] if quoted else value
        yield _Text(path, name.strip(), value, node.span.file, start)
    elif path:
        yield _Text(path, path[-1], text, node.span.file, start)


def _inside(node: yaml.Scalar) -> tuple[str, int]:
    """The characters between a scalar's quotes, or after a block's header."""
    text, start = node.span.text, node.span.start
    if node.plain or not text:
        return text, start
    if text[0] in "|>":
        header, _, rest = text.partition("\n")
        return rest, start + len(header) + 1
    return text[1:-1], start + 1


# -- secrets -----------------------------------------------------------------------------------


def _in_text(text: _Text, writers: _Writers, values: ServiceValues) -> Iterator[Secret]:
    for match in secrets_in(text.name, text.characters):
        literal = text.file.span(text.start + match.start, text.start + match.end)
        name = match.name or text.name or next(filter(None, reversed(text.path)), "")
        if match.is_partial:
            yield from _partial(name, match, literal, values)
            continue
        for resource in values.users(literal) or _holders(text.path, writers):
            yield _secret(resource, name, match, literal, known(literal.text, literal))


def _holders(path: tuple[str, ...], writers: _Writers) -> list[Resource]:
    """The service that a text stands in though something else takes its place; the first one of
    the file for what no service gets."""
    name = path[1] if path[:1] == ("services",) and len(path) > 1 else ""
    return writers.get(name) or next(iter(writers.values()))[:1]


def _partial(name: str, match: Match, literal: Span, values: ServiceValues) -> Iterator[Secret]:
    """A text with variables in it is what the service gets."""
    for resource, value in values.over(literal):
        if not isinstance(value, Known):
            yield _secret(resource, name, match, literal, value)
            continue
        text = value.known_or("")
        found = next(secrets_in(name, text), None) if isinstance(text, str) else None
        if isinstance(text, str) and found is not None and not found.is_partial:
            piece = known(text[found.start : found.end], literal)
            yield _secret(resource, name, match, literal, piece)


def _secret(resource: Resource, name: str, match: Match, literal: Span, text: Value) -> Secret:
    return Secret(resource, name, match.kind, Where.CONFIGURATION, literal, text, match.is_example)
