"""Compose's short syntax for ports and volumes, read with unknown parts in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cloudlint.parsers.compose.tree import Table
from cloudlint.source import Span
from cloudlint.values import Known, Symbolic, Template, Value, applied, known, template

_PORTS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?\Z")
_PATH = re.compile(r"[./~]|\\\\|[A-Za-z]:")
_ALWAYS_PATHS = frozenset({"PWD", "HOME", "USERPROFILE"})
_PROPAGATIONS = frozenset({"rprivate", "private", "rshared", "shared", "rslave", "slave"})
MAX_PORT = 65535


def shown(text: str) -> str:
    """A text of the user's, in a message: its beginning, without line breaks."""
    line = " ".join(text[:50].split())
    return f"`{line}…`" if len(text) > 50 else f"`{line}`"


class Refused(Exception):
    """A short form that Compose refuses; the message is a sentence for people."""


def text(value: Value) -> Value:
    """A scalar as the text that Compose makes of it."""
    if isinstance(value, Known) and value.kind in ("number", "bool"):
        return _like(known(str(value)), value)
    return value


def split(value: Value, separator: str, limit: int = -1) -> list[Value]:
    """A text taken apart at `separator`; unknown parts are taken to hold none."""
    pieces: list[list[str | Value]] = [[]]
    for part in _parts(value):
        if not isinstance(part, str):
            pieces[-1].append(part)
            continue
        cuts = limit - len(pieces) + 1 if limit >= 0 else -1
        first, *others = part.split(separator, cuts) if cuts else [part]
        pieces[-1].append(first)
        pieces += ([other] for other in others)
    return [_like(_joined(piece), value) for piece in pieces]


def _joined(parts: Sequence[str | Value]) -> Value:
    """The text made of parts; the unknown itself where it is all there is."""
    written = [part for part in parts if not isinstance(part, str) or part]
    alone = written[0] if len(written) == 1 else None
    return alone if isinstance(alone, Symbolic) else template(parts)


def pair(value: Value) -> tuple[str | None, Value | None]:
    """`NAME=value` taken apart: no value where there is no `=`, no name where it is unknown."""
    name, *values = split(value, "=", 1)
    key = str(name.data) if isinstance(name, Known) and name.kind == "string" else None
    return key, values[0] if values else None


def _parts(value: Value) -> Sequence[str | Value]:
    if isinstance(value, Template):
        return value.parts
    return [value.string() if value.kind == "string" else str(value)] if isinstance(
        value, Known
    ) else [value]  # fmt: skip


def _like(piece: Value, whole: Value) -> Value:
    """A piece of a text, written and used where the whole is."""
    return piece._copy(whole.span, whole.marks)


# -- ports -----------------------------------------------------------------------------------


def port(value: Value) -> Value:
    """The long form of `[[host:]published:]target[/protocol]`; raises `Refused`.

    An unknown part may hold more than one of the fields: where nothing is written before it, the
    host is unknown as well.
    """
    *front, last = split(text(value), ":")
    target, *protocol = split(last, "/")
    table = Table()
    first = front[0] if front else target
    open_ended = first if isinstance(first, Symbolic) else None
    if len(front) > 1:
        table.add("host_ip", _address(front[:-1], value), value.span)
    elif open_ended is not None:
        table.add("host_ip", _like(applied("host_ip", open_ended), value), value.span)
    if front and not _is_blank(front[-1]):
        table.add("published", checked_port(front[-1]), value.span)
    elif not front and open_ended is not None:
        table.add("published", _like(applied("published", open_ended), value), value.span)
    table.add("target", checked_port(target), value.span)
    table.add("protocol", protocol[0] if protocol else _like(known("tcp"), value), value.span)
    return table.object(value.span)._copy(value.span, value.marks)


def checked_port(value: Value) -> Value:
    """A port as a number, a range of ports as text; raises `Refused` for anything else."""
    if not isinstance(value, Known):
        return value
    written = str(value.data)
    match = _PORTS.match(written)
    ends = [int(end) for end in match.groups() if end] if match else []
    if not ends or ends[-1] < ends[0] or ends[-1] > MAX_PORT:
        raise Refused(f"{shown(written)} is neither a port nor a range of ports")
    return _like(known(ends[0]), value) if len(ends) == 1 else text(value)


def _address(pieces: list[Value], whole: Value) -> Value:
    """An address from its pieces: one of IPv4, several of IPv6, without its brackets."""
    parts: list[str | Value] = []
    for piece in pieces:
        parts += [piece, ":"]
    address = _joined(parts[:-1])
    if isinstance(address, Known):
        address = known(address.string().strip("[]"))
    return _like(address, whole)


def _is_blank(value: Value) -> bool:
    return isinstance(value, Known) and value.data == ""


# -- volumes ---------------------------------------------------------------------------------


def volume(value: Value) -> Value:
    """The long form of `[source:]target[:options]`; raises `Refused`. What is wholly unknown may
    hold a source as well."""
    pieces = _with_drives(split(value, ":"), value)
    if len(pieces) > 3:
        raise Refused(f"{shown(_plain(value))} has too many colons")
    if any(_is_blank(piece) for piece in pieces):
        raise Refused(f"{shown(_plain(value))} is empty before, after or between its colons")
    source, target = (pieces[0], pieces[1]) if len(pieces) > 1 else (None, pieces[0])
    table = Table()
    table.add("type", _like(_volume_type(source, target), value), value.span)
    if source is not None:
        table.add("source", source, value.span)
    elif isinstance(target, Symbolic):
        table.add("source", _like(applied("source", target), value), value.span)
    table.add("target", target, value.span)
    if len(pieces) == 3:
        _add_options(table, pieces[2], value.span)
    return table.object(value.span)._copy(value.span, value.marks)


def _plain(value: Value) -> str:
    return value.string() if isinstance(value, Known) else str(value)


def _with_drives(pieces: list[Value], whole: Value) -> list[Value]:
    """The pieces with the colons of Windows drives (`c:\\data`) put back."""
    joined: list[Value] = []
    for piece in pieces:
        if joined and _is_drive(joined[-1]):
            joined[-1] = _like(template([joined[-1], ":", piece]), whole)
        else:
            joined.append(piece)
    return joined


def _is_drive(value: Value) -> bool:
    letter = value.data if isinstance(value, Known) else None
    return isinstance(letter, str) and len(letter) == 1 and letter.isalpha()


def _volume_type(source: Value | None, target: Value) -> Value:
    if source is None:
        return applied("type", target) if isinstance(target, Symbolic) else known("volume")
    is_bind = is_path(source)
    if is_bind is None:
        return applied("type", source)
    pipe = isinstance(source, Known) and source.startswith("\\\\.\\pipe\\")
    return known("npipe" if pipe else "bind" if is_bind else "volume")


def is_path(source: Value) -> bool | None:
    """Whether a volume's source is a path rather than a name; None where that is not known. No
    name holds a slash: what does is a path, whatever is before it."""
    first, *others = _parts(source)
    if isinstance(first, str):
        return _PATH.match(first) is not None
    if first.symbol is not None and str(first.symbol) in _ALWAYS_PATHS:
        return True
    slash = any(isinstance(part, str) and ("/" in part or "\\" in part) for part in others)
    return True if slash else None


def _add_options(table: Table, options: Value, span: Span | None) -> None:
    for option in split(options, ","):
        name = option.data if isinstance(option, Known) else None
        if name in ("ro", "rw"):
            table.add("read_only", _like(known(name == "ro"), option), span)
        elif name is None:
            table.add("read_only", _like(applied("read_only", option), option), span)
        elif name in ("z", "Z") or name in _PROPAGATIONS:
            bind = Table()
            bind.add("selinux" if name in ("z", "Z") else "propagation", option, span)
            table.add("bind", bind.object(span), span)
