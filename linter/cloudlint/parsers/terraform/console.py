"""Values as `terraform console` prints them.

What is not known is printed as the reference it is (`var.region`, `aws_vpc.main.id`), a text of
which a part is not known as a template (`"${var.region}a"`): no known value is printed so. What
is sensitive is not printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cloudlint.values import NULL, EvaluationError, Known, Symbol, Template, Value
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.symbols import Applied, Attribute, Choice, Element, Root
from cloudlint.values.types import ANY, PRIMITIVES, CollectionType, Type

Path = tuple[str | int, ...]

MAX_LENGTH = 10_000_000
"""Characters: values share parts, so that written out they could be longer than any file."""
MAX_DEPTH = 200
MAX_REFERENCE = 500
"""Characters of a reference until it is cut."""

HIDDEN = "(sensitive value)"
_ESCAPES = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPES |= {"\v": "\\v", "\\": "\\\\", '"': '\\"'}
_MAX_NESTED = 20


def shown(value: Value) -> str:
    """The value, on as many lines as it takes, without a line break at its end. Raises
    EvaluationError for what is too long or too deep to be printed."""
    parts: list[str] = []
    length = 0
    for part in _value(value, 0):
        parts.append(part)
        length += len(part)
        if length > MAX_LENGTH:
            raise EvaluationError(f"the value takes more than {MAX_LENGTH} characters to print")
    return "".join(parts)


def is_hidden(value: Value) -> bool:
    """Whether nothing of a value is printed, for it is sensitive: also a set with such an
    element, for its order would tell."""
    if isinstance(value, Known) and value.kind != "set":
        return value.sensitive
    return value.holds_sensitive()


def _value(value: Value, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        raise EvaluationError(f"the value is nested more than {MAX_DEPTH} deep")
    if is_hidden(value):
        yield HIDDEN
    elif isinstance(value, Template):
        yield _template(value)
    elif not isinstance(value, Known):
        yield reference(value)
    elif value.kind in SEQUENCES or value.kind in MAPPINGS:
        start, end = _BRACKETS[value.kind]
        yield start
        yield from _entries(value, depth) if value.kind in MAPPINGS else _items(value, depth)
        yield end
    elif value.kind == "string":
        yield _text(value.string(), depth)
    else:
        yield _null(value.type) if value.kind == "null" else str(value)


_BRACKETS = {
    "tuple": ("[", "]"),
    "list": ("tolist([", "])"),
    "set": ("toset([", "])"),
    "object": ("{", "}"),
    "map": ("tomap({", "})"),
}


def _items(value: Known, depth: int) -> Iterator[str]:
    for item in value.items:
        yield f"\n{_indent(depth + 1)}"
        yield from _value(item, depth + 1)
        yield ","
    if value.items:
        yield f"\n{_indent(depth)}"


def _entries(value: Known, depth: int) -> Iterator[str]:
    for name in sorted(value.mapping):
        yield f"\n{_indent(depth + 1)}{_text(name, depth + 1)} = "
        yield from _value(value.mapping[name], depth + 1)
    if value.mapping:
        yield f"\n{_indent(depth)}"


def _indent(depth: int) -> str:
    return "  " * depth


def revealed(value: Value, path: Path = ()) -> tuple[Value, list[Path]]:
    """The value with null for what is not printed, and where that is: names and positions, from
    the outermost inwards. Wholly known values only."""
    if is_hidden(value) or not isinstance(value, Known):
        return NULL, [path]
    hidden: list[Path] = []

    def part(name: str | int, item: Value) -> Value:
        inner, paths = revealed(item, (*path, name))
        hidden.extend(paths)
        return inner

    if value.kind in MAPPINGS:
        entries = {name: part(name, item) for name, item in value.mapping.items()}
        return Known(entries, value.kind), hidden
    if value.kind in SEQUENCES:
        items = tuple(part(at, item) for at, item in enumerate(value.items))
        return Known(items, value.kind), hidden
    return value, hidden


# -- what has no parts -------------------------------------------------------------------------


def _null(type_: Type) -> str:
    if type_ == ANY:
        return "null"
    if type_ in PRIMITIVES:
        return f"to{type_}(null)"
    if isinstance(type_, CollectionType):
        return f"to{type_.name}(null) /* of {_type_name(type_.element)} */"
    return f"null /* {type_.name} */"


def _type_name(type_: Type) -> str:
    if isinstance(type_, CollectionType):
        return f"{type_.name} of {_type_name(type_.element)}"
    return "dynamic" if type_ == ANY else type_.name


def _text(text: str, depth: int) -> str:
    """A heredoc where the text has several lines."""
    lines = text.split("\n")
    if len(lines) == 1:
        return f'"{_escaped(text)}"'
    marker = "EOT"
    taken = {line.strip() for line in lines}
    while marker in taken:
        marker += "_"
    inner = [*lines, marker]
    operator = "<<-" if depth else "<<"
    return operator + marker + "".join(f"\n{_indent(depth)}{line}" for line in inner)


def _escaped(text: str) -> str:
    return "".join(map(_escaped_character, text))


def _escaped_character(character: str) -> str:
    escape = _ESCAPES.get(character)
    if escape is not None or character.isprintable():
        return escape or character
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _template(value: Template) -> str:
    """With `${` and `%{` escaped where they are text."""
    parts = (_literal(part) if isinstance(part, str) else _hole(part) for part in value.parts)
    return f'"{"".join(parts)}"'


def _literal(text: str) -> str:
    return _escaped(text).replace("${", "$${").replace("%{", "%%{")


def _hole(value: Value) -> str:
    return f"${{{reference(value)}}}"


# -- references --------------------------------------------------------------------------------


def reference(value: Value) -> str:
    """What a value that is not known refers to, on one line; cut where it is long."""
    text = ""
    for part in _inline(value, 0):
        text += part
        if len(text) > MAX_REFERENCE:
            return f"{text[:MAX_REFERENCE]}…"
    return text


def _inline(value: Value, depth: int) -> Iterator[str]:
    if depth > _MAX_NESTED:
        yield "…"
    elif is_hidden(value):
        yield HIDDEN
    elif isinstance(value, Template):
        yield '"'
        for part in value.parts:
            yield _literal(part) if isinstance(part, str) else f"${{{reference(part)}}}"
        yield '"'
    elif value.symbol is not None:
        yield from _symbol(value.symbol, depth)
    elif isinstance(value, Known) and value.kind in MAPPINGS:
        entries = ((f"{_quoted(n)} = ", value.mapping[n]) for n in sorted(value.mapping))
        yield from _listed("{", entries, "}", depth)
    elif isinstance(value, Known) and value.kind in SEQUENCES:
        yield from _listed("[", ([item] for item in value.items), "]", depth)
    else:
        is_text = isinstance(value, Known) and value.kind == "string"
        yield _quoted(value.string()) if is_text else str(value)


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _listed(
    start: str, entries: Iterable[Sequence[str | Value]], end: str, depth: int
) -> Iterator[str]:
    yield start
    for at, entry in enumerate(entries):
        yield ", " if at else ""
        for part in entry:
            yield from [part] if isinstance(part, str) else _inline(part, depth + 1)
    yield end


def _symbol(symbol: Symbol, depth: int) -> Iterator[str]:
    if depth > _MAX_NESTED:
        yield "…"
        return
    match symbol:
        case Root(origin=origin):
            yield origin.name
        case Attribute(base=base, name=name):
            yield from _symbol(base, depth + 1)
            yield f".{name}"
        case Element(base=base, index=index):
            yield from _symbol(base, depth + 1)
            yield from _listed("[", [[index]], "]", depth)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            yield from _listed("(", [[condition, " ? ", then, " : ", otherwise]], ")", depth)
        case Applied(function=function, arguments=arguments):
            yield from _applied(symbol, function, arguments, depth)


def _applied(
    symbol: Symbol, function: str, arguments: tuple[Value, ...], depth: int
) -> Iterator[str]:
    from cloudlint.parsers.terraform.functions import registry

    if registry.exists(function):
        yield from _listed(f"{function}(", ([argument] for argument in arguments), ")", depth)
    elif function.isidentifier():
        # What is no function but a `for`, a splat, an object with keys that are not known …
        origins = [origin.name for origin in symbol.origins()]
        yield f"({function} of {', '.join(dict.fromkeys(origins))})"
    elif len(arguments) == 2:
        left, right = arguments
        yield from _listed("(", [[left, f" {function} ", right]], ")", depth)
    else:
        yield from _listed(function, ([argument] for argument in arguments), "", depth)
