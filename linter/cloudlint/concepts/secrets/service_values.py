"""Which compose services get a text that stands in a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from cloudlint.graph import Graph, Resource
from cloudlint.graph.services import services
from cloudlint.source import SourceFile, Span
from cloudlint.values import Symbolic, Value
from cloudlint.values.symbols import Choice

MAX_DEPTH = 50


class ServiceValues:
    """The texts of all services of a graph, by where they are written."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.files: dict[str, SourceFile] = {}
        """The files that services' values are written in, by path."""
        self._by_path = self._index()

    def users(self, literal: Span) -> list[Resource]:
        """The services that get what stands there, each once."""
        return list({resource.key: resource for resource, _ in self.over(literal)}.values())

    def over(self, literal: Span) -> Iterator[tuple[Resource, Value]]:
        """The services' values that are written over a place, or on it."""
        entries = self._by_path.get(literal.path, [])
        widest = self._widest.get(literal.path, 0)
        at = bisect_left(entries, literal.start - widest, key=lambda entry: entry[0])
        while at < len(entries) and entries[at][0] < literal.end:
            _, end, resource, value = entries[at]
            if end > literal.start:
                yield resource, value
            at += 1

    def _index(self) -> dict[str, list[tuple[int, int, Resource, Value]]]:
        found: dict[str, list[tuple[int, int, Resource, Value]]] = {}
        for resource, model in services(self._graph):
            self.files[resource.span.path] = resource.span.file
            for value in (model.service.body, *model.service.environment.values()):
                for text in _texts(value, 0):
                    if text.span is not None:
                        self.files[text.span.path] = text.span.file
                        entry = (text.span.start, text.span.end, resource, text)
                        found.setdefault(text.span.path, []).append(entry)
        for entries in found.values():
            entries.sort(key=lambda entry: entry[:2])
        return found

    @cached_property
    def _widest(self) -> dict[str, int]:
        return {
            path: max(end - start for start, end, _, _ in entries)
            for path, entries in self._by_path.items()
        }


def _texts(value: Value, depth: int) -> Iterator[Value]:
    """The values in a value that are no collections."""
    children = list(value.children()) if depth < MAX_DEPTH else []
    if isinstance(value, Symbolic) and isinstance(value.symbol, Choice):
        children = [value.symbol.then, value.symbol.otherwise]
        yield value
    elif not children or value.type.name == "string":
        yield value
    for child in children:
        yield from _texts(child, depth + 1)
