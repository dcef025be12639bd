"""JSON that diffs, greps and prints well, and that a terminal or a strict parser survives."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

_dumps = partial(json.dumps, ensure_ascii=True, allow_nan=False, separators=(", ", ": "))
_SURROGATES = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """`text` without the lone surrogates that undecodable file names leave behind."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def encode(document: dict[str, Any], depth: int) -> str:
    """The document as ASCII, ending in a newline; containers below `depth` stay on one line."""
    # json leaves this one control character as it is; it can only stand inside a string.
    return _encode(document, depth, "").replace("\x7f", "\\u007f") + "\n"


def _encode(value: Any, depth: int, indent: str) -> str:
    if depth == 0 or not value or not isinstance(value, dict | list):
        return _dumps(value)
    inner = indent + "  "
    if isinstance(value, dict):
        items = [f"{_dumps(key)}: {_encode(item, depth - 1, inner)}" for key, item in value.items()]
        opening, closing = "{}"
    else:
        items = [_encode(item, depth - 1, inner) for item in value]
        opening, closing = "[]"
    lines = f",\n{inner}".join(items)
    return f"{opening}\n{inner}{lines}\n{indent}{closing}"
