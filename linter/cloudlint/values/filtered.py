"""Objects whose entries are each there on a condition: what a `for` with an `if` makes of a
condition that is not known."""

from __future__ import annotations

from collections.abc import Sequence

from cloudlint.values.compare import same
from cloudlint.values.model import Symbolic, Value, applied
from cloudlint.values.symbols import Applied
from cloudlint.values.types import ANY, Type

Entry = tuple[Value, Value, Value]


def filtered(entries: Sequence[Entry], type_: Type = ANY) -> Symbolic:
    """An object whose entries are each there on a condition: keys, elements and conditions."""

    def element(wanted: Value) -> Value | None:
        return next((item for key, item, _ in entries if same(key, wanted)), None)

    parts = (part for entry in entries for part in entry)
    return applied("filtered", *parts, type_=type_, element=element)


def optional_entries(value: Value) -> list[Entry] | None:
    """The keys, elements and conditions of what is `filtered`; None for anything else."""
    symbol = value.symbol
    if not isinstance(symbol, Applied) or symbol.function != "filtered":
        return None
    parts = symbol.arguments
    return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
