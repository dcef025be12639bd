"""Tags of AWS resources, as far as they are known.

A tag is of a name if that is its key, or some of the words of its key: `Environment` is the name
of `environment`, `aws_environment` and `shop:environment-type`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations

from cloudlint.concepts.base import any_of, is_any_of, settled
from cloudlint.values import Known, Value, applied, known
from cloudlint.values.symbols import Applied, Choice
from cloudlint.values.types import BOOL, ObjectType

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def holds(tags: Value, name: str) -> Value:
    """Three-valued: whether a map of tags has one of this name.

    One that is null is left out, as the provider does; one whose value is not known is there.
    Before Terraform 0.12, tags were blocks.
    """
    if isinstance(tags, Known) and tags.items:
        return any_of(holds(block, name) for block in tags.items)
    if isinstance(tags, Known):
        return any_of(_is_set(tags.mapping[key]) for key in tags.mapping if is_named(key, name))
    verdict = settled(tags, lambda arm: holds(arm, name))
    symbol = tags.symbol
    if verdict is None and isinstance(symbol, Applied) and symbol.function == "merge":
        verdict = any_of(holds(piece, name) for piece in symbol.arguments)
    if verdict is None and isinstance(tags.type, ObjectType):
        verdict = _declared(tags.type, name)
    return applied("tagged", tags, known(name), type_=BOOL) if verdict is None else verdict


def is_called(key: Value, name: str) -> Value:
    """Three-valued: whether a key is of this name."""
    if isinstance(key, Known):
        return known(is_named(str(key.data), name))
    verdict = settled(key, lambda arm: is_called(arm, name))
    return is_any_of(key, name) if verdict is None else verdict


def begins(name: str, prefix: Value) -> Value:
    """Three-valued: whether a name begins with a text, in upper or lower case."""
    if isinstance(prefix, Known):
        return known(name.casefold().startswith(prefix.string().casefold()))
    return applied("begins", prefix, type_=BOOL)


def any_entry(entries: Value, ask: Callable[[Value], Value]) -> Value:
    """Three-valued: whether what is asked is so of any block or element of a list."""
    if isinstance(entries, Known):
        return any_of(map(ask, entries))
    verdict = settled(entries, lambda arm: any_entry(arm, ask))
    symbol = entries.symbol
    if verdict is None and isinstance(symbol, Applied) and symbol.function == "concat":
        verdict = any_of(any_entry(part, ask) for part in symbol.arguments)
    return applied("any", entries, type_=BOOL) if verdict is None else verdict


@lru_cache(1_000)
def is_named(key: str, name: str) -> bool:
    """Whether a key is of a name: see the module's docstring."""
    words = _words(key)
    runs = combinations(range(len(words) + 1), 2)
    wanted = "".join(_words(name))
    return key == name or wanted in ("".join(words[a:b]) for a, b in runs)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]


def _is_set(value: Value) -> Value:
    if isinstance(value, Known):
        return known(value.kind != "null")
    verdict = settled(value, _is_set)
    if verdict is None and isinstance(value.symbol, Choice):
        return applied("set", value, type_=BOOL)
    return known(True) if verdict is None else verdict


def _declared(type_: ObjectType, name: str) -> Value | None:
    """What the type of an unknown object says; None where it may be left out."""
    alike = [key for key in type_.attributes if is_named(key, name)]
    if not alike:
        return known(False)
    return known(True) if not type_.optional.issuperset(alike) else None
