"""JSON in text, with the unknown parts that a template may have inside its strings."""

from __future__ import annotations

import json
import re

from cloudlint.values import Known, Origin, Template, Undecided, Value, known, template

MAX_DEPTH = 100
_HOLE = re.compile("\ue000([0-9]+)\ue001")


def decoded(value: Value) -> Value:
    """The value that a JSON text stands for, null for null.

    What `jsonencode` was given comes back as it was, with its own places; strings of a template
    keep their unknown parts. Raises `Undecided` for what is not known to be JSON.
    """
    if value.marks.encodes is not None:
        return value.marks.encodes.used_at(None)
    if isinstance(value, Known) and value.kind == "null":
        return value
    parts = value.parts if isinstance(value, Template) else (value.string(),)
    holes: list[Value] = []
    text = "".join(part if isinstance(part, str) else _hole(holes, part) for part in parts)
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        if holes:
            raise holes[0].undecided() from None
        raise Undecided(Origin("the document", "is no valid JSON", value.place), value) from None
    return _filled(plain, holes, value, 0)


def _hole(holes: list[Value], part: Value) -> str:
    holes.append(part)
    return f"\ue000{len(holes) - 1}\ue001"


def _filled(plain: object, holes: list[Value], source: Value, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise source.misfit("shallow enough to be read")
    if isinstance(plain, dict):
        entries = {key: _filled(item, holes, source, depth + 1) for key, item in plain.items()}
        return Known(entries, "object", span=source.place)
    if isinstance(plain, list):
        items = tuple(_filled(item, holes, source, depth + 1) for item in plain)
        return Known(items, "tuple", span=source.place)
    if isinstance(plain, str) and _HOLE.search(plain):
        pieces = _HOLE.split(plain)
        parts = [holes[int(p)] if at % 2 else p for at, p in enumerate(pieces)]
        return template(parts, source.place)
    return known(plain, source.place)  # type: ignore[arg-type]
