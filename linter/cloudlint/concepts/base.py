"""What all concepts share."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.graph import Environment, Resource
from cloudlint.source import Span
from cloudlint.values import Undecided


@dataclass(slots=True, eq=False)
class Concept:
    """Something policies talk about; it belongs to one resource, after which it is called."""

    resource: Resource

    @property
    def span(self) -> Span:
        return self.resource.span

    @property
    def environment(self) -> Environment:
        return self.resource.environment

    def __str__(self) -> str:
        return self.resource.address


@dataclass(slots=True, eq=False)
class Unknowable(Concept):
    """Stands for concepts of which it is not even known how many a resource holds."""

    reason: Undecided
