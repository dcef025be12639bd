"""Types of values, as Terraform has them: primitives, collections, structures, and "any"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key


@dataclass(frozen=True, slots=True)
class Type:
    """A primitive type, or `any` (what a value of unknown type has)."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class CollectionType(Type):
    """`list(element)`, `set(element)` or `map(element)`; `name` tells which."""

    element: Type

    def __str__(self) -> str:
        return f"{self.name}({self.element})"


@dataclass(frozen=True, slots=True)
class TupleType(Type):
    """`tuple([…])`: a fixed number of elements, each of its own type."""

    elements: tuple[Type, ...]

    def __str__(self) -> str:
        return f"tuple([{', '.join(map(str, self.elements))}])"


@dataclass(frozen=True, slots=True)
class ObjectType(Type):
    """`object({…})`; the names in `optional` may be left out."""

    attributes: Mapping[str, Type] = field(hash=False)
    optional: frozenset[str] = frozenset()

    def __str__(self) -> str:
        inner = ", ".join(f"{name} = {type_}" for name, type_ in sorted(self.attributes.items()))
        return f"object({{{inner}}})"


ANY = Type("any")
BOOL = Type("bool")
NUMBER = Type("number")
STRING = Type("string")
PRIMITIVES = (BOOL, NUMBER, STRING)


def list_of(element: Type) -> CollectionType:
    return CollectionType("list", element)


def set_of(element: Type) -> CollectionType:
    return CollectionType("set", element)


def map_of(element: Type) -> CollectionType:
    return CollectionType("map", element)


def tuple_of(*elements: Type) -> TupleType:
    return TupleType("tuple", elements)


def object_of(attributes: Mapping[str, Type], optional: frozenset[str] = frozenset()) -> ObjectType:
    return ObjectType("object", attributes, optional)


def friendly(type_: Type) -> str:
    """The type in words, as Terraform's messages have it: `list of string`."""
    if isinstance(type_, CollectionType):
        element = "any single type" if type_.element == ANY else friendly(type_.element)
        return f"{type_.name} of {element}"
    return "any type" if type_ == ANY else type_.name


def element_types(type_: Type) -> list[Type]:
    """The types of the elements of a collection or structure; empty for anything else."""
    match type_:
        case CollectionType():
            return [type_.element]
        case TupleType():
            return list(type_.elements)
        case ObjectType():
            return list(type_.attributes.values())
    return []


def part_type(type_: Type, key: str | int | None) -> Type:
    """The type of the part at a name or position (None: at any); `any` where that is open."""
    match type_:
        case CollectionType():
            return type_.element
        case ObjectType() if isinstance(key, str):
            return type_.attributes.get(key, ANY)
        case TupleType() if isinstance(key, int) and 0 <= key < len(type_.elements):
            return type_.elements[key]
    return ANY


# -- conversion of types -----------------------------------------------------------------------


def converted(source: Type, to: Type) -> Type | None:
    """The type of a `source` converted to `to`, with every `any` in `to` settled where `source`
    settles it; None where no value of `source` converts. Whether a given text is a number is
    for the value to tell."""
    if to == ANY or source == to:
        return source
    if source == ANY:
        return to
    match to:
        case CollectionType():
            return _to_collection(source, to)
        case TupleType():
            return _to_tuple(source, to)
        case ObjectType():
            return _to_object(source, to)
    if to == STRING or source == STRING:
        return to if source in PRIMITIVES else None
    return None


def _to_collection(source: Type, to: CollectionType) -> Type | None:
    wanted = ("map", "object") if to.name == "map" else ("list", "set", "tuple")
    if source.name not in wanted:
        return None
    parts = element_types(source)
    element: Type | None = to.element
    if to.element == ANY:
        element = unify(parts)
    else:
        inner = [converted(part, to.element) for part in parts]
        if any(part is None for part in inner):
            return None
        element = unify([part for part in inner if part is not None]) if inner else to.element
    return None if element is None else CollectionType(to.name, element)


def _to_tuple(source: Type, to: TupleType) -> Type | None:
    if not isinstance(source, TupleType) or len(source.elements) != len(to.elements):
        return None
    inner = [converted(a, b) for a, b in zip(source.elements, to.elements, strict=True)]
    elements = [type_ for type_ in inner if type_ is not None]
    return tuple_of(*elements) if len(elements) == len(inner) else None


def _to_object(source: Type, to: ObjectType) -> Type | None:
    if isinstance(source, ObjectType):
        given = source.attributes
        if any(name not in given and name not in to.optional for name in to.attributes):
            return None
    elif isinstance(source, CollectionType) and source.name == "map":
        given = dict.fromkeys(to.attributes, source.element)
    else:
        return None
    inner = {
        name: converted(given[name], type_) if name in given else type_
        for name, type_ in to.attributes.items()
    }
    attributes = {name: type_ for name, type_ in inner.items() if type_ is not None}
    return object_of(attributes) if len(attributes) == len(inner) else None


# -- unification -------------------------------------------------------------------------------


def unify(types: Iterable[Type]) -> Type | None:
    """The one type that values of all these types convert to, as for the arms of a conditional
    or the elements of a list; None where there is none.

    `any` gives way to primitives, leaves the whole open among collections and structures, and may
    be what primitives that do not fit each other both convert to.
    """
    distinct = _distinct(types)
    if not distinct:
        return ANY
    if len(distinct) == 1:
        return distinct[0]
    settled = [type_ for type_ in distinct if type_ != ANY]
    kinds = {type_.name for type_ in settled}
    if {"object", "tuple"} <= kinds:
        return None
    if len(kinds) == 1 and not kinds & {"bool", "number", "string"}:
        return ANY if len(settled) < len(distinct) else _unify_alike(settled)
    if kinds in ({"map", "object"}, {"list", "tuple"}):
        element = unify(part for type_ in settled for part in element_types(type_))
        if element is not None:
            return map_of(element) if "map" in kinds else list_of(element)
    preferred = _preferred(distinct)
    return ANY if preferred is None and ANY in distinct else preferred


def _distinct(types: Iterable[Type]) -> list[Type]:
    found: list[Type] = []
    for type_ in types:
        if type_ not in found:
            found.append(type_)
    return found


def _unify_alike(types: Sequence[Type]) -> Type | None:
    """Unify different types of one kind of collection or structure."""
    first = types[0]
    if isinstance(first, CollectionType):
        element = unify(part for type_ in types for part in element_types(type_))
        return None if element is None else CollectionType(first.name, element)
    tuples = [type_ for type_ in types if isinstance(type_, TupleType)]
    if tuples:
        return _unify_tuples(tuples)
    return _unify_objects([type_ for type_ in types if isinstance(type_, ObjectType)])


def _unify_tuples(types: Sequence[TupleType]) -> Type | None:
    if len({len(type_.elements) for type_ in types}) > 1:
        element = unify(part for type_ in types for part in type_.elements)
        return None if element is None else list_of(element)
    columns = [unify(column) for column in zip(*(type_.elements for type_ in types), strict=True)]
    elements = [column for column in columns if column is not None]
    return tuple_of(*elements) if len(elements) == len(columns) else None


def _unify_objects(types: Sequence[ObjectType]) -> Type | None:
    if len({frozenset(type_.attributes) for type_ in types}) > 1:
        element = unify(part for type_ in types for part in type_.attributes.values())
        return None if element is None else map_of(element)
    columns = {name: unify(t.attributes[name] for t in types) for name in types[0].attributes}
    attributes = {name: type_ for name, type_ in columns.items() if type_ is not None}
    return object_of(attributes) if len(attributes) == len(columns) else None


def _preferred(types: Sequence[Type]) -> Type | None:
    """The first, by preference, of the given types that all the others convert to."""
    for wanted in sorted(types, key=cmp_to_key(_preference)):
        if wanted != ANY and all(converted(type_, wanted) is not None for type_ in types):
            return wanted
    return None


def _preference(left: Type, right: Type) -> int:
    ranks = {"string": 0, "list": 1, "map": 1, "tuple": 2, "object": 2, "set": 3, "any": 9}
    return ranks.get(left.name, 5) - ranks.get(right.name, 5)
