"""YAML as nodes with exact spans; the only module that knows PyYAML.

Nodes come from the parser's events, not from PyYAML's own composer: nesting, aliases and
duplicate keys are checked on the way, and hostile documents end in a diagnostic. Plain scalars
mean what they mean in YAML 1.2 and in Go's YAML libraries: `yes` and `on` are strings, `8080:80`
is no sexagesimal number, and dates stay strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cloudlint.source import Diagnostic, SourceFile, Span

if TYPE_CHECKING:
    from yaml._yaml import Mark as FastMark
    from yaml.error import Mark as PlainMark
    from yaml.events import Event

    Mark = FastMark | PlainMark

MAX_DEPTH = 100
MAX_EXPANDED_NODES = 250_000
MERGE_KEY = "<<"
_CORE = "tag:yaml.org,2002:"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0b[01]+|0x[0-9a-fA-F]+|0o?[0-7]+|0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_LONGEST_NUMBER = 64
_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")


@dataclass(slots=True, eq=False)
class Scalar:
    """A scalar: its text with quotes and escapes resolved. `plain` is False where it is quoted
    or a block; `tag` is what was written (`!reset`, or a full URI for `!!str`), else empty. The
    span holds the quotes; of a block scalar it ends with its last character that is no blank."""

    text: str
    plain: bool
    tag: str
    span: Span


@dataclass(slots=True, eq=False)
class Sequence:
    items: list[Node]
    tag: str
    span: Span


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and values in the order written; merge keys and duplicates are still there."""

    entries: list[tuple[Node, Node]]
    tag: str
    span: Span


@dataclass(slots=True, eq=False)
class Alias:
    """`*name`, and the node that `&name` marks; never a part of itself."""

    name: str
    target: Scalar | Sequence | Mapping
    span: Span


Node = Scalar | Sequence | Mapping | Alias


class Entry(NamedTuple):
    """One entry of a mapping, merge keys resolved; `aliases` is the way from the mapping to the
    entry, outermost first, and empty where it is written in the mapping itself."""

    key: Node
    value: Node
    aliases: tuple[Alias, ...]


@dataclass(slots=True, eq=False)
class Composed:
    """The documents of one file, its comments (with their `#`), and what is wrong but did not
    keep it from being read: duplicate keys."""

    documents: list[Node]
    comments: list[Span]
    problems: list[Diagnostic]


class Malformed(Exception):
    """A text that is no YAML, or too deep or large to be read; the diagnostic tells where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def compose(file: SourceFile) -> Composed:
    """The nodes of all documents of a file; raises `Malformed`."""
    composer = _Composer(file)
    for event in _events(file):
        composer.feed(event)
    comments = list(_comments(file, composer.scalars))
    return Composed(composer.documents, comments, composer.problems)


def resolve(scalar: Scalar) -> bool | int | float | str | None:
    """What a scalar stands for: quoted and tagged `!!str`, its text, else by its looks."""
    text = scalar.text
    if scalar.tag == f"{_CORE}str" or not (scalar.plain or scalar.tag.startswith(_CORE)):
        return text
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in "+-.0123456789" or len(text) > _LONGEST_NUMBER:
        return text
    return _number(text)


def _number(text: str) -> int | float | str:
    digits = text.replace("_", "")
    if _INTEGER.match(digits):
        sign, magnitude = (digits[0], digits[1:]) if digits[0] in "+-" else ("", digits)
        if magnitude[0] == "0" and magnitude[1:].isdecimal():
            magnitude = f"0o{magnitude[1:]}"
        return int(sign + magnitude, 0)
    if _FLOAT.match(digits):
        value = float(digits)
        return text if value in (float("inf"), float("-inf")) else value
    return text


def entries(mapping: Mapping) -> list[Entry]:
    """The entries in the order written, what `<<` merges in after them. What is written in the
    mapping wins over what is merged, an earlier source over a later one; of duplicates the last
    is there. A `<<` that holds no mapping is left as an entry."""
    own: dict[object, Entry] = {}
    merged: list[Entry] = []
    for key, value in mapping.entries:
        sources = _merge_sources(value) if is_merge_key(key) else None
        if sources is None:
            own[_identity(key)] = Entry(key, value, ())
            continue
        for source, aliases in sources:
            merged += (Entry(e.key, e.value, (*aliases, *e.aliases)) for e in entries(source))
    for entry in merged:
        own.setdefault(_identity(entry.key), entry)
    return list(own.values())


def is_merge_key(key: Node) -> bool:
    return isinstance(key, Scalar) and key.plain and key.text == MERGE_KEY


def _merge_sources(value: Node) -> list[tuple[Mapping, tuple[Alias, ...]]] | None:
    """The mappings that a `<<` merges, with the aliases on the way; None where it holds others."""
    node, aliases = _followed(value)
    parts = node.items if isinstance(node, Sequence) else [node]
    sources = []
    for part in parts:
        target, way = _followed(part)
        if not isinstance(target, Mapping):
            return None
        sources.append((target, (*aliases, *way)))
    return sources


def _followed(node: Node) -> tuple[Scalar | Sequence | Mapping, tuple[Alias, ...]]:
    return (node.target, (node,)) if isinstance(node, Alias) else (node, ())


def _identity(key: Node) -> object:
    target, _ = _followed(key)
    return target.text if isinstance(target, Scalar) else id(target)


# -- from events to nodes --------------------------------------------------------------------


def _events(file: SourceFile) -> Iterator[Event]:
    """PyYAML's events, its errors as `Malformed`."""
    import yaml

    loader: type[yaml.Loader] | type[yaml.CLoader]
    loader = yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader
    try:
        yield from yaml.parse(file.text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Malformed(_syntax_problem(file, error, _offset(mark))) from None
    except yaml.reader.ReaderError as error:
        raise Malformed(_character_problem(file, error.character)) from None
    except UnicodeError:
        raise Malformed(Diagnostic("the text is not valid Unicode", file.path)) from None


def _offset(mark: Mark | None) -> int:
    return mark.index if mark else 0


def _syntax_problem(file: SourceFile, error: object, offset: int) -> Diagnostic:
    span = file.span(offset, min(offset + 1, len(file.text)))
    if "\t" in file.text[file.offset(span.first.line) : offset + 1]:
        message = "YAML does not allow a tab here"
        return Diagnostic(message, file.path, span, "Indent with spaces.")
    problem = getattr(error, "problem", None) or "it cannot be read"
    if "nesting depth" in problem:
        return _too_deep(file, span)
    context = getattr(error, "context", None)
    message = f"this is not valid YAML: {f'{context}, ' if context else ''}{problem}"
    return Diagnostic(message, file.path, span, "Check quotes, brackets and indentation here.")


def _too_deep(file: SourceFile, span: Span) -> Diagnostic:
    message = f"it is nested deeper than {MAX_DEPTH} levels"
    return Diagnostic(message, file.path, span, "Flatten it.")


def _character_problem(file: SourceFile, character: object) -> Diagnostic:
    code = ord(character[:1] or "\0") if isinstance(character, str) else int(str(character))
    at = max(file.text.find(chr(code)), 0)
    message = f"YAML does not allow the character U+{code:04X}"
    return Diagnostic(message, file.path, file.span(at, at + 1), "Remove it or escape it.")


@dataclass(slots=True, eq=False)
class _Open:
    """A collection whose end has not come yet; `children` alternates keys and values."""

    node: Sequence | Mapping
    children: list[Node]
    anchor: str | None
    flow: bool


class _Composer:
    """Builds nodes from events, with a stack of its own: input does not decide our recursion."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.documents: list[Node] = []
        self.problems: list[Diagnostic] = []
        self.scalars: list[Span] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._measures: dict[int, tuple[int, int]] = {}
        self._expanded = 0

    def feed(self, event: Event) -> None:
        import yaml

        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event), event.anchor)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._enter(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._leave(event)
            case yaml.AliasEvent():
                self._add(self._alias(event), None)
            case yaml.DocumentStartEvent():
                self._anchors.clear()

    def _span(self, event: Event) -> Span:
        """The span of the event's text, without its anchor and tag."""
        start, end = _offset(event.start_mark), _offset(event.end_mark)
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            properties = _PROPERTIES.match(self.file.text, start, end)
            start = properties.end() if properties else start
        return self.file.span(start, end)

    def _scalar(self, event: Event) -> Scalar:
        span, style = self._span(event), getattr(event, "style", None) or ""
        if style in ("|", ">") and style:
            span = self.file.span(span.start, span.start + len(span.text.rstrip()))
        if span.start < span.end:
            self.scalars.append(span)
        tag, text = getattr(event, "tag", None) or "", getattr(event, "value", "")
        return Scalar(text, not style, tag, span)

    def _enter(self, event: Event) -> None:
        import yaml

        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None) or ""
        span = self._span(event)
        if len(self._open) >= MAX_DEPTH:
            raise Malformed(_too_deep(self.file, span))
        mapping = isinstance(event, yaml.MappingStartEvent)
        node = Mapping([], tag, span) if mapping else Sequence([], tag, span)
        flow = bool(getattr(event, "flow_style", False))
        self._open.append(_Open(node, [], anchor, flow))
        if anchor:
            self._anchors[anchor] = None

    def _leave(self, event: Event) -> None:
        opened = self._open.pop()
        node, children = opened.node, opened.children
        start, end = node.span.start, _offset(event.end_mark)
        if not opened.flow and children:
            first, end = children[0].span.start, children[-1].span.end
            start = first if isinstance(node, Mapping) else start
        node.span = self.file.span(start, max(start, end))
        if isinstance(node, Sequence):
            node.items = children
        else:
            node.entries = list(zip(children[::2], children[1::2], strict=True))
            self._check_keys(node)
        self._measure(node, children)
        self._add(node, opened.anchor)

    def _alias(self, event: Event) -> Alias:
        span, name = self._span(event), str(getattr(event, "anchor", ""))
        target = self._anchors.get(name)
        if target is None or isinstance(target, Alias):
            what = "is not defined before it is used"
            if name in self._anchors:
                what = "is used inside of itself"
            raise Malformed(Diagnostic(f"the anchor `{name}` {what}", self.file.path, span))
        self._expanded += self._measures.get(id(target), (1, 1))[0]
        if self._expanded > MAX_EXPANDED_NODES:
            message = f"its aliases repeat more than {MAX_EXPANDED_NODES:,} nodes"
            raise Malformed(Diagnostic(message, self.file.path, span, "Use fewer aliases."))
        return Alias(name, target, span)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.documents.append(node)

    def _measure(self, node: Sequence | Mapping, children: list[Node]) -> None:
        """Remember the number of nodes below, and the depth, with aliases followed."""
        size, depth = 1, 1
        for child in children:
            below = child.target if isinstance(child, Alias) else child
            nodes, levels = self._measures.get(id(below), (1, 1))
            size, depth = size + nodes, max(depth, levels + 1)
        if depth > MAX_DEPTH:
            raise Malformed(_too_deep(self.file, node.span.header))
        self._measures[id(node)] = (size, depth)

    def _check_keys(self, mapping: Mapping) -> None:
        seen: dict[object, Span] = {}
        for key, _ in mapping.entries:
            first = seen.setdefault(_identity(key), key.span)
            if first is not key.span:
                name = key.span.header.text
                message = f"the key `{name}` is written twice; the first is in line"
                message = f"{message} {first.first.line}"
                self.problems.append(
                    Diagnostic(message, self.file.path, key.span, "Remove one of them.")
                )


def _comments(file: SourceFile, scalars: list[Span]) -> Iterator[Span]:
    """What starts with `#` between the scalars, and on the header line of a block scalar."""
    at = 0
    for span in scalars:
        yield from _comments_between(file, at, span.start)
        at = span.end
        if file.text[span.start] in "|>":
            yield from _comments_between(file, span.start, span.header.end)
    yield from _comments_between(file, at, len(file.text))


def _comments_between(file: SourceFile, start: int, end: int) -> Iterator[Span]:
    if file.text.find("#", start, end) == -1:
        return
    for match in _COMMENT.finditer(file.text, start, end):
        yield file.span(match.start(), match.end())


# -- writing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plain:
    """A scalar that is written as it stands, without quotes."""

    text: str


Writable = Plain | str | list["Writable"] | dict[str, "Writable"]


def emit(document: Writable) -> str:
    """The YAML of one document: texts in double quotes, or as blocks where they have several
    lines; collections as blocks unless they are empty."""
    import yaml

    dumper = yaml.CDumper if yaml.__with_libyaml__ else yaml.Dumper
    events = [
        yaml.StreamStartEvent(),
        yaml.DocumentStartEvent(explicit=False),
        *_written(document),
        yaml.DocumentEndEvent(explicit=False),
        yaml.StreamEndEvent(),
    ]
    text: str = yaml.emit(events, Dumper=dumper, allow_unicode=True)
    return text


def _written(node: Writable) -> Iterator[Event]:
    import yaml

    if isinstance(node, Plain):
        yield yaml.ScalarEvent(None, None, (True, False), node.text)
    elif isinstance(node, str):
        style = "|" if "\n" in node else '"'
        yield yaml.ScalarEvent(None, None, (False, True), node, style=style)
    elif isinstance(node, list):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=not node)
        for item in node:
            yield from _written(item)
        yield yaml.SequenceEndEvent()
    else:
        yield yaml.MappingStartEvent(None, None, True, flow_style=not node)
        for name, item in node.items():
            yield from _written(name)
            yield from _written(item)
        yield yaml.MappingEndEvent()
