"""Types of values, as Terraform has them: primitives, collections, structures, and "any"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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


def unify(types: list[Type]) -> Type | None:
    """The one type that values of all these types convert to, as for the arms of a conditional
    or the elements of a list; None where there is none."""
    distinct = list({str(type_): type_ for type_ in types}.values())
    if not distinct:
        return ANY
    if len(distinct) == 1:
        return distinct[0]
    if any(type_ == ANY for type_ in distinct):
        return ANY
    if all(type_ in PRIMITIVES for type_ in distinct):
        return STRING if STRING in distinct else None
    names = {type_.name for type_ in distinct}
    if names <= {"list", "tuple", "set"}:
        return _unify_sequences(distinct, names)
    if names <= {"map", "object"}:
        return _unify_mappings(distinct, names)
    return None


def _unify_sequences(types: list[Type], names: set[str]) -> Type | None:
    tuples = [type_ for type_ in types if isinstance(type_, TupleType)]
    if names == {"tuple"} and len({len(type_.elements) for type_ in tuples}) == 1:
        columns = [
            unify(list(column)) for column in zip(*(t.elements for t in tuples), strict=True)
        ]
        known = [column for column in columns if column is not None]
        if len(known) == len(columns):
            return tuple_of(*known)
    elements = [element for type_ in types for element in element_types(type_)]
    element = unify(elements)
    if element is None:
        return None
    return set_of(element) if names == {"set"} else list_of(element)


def _unify_mappings(types: list[Type], names: set[str]) -> Type | None:
    objects = [type_ for type_ in types if isinstance(type_, ObjectType)]
    if names == {"object"} and len({frozenset(type_.attributes) for type_ in objects}) == 1:
        unified = {
            name: unify([type_.attributes[name] for type_ in objects])
            for name in objects[0].attributes
        }
        known = {name: type_ for name, type_ in unified.items() if type_ is not None}
        if len(known) == len(unified):
            return object_of(known)
    element = unify([element for type_ in types for element in element_types(type_)])
    return None if element is None else map_of(element)


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
