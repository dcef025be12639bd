"""How local values refer to each other: in which order they can be evaluated, and what is a ring.

Chains of locals are longer than Python's stack, and a ring of them is an error wherever it
stands: both are found in the syntax, before anything is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from cloudlint.parsers.terraform import syntax

References = Mapping[str, tuple[str, ...]]


def references(expression: syntax.Expression) -> tuple[str, ...]:
    """The names in `local.name`, each once, in the order written."""
    found: dict[str, None] = {}
    stack: list[object] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, syntax.GetAttr) and _is_local(node.base):
            found[node.name] = None
        elif isinstance(node, Struct):
            stack.extend(getattr(node, name) for name in reversed(node.__struct_fields__))
    return tuple(found)


def _is_local(node: syntax.Expression) -> bool:
    return isinstance(node, syntax.Name) and node.name == "local"


def before(name: str, refers: References, done: Mapping[str, object]) -> Iterator[str]:
    """The locals that `name` needs and that are not `done`, each after those it needs itself."""
    seen = {name}
    stack = [(name, iter(refers.get(name, ())))]
    while stack:
        current, needed = stack[-1]
        following = next((n for n in needed if n not in seen and n not in done), None)
        if following is not None:
            seen.add(following)
            stack.append((following, iter(refers.get(following, ()))))
            continue
        stack.pop()
        if current != name:
            yield current


def rings(refers: References) -> list[list[str]]:
    """The locals that need themselves, by ring: a way round each, in the order of reference."""
    return [_way_round(group, refers) for group in _components(refers) if _is_ring(group, refers)]


def _is_ring(group: list[str], refers: References) -> bool:
    return len(group) > 1 or group[0] in refers.get(group[0], ())


def _way_round(group: list[str], refers: References) -> list[str]:
    """The shortest way from the first name of a component back to it."""
    start, inside = min(group), set(group)
    came_from: dict[str, str] = {}
    level: Iterable[str] = [start]
    while start not in came_from:
        following: list[str] = []
        for name in level:
            for needed in refers[name]:
                if needed in inside and needed not in came_from:
                    came_from[needed] = name
                    following.append(needed)
        level = following
    way = [start]
    while len(way) == 1 or way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1][:-1]


def _components(refers: References) -> list[list[str]]:
    """Strongly connected components, by Tarjan's algorithm without recursion."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    found: list[list[str]] = []
    for root in refers:
        stack = [(root, iter(refers[root]))] if root not in number else []
        while stack:
            name, needed = stack[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                path.append(name)
                on_path.add(name)
            for other in needed:
                if other not in refers:
                    continue
                if other not in number:
                    stack.append((other, iter(refers[other])))
                    break
                if other in on_path:
                    lowest[name] = min(lowest[name], lowest[other])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if lowest[name] == number[name]:
                    at = path.index(name)
                    found.append(path[at:])
                    on_path.difference_update(path[at:])
                    del path[at:]
    return found
