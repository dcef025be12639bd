"""What hands messages on, and where those go that nobody could take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudlint.concepts.base import Concept, Requirement, unmet
from cloudlint.graph import Resource
from cloudlint.values import Value

__all__ = ["DeadLetterRing", "Handover", "Queue", "Requirement", "unmet"]


@dataclass(slots=True, eq=False)
class Handover(Concept):
    """Something that hands messages on, and drops them after some attempts: a queue that is
    read, a subscription, the target of a rule, a function that is called without waiting.

    `dead_letters` tells what it takes for dropped messages to be kept; it may raise `Undecided`.
    """

    kind: str
    dead_letters: Callable[[], list[Requirement]]


@dataclass(frozen=True, slots=True)
class DeadLetterRing:
    """Queues of which each is the dead letter queue of the one before, the first that of the
    last; `at` is where the first says so."""

    queues: list[Resource]
    at: Value


@dataclass(slots=True, eq=False)
class Queue(Concept):
    """A queue. `ring` is the ring of dead letter queues that it is the first of, None for all
    other queues; it may raise `Undecided`."""

    ring: Callable[[], DeadLetterRing | None]
