"""What `from=` names: stages of the same file, wherever they stand in it.

A stage may take files from one that is defined below it. What Docker refuses is that stages wait
for each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cloudlint.parsers.dockerfile.model import Stage, StageLink
from cloudlint.parsers.dockerfile.problems import Problems
from cloudlint.source import Span


class Links:
    """The references of a file. `names` are those of all its stages, `count` is how many there
    are; `owner` is the index of the stage that is being read."""

    def __init__(self, names: frozenset[str] = frozenset(), count: int = 0) -> None:
        self.names = names
        self.count = count
        self.owner = 0
        self._links: list[StageLink] = []

    def is_stage(self, name: str) -> bool:
        """Whether there is a stage of this name, or with this index."""
        return name in self.names or (name.isdigit() and len(name) < 6 and int(name) < self.count)

    def to(self, name: str, span: Span) -> StageLink:
        """A reference to a stage; what it leads to is told by `resolve`."""
        link = StageLink(name, span, self.owner)
        self._links.append(link)
        return link

    def resolve(self, stages: Mapping[str, Stage], problems: Problems) -> None:
        """Lead all references to their stages, by name and by index."""
        for link in self._links:
            link.stage = stages.get(link.name)
        forward = (link for link in self._links if link.stage and link.stage.index >= link.owner)
        if any(True for _ in forward):
            for link in self._closing_rings():
                message = f"`{link.name}` is the stage itself, or waits for it"
                problems.error(message, link.span, "Put what both need into a stage of its own.")

    def _closing_rings(self) -> Iterator[StageLink]:
        """The first reference found of every ring of stages."""
        needs: dict[int, dict[int, StageLink]] = {}
        for link in self._links:
            if link.stage is not None:
                needs.setdefault(link.owner, {}).setdefault(link.stage.index, link)
        visited: set[int] = set()

        def visit(stage: int, path: frozenset[int]) -> Iterator[StageLink]:
            visited.add(stage)
            for other, link in needs.get(stage, {}).items():
                if other in path:
                    yield link
                elif other not in visited:
                    yield from visit(other, path | {other})

        for stage in needs:
            if stage not in visited:
                yield from visit(stage, frozenset({stage}))
