"""Which major version of a module a call asks for."""

from __future__ import annotations

import re

NEWEST = 1_000_000
"""Stands for the newest there is: whatever is not bound from above."""

_CONDITION = re.compile(r"\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d{1,5})((?:\.\d{1,9}){0,3})(?:[-+].*)?\s*")
_TAG = re.compile(r"(?:tags/)?v?(\d{1,5})(?:\.\d+){0,2}")
_REF = re.compile(r"(?:^|&)(?:ref|version)=([^&]+)")
_BRANCHES = ("HEAD", "main", "master")


def allowed(constraint: str | None) -> int | None:
    """The newest major version that a `version` argument allows; None where it is not known."""
    if constraint is None:
        return None
    upper = NEWEST
    for condition in constraint.split(",") if constraint.strip() else ():
        match = _CONDITION.fullmatch(condition)
        if match is None:
            return None
        upper = min(upper, _bound(match[1] or "=", int(match[2]), match[3]))
    return upper


def _bound(operator: str, major: int, rest: str) -> int:
    if operator == "<":
        return major if rest.strip(".0") else major - 1
    if operator in ("=", "<=") or (operator == "~>" and rest):
        return major
    return NEWEST


def tagged(query: str) -> int | None:
    """The major version in the query of a source address (`ref=v5.1.0`), the newest where it
    names a default branch or nothing; None for other branches and for commits."""
    given = _REF.search(query)
    if given is None or given[1] in _BRANCHES:
        return NEWEST
    match = _TAG.fullmatch(given[1])
    return int(match[1]) if match else None
