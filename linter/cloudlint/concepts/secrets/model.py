"""A secret that stands in the repository's own text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from cloudlint.concepts.base import Concept
from cloudlint.concepts.secrets.detection import Kind
from cloudlint.graph import Resource
from cloudlint.source import Span
from cloudlint.values import Value

_SHOWN_FROM = 8


class Where(Enum):
    """What kind of text a secret stands in: that decides what it takes to get rid of it."""

    CONFIGURATION = "configuration"
    IMAGE = "image"
    ENV_FILE = "environment file"


@dataclass(slots=True, eq=False)
class Secret(Concept):
    """A text that is a secret, by its format or its name.

    `resource` is what gets it, or what holds it where nothing gets it; several resources that get
    one literal are several subjects. `name` is the argument, variable or key it stands under,
    `literal` its characters alone, `text` its value: asking that for a string raises `Undecided`
    where it is known in part only. `is_example` marks keys printed in a provider's documentation.
    `uses` is the way to the resource.
    """

    name: str
    kind: Kind
    where: Where
    literal: Span
    text: Value
    is_example: bool = False
    uses: tuple[tuple[str, Span], ...] = ()

    @property
    def span(self) -> Span:
        return self.literal

    @property
    def description(self) -> str:
        """Its kind, length and last two characters, and nothing else of it; raises `Undecided`."""
        text = self.text.string()
        if "\n" in text.strip():
            return self.kind.value
        length = f"{self.kind.value} of {len(text)} characters"
        return f"{length} that ends in `{text[-2:]}`" if len(text) >= _SHOWN_FROM else length


def in_any_case(resource: Resource) -> Resource:
    """The resource as the owner of a literal, which stands there whether or not the resource
    will exist."""
    return replace(resource, conditions=()) if resource.conditions else resource
