"""Which environment a resource is deployed to, as far as the repository tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from fnmatch import fnmatchcase
from itertools import chain

from cloudlint.values import Known, Origin, Template, Value
from cloudlint.values.symbols import Applied


class Environment(Enum):
    """What says nothing is production, and so is an environment that is not known: the same code
    will be deployed there."""

    PRODUCTION = "production"
    STAGING = "staging"
    DEVELOPMENT = "development"

    def __str__(self) -> str:
        return self.value


_WORDS = {
    **dict.fromkeys(("prod", "prd", "production", "live"), Environment.PRODUCTION),
    **dict.fromkeys(
        ("staging", "stage", "stg", "uat", "preprod", "preproduction", "nonprod", "qa", "nonlive"),
        Environment.STAGING,
    ),
    **dict.fromkeys(
        "dev development develop test tests testing sandbox sbx local example examples sample "
        "samples demo playground devcontainer".split(),
        Environment.DEVELOPMENT,
    ),
}
_JOINED = re.compile(r"\b(non|pre)[-_. ]?(prod(?:uction)?|live)\b")
_SPLIT = re.compile(r"[^a-z0-9]+")
NAMES = ("environment", "env", "stage")
"""Variables and tags (in lower case) whose value is the environment."""


def of_word(text: str) -> Environment | None:
    """The environment that a name like `prod-eu` or `nonprod` speaks of."""
    joined = _JOINED.sub(lambda match: match[1] + match[2], text.lower())
    found = [_WORDS[word] for word in _SPLIT.split(joined) if word in _WORDS]
    return found[-1] if found else None


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


def of_condition(condition: Value) -> Environment | None:
    """The environment in which alone a condition on it holds: `var.env == "dev"`,
    `contains(["dev", "test"], terraform.workspace)`."""
    symbol = condition.symbol
    if not isinstance(symbol, Applied) or not any(map(_names_environment, symbol.origins())):
        return None
    match symbol.function, symbol.arguments:
        case "==", (left, right):
            return of_value(left if isinstance(left, Known) else right)
        case "contains", (Known() as listed, _):
            return _nearest_to_production(map(of_value, listed.items))
        case "||", sides:
            return _nearest_to_production(map(of_condition, sides))
        case "&&", sides:
            return next(filter(None, map(of_condition, sides)), None)
    return None


def _names_environment(origin: Origin) -> bool:
    name = origin.name.rpartition(".")[2].lower()
    return name in NAMES or origin.name == "terraform.workspace"


def _nearest_to_production(environments: Iterable[Environment | None]) -> Environment | None:
    """Of several that are possible; None where one of them is not known."""
    found = set(environments)
    return None if None in found else next((env for env in Environment if env in found), None)


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
        conditions: Iterable[Value] = (),
    ) -> Environment:
        """The environment of something: by rule, by the conditions on which it exists, by value,
        then by what its paths are called."""
        paths = list(paths)
        for path in paths:
            ruled = self.of_path(path)
            if ruled is not None:
                return ruled
        for said in chain(map(of_condition, conditions), map(of_value, values)):
            if said is not None:
                return said
        for path in paths:
            called = of_path(path)
            if called is not None:
                return called
        return Environment.PRODUCTION


def _matches(path: str, glob: str) -> bool:
    """Whether a path, or a folder that it is in, matches; `**/` also stands for no folder."""
    patterns = {glob.rstrip("/"), glob.removeprefix("**/").rstrip("/")}
    return any(
        fnmatchcase(name, pattern) for pattern in patterns for name in (path, f"{path}/")
    ) or any(fnmatchcase(path, f"{pattern}/*") for pattern in patterns)
