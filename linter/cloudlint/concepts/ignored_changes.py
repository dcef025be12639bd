"""What Terraform only sets when it makes a resource: `ignore_changes`."""

from __future__ import annotations

import re

from cloudlint.concepts.base import entries
from cloudlint.graph import Resource
from cloudlint.values import Known

__all__ = ["Steps", "is_ignored"]

Steps = tuple[tuple[str, int], ...]
"""The way to an argument: names, and which one of several blocks."""

_STEP = re.compile(r"([A-Za-z_][\w-]*)(?:\[(\d+)\]|\.(\d+)(?!\w))?|\[\"([^\"]*)\"\]")


def is_ignored(resource: Resource, steps: Steps) -> bool:
    """Whether changes of an argument, or of a block that it stands in, are ignored."""
    for block in entries(resource["lifecycle"]):
        if not (isinstance(block, Known) and block.mapping):
            continue
        ignored = block["ignore_changes"]
        texts = [entry.known_or("") for entry in entries(ignored)] or [ignored.known_or("")]
        if "all" in texts or any(_leads_to(str(text), steps) for text in texts if text):
            return True
    return False


def _leads_to(entry: str, steps: Steps) -> bool:
    """Whether `spec[0].template` is the way, or the beginning of it."""
    written = [
        (match[1] or match[4], match[2] or match[3] or "") for match in _STEP.finditer(entry)
    ]
    return len(written) <= len(steps) and all(
        name == own and index in ("", str(number))
        for (name, index), (own, number) in zip(written, steps, strict=False)
    )
