"""JSON that arguments hold as text: policies, container definitions."""

from __future__ import annotations

from cloudlint.parsers.terraform.json_documents import document
from cloudlint.values import Known, Origin, Undecided, Value


def decoded(value: Value) -> Value:
    """The value that a JSON text stands for, null for null.

    What `jsonencode` was given comes back as it was, with its own places; a text keeps what is
    not known of it in its place. Raises `Undecided` for what is not known to be JSON.
    """
    if value.marks.encodes is not None:
        return value.marks.encodes.used_at(None)
    if isinstance(value, Known) and value.kind == "null":
        return value
    found = document(value)
    if found is not None:
        return found
    if value.is_wholly_known():
        raise Undecided(Origin("the document", "is no valid JSON", value.place), value)
    raise value.undecided()
