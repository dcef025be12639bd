"""Regular expressions, on RE2 as Terraform's own; the only module that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cloudlint.parsers.terraform.functions.limits import bounded, check_length
from cloudlint.parsers.terraform.functions.registry import MAX_ELEMENTS, Refused, function
from cloudlint.values import Known, Value, known
from cloudlint.values.types import STRING, Type, object_of, tuple_of

_LONGEST_PATTERN = 10_000
_ANY_BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\C")
_NAMED = re.compile(r"\(\?P?<(?![=!])(?![A-Za-z0-9_]+>)")
_REFERENCE = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})")
_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,7})\Z")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    import re2

    if len(pattern) > _LONGEST_PATTERN:
        raise Refused("the regular expression is longer than cloudlint evaluates")
    if _ANY_BYTE.search(pattern):
        raise Refused(r"invalid regexp pattern: invalid escape sequence in \C")
    if _NAMED.search(pattern):
        raise Refused("invalid regexp pattern: invalid named capture")
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeError) as error:
        problem = error.args[0] if error.args else error
        text = problem.decode("utf-8", "replace") if isinstance(problem, bytes) else str(problem)
        raise Refused(f"invalid regexp pattern: {text}") from None


def _matches(pattern: Any, text: str) -> Iterator[Any]:
    """All matches; as in Go, an empty one right behind another does not count."""
    end, count = -1, 0
    for match in pattern.finditer(text):
        if match.end() > match.start() or match.start() != end:
            count += 1
            if count > MAX_ELEMENTS:
                raise Refused(f"there are more than {MAX_ELEMENTS} matches")
            yield match
        end = match.end()


@function("regex")
def regex(pattern: str, text: str) -> Value:
    compiled = _compiled(pattern)
    shape = _shape(compiled)
    match = compiled.search(text)
    if match is None:
        raise Refused("pattern did not match any part of the given string")
    return _found(shape, match)


@function("regexall")
def regexall(pattern: str, text: str) -> Value:
    compiled = _compiled(pattern)
    shape = _shape(compiled)
    found = tuple(_found(shape, match) for match in _matches(compiled, text))
    return Known(found, "list", element=_type(shape))


_Shape = int | dict[str, int]
"""The number of unnamed groups, or the named ones."""


def _shape(compiled: Any) -> _Shape:
    names: dict[str, int] = compiled.groupindex
    count: int = compiled.groups
    if names and len(names) != count:
        raise Refused("invalid regexp pattern: cannot mix both named and unnamed capture groups")
    return names or count


def _type(shape: _Shape) -> Type:
    if isinstance(shape, dict):
        return object_of(dict.fromkeys(sorted(shape), STRING))
    return tuple_of(*[STRING] * shape) if shape else STRING


def _found(shape: _Shape, match: Any) -> Value:
    """The whole match, or a tuple or object of what the groups matched."""
    if isinstance(shape, dict):
        entries = {name: _group(match, shape[name]) for name in sorted(shape)}
        return Known(entries, "object")
    if not shape:
        return _group(match, 0)
    return Known(tuple(_group(match, at) for at in range(1, shape + 1)), "tuple")


def _group(match: Any, at: int) -> Value:
    text = match.group(at)
    return Known(None, "null", element=STRING) if text is None else known(bounded(text))


# -- replacing ---------------------------------------------------------------------------------


def replaced(text: str, pattern: str, replacement: str) -> str:
    """`text` with all matches replaced; `$1`, `$name` and `${name}` stand for groups."""
    compiled = _compiled(pattern)
    parts = _replacement_parts(compiled, replacement)
    result: list[str] = []
    at = length = 0
    for match in _matches(compiled, text):
        pieces = [text[at : match.start()]]
        pieces += (part if isinstance(part, str) else match.group(part) or "" for part in parts)
        length += sum(map(len, pieces))
        check_length(length)
        result += pieces
        at = match.end()
    return "".join(result) + text[at:]


def _replacement_parts(compiled: Any, replacement: str) -> list[str | int]:
    """Literal texts, and numbers of groups; of groups that there are not, nothing is left."""
    parts: list[str | int] = []
    at = 0
    for match in _REFERENCE.finditer(replacement):
        parts.append(replacement[at : match.start()])
        at = match.end()
        name = match[2] or match[3]
        if match[1]:
            parts.append("$")
        elif _INDEX.match(name):
            parts += [int(name)] if int(name) <= compiled.groups else []
        elif name in compiled.groupindex:
            parts.append(compiled.groupindex[name])
    return [*parts, replacement[at:]]
