"""Which environment a resource is deployed to, as far as the repository tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from enum import Enum
from fnmatch import fnmatchcase
from itertools import chain

from cloudlint.values import Known, Template, Value


class Environment(Enum):
    """What says nothing is production, and so is an environment that is not known: the same code
    will be deployed there."""

    PRODUCTION = "production"
    STAGING = "staging"
    DEVELOPMENT = "development"

    def __str__(self) -> str:
        return self.value


ALL = frozenset(Environment)
_WORDS = {
    **dict.fromkeys(("prod", "prd", "production", "live"), Environment.PRODUCTION),
    **dict.fromkeys(
        ("staging", "stage", "stg", "uat", "preprod", "preproduction", "nonprod", "qa", "nonlive"),
        Environment.STAGING,
    ),
    **dict.fromkeys(
        "dev development develop test tests testing sandbox sbx local poc example examples sample "
        "samples demo demos playground devcontainer testdata quickstart quickstarts tutorial "
        "tutorials workshop workshops".split(),
        Environment.DEVELOPMENT,
    ),
}
_JOINED = re.compile(r"\b(non|pre)[-_. ]?(prod(?:uction)?|live)\b")
_SPLIT = re.compile(r"[^a-z0-9]+")
_NAMES = ("environment", "env", "stage", "environment_name", "env_name")


def names_environment(name: str) -> bool:
    """Whether the value of a variable or tag called so is the environment."""
    return name.lower().replace("-", "_") in _NAMES


def of_word(text: str) -> Environment | None:
    """The environment that a name like `prod-eu` or `nonprod` speaks of."""
    found = [_WORDS[word] for word in _words(text) if word in _WORDS]
    return found[-1] if found else None


def _words(text: str) -> list[str]:
    joined = _JOINED.sub(lambda match: match[1] + match[2], text.lower())
    return _SPLIT.split(joined)


def of_path(path: str) -> Environment | None:
    """What a path says: the last of its parts that says anything."""
    for part in reversed(path.split("/")):
        environment = of_word(part)
        if environment is not None:
            return environment
    return None


def of_value(value: Value) -> Environment | None:
    """What the value of an `environment` variable or tag says; a symbol says nothing, a template
    what its known parts do (`prod-${var.region}`)."""
    if isinstance(value, Template):
        return of_word("".join(part if isinstance(part, str) else _GLUE for part in value.parts))
    if isinstance(value, Known) and value.kind == "string":
        return of_word(value.string())
    return None


_GLUE = "0"
"""Stands for what is not known in a text: with a letter beside it, it makes no known word."""


def is_plainly_production(name: Value) -> bool:
    """Whether a name is production's and says nothing else beside (`shop-production`, and not
    `prod-eu`)."""
    if not isinstance(name, Known) or name.kind != "string":
        return False
    last = _words(name.string())[-1:]
    return last != [] and _WORDS.get(last[0]) is of_value(name) is Environment.PRODUCTION


class Rules:
    """The configuration's globs: the first that matches a path decides, before all else."""

    def __init__(self, globs: Sequence[tuple[str, Environment]] = ()) -> None:
        self._globs = globs

    def of_path(self, path: str) -> Environment | None:
        return next((env for glob, env in self._globs if _matches(path, glob)), None)

    def judge(
        self,
        paths: Iterable[str],
        values: Iterable[Value] = (),
        possible: Set[Environment] = ALL,
    ) -> Environment:
        """The environment of something: by rule, by the environments in which it can exist at
        all, by value, then by what its paths are called."""
        paths = list(paths)
        for path in paths:
            ruled = self.of_path(path)
            if ruled is not None:
                return ruled
        if len(possible) == 1 or Environment.PRODUCTION not in possible:
            return next((env for env in Environment if env in possible), Environment.DEVELOPMENT)
        for said in chain(map(of_value, values), map(of_path, paths)):
            if said is not None:
                return said
        return Environment.PRODUCTION


def _matches(path: str, glob: str) -> bool:
    """Whether a path, or a folder that it is in, matches; `**/` also stands for no folder."""
    patterns = {glob.rstrip("/"), glob.removeprefix("**/").rstrip("/")}
    return any(
        fnmatchcase(name, pattern) for pattern in patterns for name in (path, f"{path}/")
    ) or any(fnmatchcase(path, f"{pattern}/*") for pattern in patterns)
