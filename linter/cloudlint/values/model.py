"""The value model: known, symbolic, template.

A value is immutable. Asking a value that is not known for a plain answer (truth, comparison,
order, iteration, membership, a Python value) raises `Undecided`; so does asking a known value for
something its type does not have, for the configuration is then wrong, not the policy. Absent
things are known to be null.

Every value remembers where it was *written* (`span`), the place that *uses* it (`site`: the
argument of a resource) and the way between the two (`trail`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeVar

from cloudlint.source import Span
from cloudlint.values import numbers
from cloudlint.values.numbers import Number
from cloudlint.values.symbols import (
    Applied,
    Attribute,
    Choice,
    Element,
    Origin,
    Root,
    Symbol,
    digest,
    walk,
)
from cloudlint.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    part_type,
    set_of,
    tuple_of,
)
from cloudlint.values.undecided import Undecided

Kind = Literal["null", "bool", "number", "string", "list", "set", "tuple", "map", "object"]
SEQUENCES = ("list", "set", "tuple")
MAPPINGS = ("map", "object")
Plain = None | bool | int | float | str | Sequence["Plain"] | Mapping[str, "Plain"]
V = TypeVar("V", bound="Value")
_LONG_KEY = 400
_LONGEST_TRAIL = 50
"""How many steps of a way are kept, from where it is used."""
MAX_PARTS = 2_000
MAX_OUTCOMES = 64
"""Of how many values a choice keeps which they are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from a use to where the value was written: a sentence and its place."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Reference:
    """An attribute of a resource that a value was read from; `path` is `""` for the whole."""

    address: str
    path: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What a value carries along besides itself."""

    site: Span | None = None
    trail: tuple[Step, ...] = ()
    references: tuple[Reference, ...] = ()
    sensitive: bool = False
    encodes: Value | None = None
    """The value that a JSON text was made from."""

    def used_at(self, site: Span | None) -> Marks:
        if site is None and self.site is None:
            return self
        return Marks(site, self.trail, self.references, self.sensitive, self.encodes)

    def with_those_of(self, others: Iterable[Marks]) -> Marks:
        """These marks, and what others carry: the first trail there is, all references."""
        trail, sensitive = self.trail, self.sensitive
        references = dict.fromkeys(self.references)
        is_more = False
        for marks in others:
            if marks is not NO_MARKS:
                is_more = True
                trail = trail or marks.trail
                references.update(dict.fromkeys(marks.references))
                sensitive = sensitive or marks.sensitive
        if not is_more:
            return self
        return Marks(self.site, trail, tuple(references), sensitive, self.encodes)


NO_MARKS = Marks()


class Value:
    """A value of any kind. See the module's docstring for what its operators answer."""

    __slots__ = ("marks", "span")

    span: Span | None
    marks: Marks

    # -- identity and parts ------------------------------------------------------------------

    @property
    def key(self) -> str:
        """Equal keys: the same value, known or not."""
        raise NotImplementedError

    @property
    def is_keyed(self) -> bool:
        """Whether its key is known already, without a look at its parts."""
        return False

    @property
    def type(self) -> Type:
        raise NotImplementedError

    @property
    def symbol(self) -> Symbol | None:
        """The symbol of a symbolic value; None for known values and templates."""
        return None

    def children(self) -> Iterator[Value]:
        """Elements of a known collection, unknown parts of a template."""
        return iter(())

    def is_wholly_known(self) -> bool:
        """Whether nothing in it, at any depth, is symbolic."""
        return self.symbol is None and all(child.is_wholly_known() for child in self.children())

    def references(self) -> Iterator[Reference]:
        """The resource attributes it was made from, at any depth, in order, with repetitions."""
        yield from self.marks.references
        for child in self.children():
            yield from child.references()

    # -- copies with other marks -------------------------------------------------------------

    def _copy(self: V, span: Span | None, marks: Marks) -> V:
        raise NotImplementedError

    def written_at(self: V, span: Span | None) -> V:
        """The same value, written elsewhere; a synthetic file is no place to be written in."""
        if span is not None and span.file.synthetic:
            return self
        return self._copy(span, self.marks)

    def used_at(self: V, site: Span | None) -> V:
        """The same value, used elsewhere; a synthetic file is no place to be used in."""
        if site is not None and site.file.synthetic:
            return self
        return self._copy(self.span, self.marks.used_at(site))

    def via(self: V, step: Step) -> V:
        """The same value, reached by one step more."""
        trail = (step, *self.marks.trail[: _LONGEST_TRAIL - 1])
        return self._copy(self.span, replace(self.marks, trail=trail))

    def on_the_trail_of(self: V, other: Value) -> V:
        """The same value, reached as `other` was, if that came by any steps."""
        if not other.marks.trail:
            return self
        return self._copy(self.span, replace(self.marks, trail=other.marks.trail))

    def referring(self: V, *references: Reference) -> V:
        if not references:
            return self
        merged = tuple(dict.fromkeys((*references, *self.marks.references)))
        return self._copy(self.span, replace(self.marks, references=merged))

    def marked_sensitive(self: V, sensitive: bool = True) -> V:
        if sensitive == self.marks.sensitive:
            return self
        return self._copy(self.span, replace(self.marks, sensitive=sensitive))

    def encoding(self: V, value: Value) -> V:
        """The same text, known to be the JSON of `value`."""
        return self._copy(self.span, replace(self.marks, encodes=value))

    def derived_from(self: V, *sources: Value) -> V:
        """The same value, carrying what `sources` carried: the result of an operation on them."""
        marks = self.marks.with_those_of(source.marks for source in sources)
        return self if marks is self.marks else self._copy(self.span, marks)

    def chosen_by(self: V, condition: Value) -> V:
        """The same value; where no way leads to it, the way to the condition that chose it."""
        if self.marks.trail or not condition.marks.trail:
            return self
        return self._copy(self.span, replace(self.marks, trail=condition.marks.trail))

    @property
    def sensitive(self) -> bool:
        return self.marks.sensitive

    def holds_sensitive(self) -> bool:
        """Whether it is sensitive, or anything in it at any depth."""
        seen: set[int] = set()
        pending: list[Value] = [self]
        while pending:
            value = pending.pop()
            if value.marks.sensitive:
                return True
            if id(value) not in seen:
                seen.add(id(value))
                pending += value.children()
        return False

    @property
    def place(self) -> Span | None:
        """Where a finding about it points: the use if there is one, else where it was written."""
        return self.marks.site or self.span

    # -- plain answers -----------------------------------------------------------------------

    def undecided(self) -> Undecided:
        """The exception that says why this value has no plain answer."""
        raise NotImplementedError

    def misfit(self, wanted: str) -> Undecided:
        """The exception that says that a known value is not of the kind asked for."""
        return Undecided(Origin(f"`{self}`", f"is not {wanted}", self.place), self)

    def truth(self) -> bool | None:
        """Three-valued: None where it is not known."""
        return None

    def known_or(self, default: Plain) -> Plain:
        """The Python value, or `default` where it is not wholly known."""
        try:
            return self.python()
        except Undecided:
            return default

    def python(self) -> Plain:
        """The Python value; a fraction comes as float."""
        raise self.undecided()

    def string(self) -> str:
        raise self.undecided()

    def number(self) -> Number:
        raise self.undecided()

    @property
    def is_null(self) -> bool:
        """Whether it is null or absent."""
        raise self.undecided()

    def __bool__(self) -> bool:
        answer = self.truth()
        if answer is None:
            raise self.undecided()
        return answer

    def __eq__(self, other: object) -> bool:
        value = of(other)
        answer = compare.same(self, value)
        if answer is None:
            raise (value if self.is_wholly_known() else self).undecided()
        return answer

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.key)

    def __lt__(self, other: Value | int) -> bool:
        return self.number() < of(other).number()

    def __le__(self, other: Value | int) -> bool:
        return self.number() <= of(other).number()

    def __gt__(self, other: Value | int) -> bool:
        return self.number() > of(other).number()

    def __ge__(self, other: Value | int) -> bool:
        return self.number() >= of(other).number()

    def __len__(self) -> int:
        raise self.undecided()

    def __iter__(self) -> Iterator[Value]:
        raise self.undecided()

    def __getitem__(self, key: str | int) -> Value:
        raise self.undecided()

    def __contains__(self, item: object) -> bool:
        wanted = of(item)
        answers = [compare.same(element, wanted) for element in self]
        if any(answers):
            return True
        for element, answer in zip(self, answers, strict=True):
            if answer is None:
                raise element.undecided()
        return False

    def keys(self) -> list[str]:
        """The names in a map or object, in the order written."""
        raise self.undecided()

    def startswith(self, prefix: str) -> bool:
        raise self.undecided()

    def endswith(self, suffix: str) -> bool:
        raise self.undecided()

    def __and__(self, other: Value | bool) -> Value:
        """Three-valued: a known false side decides."""
        return _kleene(self, of(other), deciding=False)

    def __or__(self, other: Value | bool) -> Value:
        """Three-valued: a known true side decides."""
        return _kleene(self, of(other), deciding=True)

    def __invert__(self) -> Value:
        answer = self.truth()
        result = Symbolic(Applied("!", (self,)), BOOL) if answer is None else known(not answer)
        return result._copy(self.span, self.marks)


def _kleene(left: Value, right: Value, *, deciding: bool) -> Value:
    answers = (left.truth(), right.truth())
    for value, answer in zip((left, right), answers, strict=True):
        if answer is deciding:
            return value
    for value, answer in zip((left, right), answers, strict=True):
        if answer is None:
            return value
    return right


class Known(Value):
    """A known value: null, bool, number, string, or a collection whose shape is known.

    `data` is None, bool, int or Fraction, str, a tuple of values (list, set, tuple) or a mapping
    of values (map, object), which may be lazy. `element` is the declared type of the elements of
    a list, set or map. `is_block` is set for an object that may be a block: it is read as a list
    that holds it, too. `identity` is the key of what is told apart by where it comes from, so that
    nobody evaluates all that a lazy mapping holds.
    """

    __slots__ = (
        "_depth",
        "_key",
        "_type",
        "_weight",
        "_wholly_known",
        "data",
        "element",
        "is_block",
        "kind",
    )

    def __init__(
        self,
        data: bool | Number | str | tuple[Value, ...] | Mapping[str, Value] | None,
        kind: Kind,
        *,
        element: Type = ANY,
        span: Span | None = None,
        marks: Marks = NO_MARKS,
        identity: str = "",
        is_block: bool = False,
    ) -> None:
        self.data = data
        self.kind: Kind = kind
        self.element = element
        self.span = span
        self.marks = marks
        self.is_block = is_block
        self._key = identity
        self._wholly_known: bool | None = None
        self._weight = self._depth = 0
        self._type: Type | None = None

    def _copy(self, span: Span | None, marks: Marks) -> Known:
        copy = Known(
            self.data,
            self.kind,
            element=self.element,
            span=span,
            marks=marks,
            is_block=self.is_block,
        )
        copy._key, copy._wholly_known = self._key, self._wholly_known
        copy._weight, copy._depth, copy._type = self._weight, self._depth, self._type
        return copy

    @property
    def weight(self) -> int:
        """How many values it is made of; entries that are yet to be evaluated do not count."""
        if not self._weight:
            self._measure()
        return self._weight

    @property
    def depth(self) -> int:
        """How deep collections are nested in it."""
        if not self._weight:
            self._measure()
        return self._depth

    def _measure(self) -> None:
        parts = self.data.values() if isinstance(self.data, dict) else self.items
        self._weight, self._depth = 1, 0
        for part in parts:
            if isinstance(part, Known):
                self._weight += part.weight
                self._depth = max(self._depth, part.depth + 1)
            else:
                self._weight += 1

    @property
    def key(self) -> str:
        if not self._key:
            text = self._identity()
            if len(text) > _LONG_KEY and self.kind != "string":
                text = f"{self.kind}:{digest(text)}"
            self._key = text
        return self._key

    @property
    def is_keyed(self) -> bool:
        return bool(self._key)

    def is_wholly_known(self) -> bool:
        if self._wholly_known is None:
            self._wholly_known = all(child.is_wholly_known() for child in self.children())
        return self._wholly_known

    def _identity(self) -> str:
        match self.kind:
            case "null":
                return "null"
            case "string":
                return f'"{self.data}"'
            case "bool":
                return "true" if self.data else "false"
            case "number":
                return str(self.data)
            case "map" | "object":
                inner = ",".join(f"{name}={self.mapping[name].key}" for name in self.mapping)
                return f"{self.kind}{{{inner}}}"
        return f"{self.kind}[{','.join(item.key for item in self.items)}]"

    @property
    def type(self) -> Type:
        if self._type is None:
            self._type = self._own_type()
        return self._type

    def _own_type(self) -> Type:
        match self.kind:
            case "null":
                return ANY if self.element is ANY else self.element
            case "bool":
                return BOOL
            case "number":
                return NUMBER
            case "string":
                return STRING
            case "list":
                return list_of(self.element)
            case "set":
                return set_of(self.element)
            case "map":
                return map_of(self.element)
            case "tuple":
                return tuple_of(*(item.type for item in self.items))
        return object_of({name: value.type for name, value in self.mapping.items()})

    @property
    def items(self) -> tuple[Value, ...]:
        """The elements of a list, set or tuple; empty for anything else."""
        return self.data if isinstance(self.data, tuple) else ()

    @property
    def blocks(self) -> tuple[Value, ...]:
        """The elements of a list of blocks, which one block may stand for."""
        return (self,) if self.is_block else self.items

    @property
    def mapping(self) -> Mapping[str, Value]:
        """The entries of a map or object; empty for anything else."""
        return self.data if isinstance(self.data, Mapping) else {}

    def children(self) -> Iterator[Value]:
        if self.kind in MAPPINGS:
            return iter(self.mapping.values())
        return iter(self.items)

    def _child(self, value: Value) -> Value:
        """An element as seen through this value: used where it was used or written inside the
        place that uses this value, or else at that place."""
        site = self.marks.site
        if site is None:
            return value
        own = next((at for at in (value.marks.site, value.span) if at and at in site), site)
        if own == value.marks.site:
            return value
        trail = value.marks.trail or self.marks.trail
        sensitive = value.marks.sensitive or self.marks.sensitive
        return value._copy(
            value.span, replace(value.marks, site=own, trail=trail, sensitive=sensitive)
        )

    # -- plain answers -----------------------------------------------------------------------

    def undecided(self) -> Undecided:
        for child in self.children():
            if not child.is_wholly_known():
                return child.undecided()
        return self.misfit("what was asked for")

    def truth(self) -> bool | None:
        return bool(self.data)

    def python(self) -> Plain:
        if self.kind in MAPPINGS:
            return {name: value.python() for name, value in self.mapping.items()}
        if isinstance(self.data, tuple):
            return [item.python() for item in self.data]
        if isinstance(self.data, Fraction):
            return float(self.data)
        return self.data  # type: ignore[return-value]

    def string(self) -> str:
        if not isinstance(self.data, str):
            raise self.misfit("a string")
        return self.data

    def number(self) -> Number:
        if isinstance(self.data, bool) or not isinstance(self.data, int | Fraction):
            raise self.misfit("a number")
        return self.data

    @property
    def is_null(self) -> bool:
        return self.kind == "null"

    def __len__(self) -> int:
        if self.kind == "null":
            return 0
        if self.is_block:
            return 1
        if isinstance(self.data, bool | int | Fraction):
            raise self.misfit("a collection")
        return len(self.data)  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Value]:
        if self.is_block:
            return iter((self,))
        if self.kind not in SEQUENCES and self.kind != "null":
            raise self.misfit("a list")
        return (self._child(item) for item in self.items)

    def __getitem__(self, key: str | int) -> Value:
        """An element; null where there is none, also of null."""
        found: Value | None = None
        if isinstance(key, str):
            if self.kind not in (*MAPPINGS, "null"):
                raise self.misfit("an object")
            found = self.mapping.get(key)
        elif self.is_block:
            found = self if key in (0, -1) else None
        else:
            if self.kind not in (*SEQUENCES, "null"):
                raise self.misfit("a list")
            found = self.items[key] if -len(self.items) <= key < len(self.items) else None
        return Known(None, "null", span=self.place) if found is None else self._child(found)

    def keys(self) -> list[str]:
        if self.kind not in (*MAPPINGS, "null"):
            raise self.misfit("an object")
        return list(self.mapping)

    def startswith(self, prefix: str) -> bool:
        return self.string().startswith(prefix)

    def endswith(self, suffix: str) -> bool:
        return self.string().endswith(suffix)

    def __str__(self) -> str:
        match self.kind:
            case "null":
                return "null"
            case "bool":
                return "true" if self.data else "false"
            case "number":
                return numbers.to_text(self.number())
            case "string":
                return f'"{self.data}"'
            case "map" | "object":
                return f"{{ {', '.join(self.mapping)} }}"
        return f"[{self._shortened()}]"

    def _shortened(self) -> str:
        """The elements, as many as people read: values share parts, so that written out they
        could be longer than any file."""
        text = ""
        for item in self.items:
            if len(text) > _LONG_KEY:
                return f"{text}, …"
            text += f", {item}" if text else str(item)
        return text

    def __repr__(self) -> str:
        return f"<{self}>"


class Symbolic(Value):
    """An unknown value with an identity. `items`, where given, are the elements of a list whose
    order or repetition is unknown but whose candidates are not."""

    __slots__ = ("_symbol", "_type")

    def __init__(
        self,
        symbol: Symbol,
        type_: Type = ANY,
        *,
        span: Span | None = None,
        marks: Marks = NO_MARKS,
    ) -> None:
        self._symbol = symbol
        self._type = type_
        self.span = span
        self.marks = marks

    def _copy(self, span: Span | None, marks: Marks) -> Symbolic:
        return Symbolic(self._symbol, self._type, span=span, marks=marks)

    @property
    def key(self) -> str:
        return self._symbol.key

    @property
    def type(self) -> Type:
        return self._type

    @property
    def symbol(self) -> Symbol:
        return self._symbol

    def references(self) -> Iterator[Reference]:
        yield from self.marks.references
        for symbol in walk(self._symbol):
            yield from _symbol_references(symbol)

    def undecided(self) -> Undecided:
        origin = next(self._symbol.origins(), None)
        return Undecided(origin or Origin(str(self._symbol), "is not known", self.place), self)

    def truth(self) -> bool | None:
        if isinstance(self._symbol, Choice):
            return compare.agreed(self._symbol, Value.truth)
        return None

    @property
    def is_null(self) -> bool:
        symbol = self._symbol
        if isinstance(symbol, Choice):
            answer = compare.agreed(symbol, compare.nullness)
            if answer is not None:
                return answer
        if compare.never_null(self):
            return False
        raise self.undecided()

    def startswith(self, prefix: str) -> bool:
        return self._textual(lambda value: value.startswith(prefix))

    def endswith(self, suffix: str) -> bool:
        return self._textual(lambda value: value.endswith(suffix))

    def _textual(self, ask: Callable[[Value], bool]) -> bool:
        if isinstance(self._symbol, Choice):
            answers = {ask(self._symbol.then), ask(self._symbol.otherwise)}
            if len(answers) == 1:
                return answers.pop()
        raise self.undecided()

    def __getitem__(self, key: str | int) -> Value:
        return element(self, of(key)).used_at(self.place)

    def __str__(self) -> str:
        return str(self._symbol)

    def __repr__(self) -> str:
        return f"<{self}>"


class Template(Value):
    """A string of known and symbolic parts, in order; no two known parts are neighbours."""

    __slots__ = ("parts",)

    def __init__(
        self,
        parts: tuple[str | Value, ...],
        *,
        span: Span | None = None,
        marks: Marks = NO_MARKS,
    ) -> None:
        self.parts = parts
        self.span = span
        self.marks = marks

    def _copy(self, span: Span | None, marks: Marks) -> Template:
        return Template(self.parts, span=span, marks=marks)

    @property
    def key(self) -> str:
        inner = "".join(p if isinstance(p, str) else f"${{{p.key}}}" for p in self.parts)
        return f'"{inner}"'

    @property
    def type(self) -> Type:
        return STRING

    @property
    def prefix(self) -> str:
        """What it is known to begin with."""
        return self.parts[0] if isinstance(self.parts[0], str) else ""

    @property
    def suffix(self) -> str:
        """What it is known to end with."""
        return self.parts[-1] if isinstance(self.parts[-1], str) else ""

    def children(self) -> Iterator[Value]:
        return (part for part in self.parts if isinstance(part, Value))

    def undecided(self) -> Undecided:
        return next(self.children()).undecided()

    @property
    def is_null(self) -> bool:
        return False

    def truth(self) -> bool | None:
        return True if any(isinstance(part, str) for part in self.parts) else None

    def startswith(self, prefix: str) -> bool:
        own = self.prefix
        if own.startswith(prefix):
            return True
        if not prefix.startswith(own):
            return False
        raise self.undecided()

    def endswith(self, suffix: str) -> bool:
        own = self.suffix
        if own.endswith(suffix):
            return True
        if not suffix.endswith(own):
            return False
        raise self.undecided()

    def __str__(self) -> str:
        return f'"{self.text}"'

    @property
    def text(self) -> str:
        """The text with `${…}` for what is not known."""
        return "".join(p if isinstance(p, str) else f"${{{p}}}" for p in self.parts)

    def __repr__(self) -> str:
        return f"<{self}>"


class Joined(Template):
    """A text joined of a list: `items` with `separator` in between, so that it can be split."""

    __slots__ = ("items", "separator")

    def __init__(
        self,
        parts: tuple[str | Value, ...],
        separator: str,
        items: tuple[Value, ...],
        *,
        span: Span | None = None,
        marks: Marks = NO_MARKS,
    ) -> None:
        super().__init__(parts, span=span, marks=marks)
        self.separator = separator
        self.items = items

    def _copy(self, span: Span | None, marks: Marks) -> Joined:
        return Joined(self.parts, self.separator, self.items, span=span, marks=marks)


NULL = Known(None, "null")
TRUE = Known(True, "bool")
FALSE = Known(False, "bool")


# -- making values ---------------------------------------------------------------------------


def known(data: Plain | Fraction, span: Span | None = None) -> Known:
    """A known value from a Python value; lists become tuples, mappings objects."""
    if data is None:
        return Known(None, "null", span=span)
    if isinstance(data, bool):
        return Known(data, "bool", span=span)
    if isinstance(data, str):
        return Known(data, "string", span=span)
    if isinstance(data, float):
        return Known(numbers.from_float(data), "number", span=span)
    if isinstance(data, int | Fraction):
        return Known(data, "number", span=span)
    if isinstance(data, Mapping):
        return Known({name: of(item, span) for name, item in data.items()}, "object", span=span)
    return Known(tuple(of(item, span) for item in data), "tuple", span=span)


def of(data: object, span: Span | None = None) -> Value:
    """`data` itself where it is a value, else the known value of it."""
    return data if isinstance(data, Value) else known(data, span)  # type: ignore[arg-type]


def template(parts: Sequence[str | Value], span: Span | None = None) -> Value:
    """The string made of these parts: known where all are, a template otherwise.

    Parts that are values must be strings (or convert to one: numbers, bools); nested templates
    are taken apart. Of more than MAX_PARTS parts it is a symbol only.
    """
    sources = [part for part in parts if isinstance(part, Value)]
    flat: list[str | Value] = []
    texts: list[str] = []
    for part in _flattened(parts):
        if isinstance(part, str):
            texts.append(part)
            continue
        if any(texts):
            flat.append("".join(texts))
        texts.clear()
        flat.append(part)
        if len(flat) > MAX_PARTS:
            return applied("template", *sources, type_=STRING).written_at(span)
    if any(texts):
        flat.append("".join(texts))
    return _text(flat, span).derived_from(*sources)


def _text(parts: list[str | Value], span: Span | None) -> Value:
    if not parts:
        return Known("", "string", span=span)
    if len(parts) == 1 and isinstance(parts[0], str):
        return Known(parts[0], "string", span=span)
    return Template(tuple(parts), span=span)


def _flattened(parts: Sequence[str | Value]) -> Iterator[str | Value]:
    for part in parts:
        if isinstance(part, Template):
            yield from part.parts
        elif isinstance(part, Known):
            yield part.string() if part.kind == "string" else str(part)
        else:
            yield part


def choice(condition: Value, then: Value, otherwise: Value, type_: Type = ANY) -> Value:
    """One of two values; the value itself where both are the same. Of more than MAX_OUTCOMES
    values it is a symbol only."""
    if then.key == otherwise.key:
        return then
    if outcomes(then) + outcomes(otherwise) > MAX_OUTCOMES:
        return applied("conditional", condition, then, otherwise, type_=type_)
    result = Symbolic(Choice(condition, then, otherwise), type_, span=then.span)
    return result.derived_from(condition, then, otherwise)


def outcomes(value: Value) -> int:
    """Of how many values, at most, it is one."""
    return value.symbol.outcomes if isinstance(value.symbol, Choice) else 1


def applied(
    function: str,
    *arguments: Value,
    type_: Type = ANY,
    element: Callable[[Value], Value | None] | None = None,
) -> Symbolic:
    """The symbol of a function or operator on arguments that are not all known; `element` tells
    what is known of its parts, by index or name."""
    return Symbolic(Applied(function, arguments, element), type_).derived_from(*arguments)


def unknown(name: str, reason: str, span: Span | None = None, *, scope: str = "") -> Symbolic:
    """A fresh unknown: `name` `reason`."""
    return Symbolic(Root(Origin(name, reason, span), scope=scope), span=span)


def attribute(base: Symbolic, name: str) -> Value:
    """`base.name` of an unknown; what a resource's configuration says of it where it does."""
    symbol = base.symbol
    if isinstance(symbol, Root) and symbol.attribute is not None:
        written = symbol.attribute(name)
        if written is not None:
            return written.referring(Reference(symbol.address, name))
    picked = _picked(symbol, known(name))
    if picked is not None:
        return picked
    type_ = part_type(base.type, name)
    return Symbolic(Attribute(symbol, name), type_, span=base.span, marks=base.marks)


def element(base: Symbolic, index: Value) -> Value:
    """`base[index]` of an unknown."""
    symbol = base.symbol
    if isinstance(symbol, Root) and symbol.element is not None:
        return symbol.element(index)
    if isinstance(index, Known) and index.kind == "string":
        return attribute(base, index.string()).derived_from(index)
    picked = _picked(symbol, index)
    if picked is not None:
        return picked
    at = index.data if isinstance(index, Known) and isinstance(index.data, int) else None
    type_ = part_type(base.type, at)
    result = Symbolic(Element(symbol, index), type_, span=base.span, marks=base.marks)
    return result.derived_from(index)


def _picked(symbol: Symbol, index: Value) -> Value | None:
    if isinstance(symbol, Applied) and symbol.element is not None:
        return symbol.element(index)
    return _pick_arm(symbol, index)


def _pick_arm(symbol: Symbol, index: Value) -> Value | None:
    """An element of a choice: that of either arm. An arm that has no such element cannot be the
    one chosen, or Terraform would refuse the expression."""
    if not isinstance(symbol, Choice):
        return None
    then, otherwise = (_reach(arm, index) for arm in (symbol.then, symbol.otherwise))
    if then is not None and otherwise is not None:
        return choice(symbol.condition, then, otherwise)
    return otherwise if then is None else then


def _reach(value: Value, index: Value) -> Value | None:
    if isinstance(value, Symbolic):
        return element(value, index)
    if not isinstance(value, Known) or not isinstance(index, Known):
        return None
    if value.kind in MAPPINGS and index.kind == "string":
        return value.mapping.get(index.string())
    if value.kind in SEQUENCES and isinstance(index.data, int):
        return value.items[index.data] if index.data < len(value.items) else None
    return None


def _symbol_references(symbol: Symbol) -> Iterator[Reference]:
    match symbol:
        case Attribute(base=Root(address=address), name=name) if address:
            yield Reference(address, name)
        case Root(address=address) if address:
            yield Reference(address, "")


# Comparison needs the kinds of values, and values compare themselves: the one of the two that is
# imported first is complete by here.
from cloudlint.values import compare  # noqa: E402
