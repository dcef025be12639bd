"""What a root module brings in from elsewhere, modules and providers, and what keeps its version.

Of a version constraint it is asked only whether it has an upper end: `>= 5.0` takes whatever is
published next, `~> 5.0`, `5.1.2` and `>= 5, < 6` do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cloudlint.concepts.base import Concept, is_absent
from cloudlint.source import Span
from cloudlint.values import Known, Origin, Template, Undecided, Value, known

__all__ = ["ModuleCall", "ProviderRequirement", "has_upper_end", "is_unversioned"]

_Kind = Literal["git", "mercurial", "registry", "other"]
_REGISTRY = re.compile(r"(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?/)?[\w-]+/[\w-]+/[\w-]+\Z")
_GIT = ("git::", "git@", "github.com/", "bitbucket.org/")
_BRANCHES = frozenset(
    {"main", "master", "develop", "development", "dev", "trunk", "default", "tip", "head"}
    | {"latest", "stable", "staging", "production", "next", "edge", "nightly"}
)
_VERSION = re.compile(r"\d+[._-]\d+")
_COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")
_REVISION = {"git": "ref", "mercurial": "rev"}
_HOLE = "\0"
"""Stands for what is not known in a text."""


@dataclass(slots=True, eq=False)
class ModuleCall(Concept):
    """A call of a module in a root or in one of the modules of this repository.

    `source` and `version` are its arguments, null where absent; `is_deployed` tells whether the
    call stands in a root module that people run.
    """

    name: str
    source: Value
    version: Value
    place: Span
    is_deployed: bool

    @property
    def span(self) -> Span:
        return self.place

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> _Kind:
        """Where its source is: `other` are folders and archives. Raises `Undecided`."""
        text = _text(self.source)
        address = text.partition("?")[0]
        if address.startswith("hg::"):
            return "mercurial"
        if address.startswith(_GIT):
            return "git"
        if _HOLE in address.partition("://")[0]:
            raise self.source.undecided()
        package = re.sub(r"(?<!:)//.*", "", address)
        return "registry" if _REGISTRY.match(package) else "other"

    @property
    def revision(self) -> str:
        """The branch, tag or commit that is asked for in a repository; empty where none is.
        Raises `Undecided`."""
        # Old releases took a folder from behind the revision; no name in Git holds its `//`.
        text = _text(self.source)
        for argument in text.partition("?")[2].split("&"):
            name, _, revision = argument.partition("=")
            if name == _REVISION.get(self.kind) and _HOLE not in revision:
                return revision.partition("//")[0]
        if _HOLE in text:
            raise self.source.undecided()
        return ""

    @property
    def follows_branch(self) -> bool:
        """Whether the revision is a branch. Raises `Undecided` where it may be a tag as well."""
        name = self.revision.removeprefix("refs/heads/")
        if name != self.revision or name.lower() in _BRANCHES:
            return True
        is_tag = self.revision.startswith("refs/tags/")
        if is_tag or _VERSION.search(name) or _COMMIT.match(name):
            return False
        raise Undecided(Origin(f"`{name}`", "may be a branch or a tag", self.source.place))


@dataclass(slots=True, eq=False)
class ProviderRequirement(Concept):
    """A provider that a module requires, or that a root module configures without requiring it.

    `version` is its constraint, null where absent; `place` is the entry. `is_deployed` tells
    whether it stands in a root module that people run; `is_bounded_elsewhere`, of a module that
    others call, whether each root that calls it gives a constraint of its own.
    """

    name: str
    version: Value
    place: Span
    is_deployed: bool
    is_bounded_elsewhere: bool = False

    @property
    def span(self) -> Span:
        return self.place

    def __str__(self) -> str:
        return f"the provider `{self.name}`"


def is_unversioned(version: Value) -> Value:
    """Three-valued: whether a version argument is absent or allows every version."""
    if isinstance(version, Known) and version.kind == "string":
        return known(not version.string().strip(), version.place)
    return is_absent(version)


def has_upper_end(version: Value) -> bool:
    """Whether a constraint keeps out versions that are yet to come. Raises `Undecided`."""
    if not isinstance(version, Known):
        raise version.undecided()
    if version.kind != "string":
        return True
    return any(not part.strip().startswith((">", "!=")) for part in version.string().split(","))


def _text(value: Value) -> str:
    """A text, with a mark for each part that is not known. Raises `Undecided`."""
    if isinstance(value, Template):
        return "".join(part if isinstance(part, str) else _HOLE for part in value.parts)
    if isinstance(value, Known):
        return value.string() if value.kind == "string" else ""
    raise value.undecided()
