"""Stretches of files that can be hidden, and hiding them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Input:
    """A stretch of a file that says what a value is, and what to put in its place: `{name}` is
    that of a variable without a value. `declaration` is what declares it, at `declared_at` in the
    same file or at its end. `also` goes with it."""

    path: str
    start: int
    end: int
    instead: str
    declaration: str = ""
    declared_at: int | None = None
    also: tuple[Input, ...] = ()

    def __contains__(self, other: Input) -> bool:
        return self.path == other.path and self.start <= other.start and other.end <= self.end


def hidden(files: Files, chosen: Iterable[Input]) -> dict[str, str]:
    """The project without the chosen inputs."""
    wanted = [part for one in chosen for part in (one, *one.also)]
    outermost = {
        one for one in wanted if not any(one in other and one != other for other in wanted)
    }
    edits: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for number, one in enumerate(sorted(outermost, key=lambda one: (one.path, one.start))):
        name = f"hidden_{number}"
        edits[one.path].append((one.start, one.end, one.instead.format(name=name)))
        if one.declaration:
            at = len(files[one.path]) if one.declared_at is None else one.declared_at
            edits[one.path].append((at, at, one.declaration.format(name=name)))
    return {path: _edited(text, edits[path]) for path, text in files.items()}


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text
