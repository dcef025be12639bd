"""Type constraints of variables: `list(object({ name = string, size = optional(number, 1) }))`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cloudlint.parsers.terraform import syntax
from cloudlint.values import EvaluationError, Known, Value
from cloudlint.values.filtered import filtered, optional_entries
from cloudlint.values.lifting import lifted
from cloudlint.values.model import MAPPINGS
from cloudlint.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
)

Evaluate = Callable[[syntax.Expression], Value]
_PRIMITIVES = {"any": ANY, "bool": BOOL, "number": NUMBER, "string": STRING}
_COLLECTIONS = {"list": list_of, "set": set_of, "map": map_of}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A type, and the defaults of the optional attributes inside it.

    The constraints of its parts: `attributes` of an object by name, `elements` of a tuple by
    position, `every` element of a collection.
    """

    type: Type = ANY
    attributes: Mapping[str, Constraint] = field(default_factory=dict)
    elements: tuple[Constraint, ...] = ()
    every: Constraint | None = None
    defaults: Mapping[str, Value] = field(default_factory=dict)

    @property
    def has_defaults(self) -> bool:
        parts = (*self.attributes.values(), *self.elements, *filter(None, [self.every]))
        return bool(self.defaults) or any(part.has_defaults for part in parts)

    def with_defaults(self, value: Value) -> Value:
        """The value with the defaults of absent or null optional attributes filled in."""
        return self._filled(value) if self.has_defaults else value

    def _filled(self, value: Value) -> Value:
        chosen = lifted([value], lambda values: self._filled(values[0]))
        if chosen is not None:
            return chosen
        entries = optional_entries(value)
        if entries is not None and self.every is not None:
            return filtered([(key, self.every._filled(item), on) for key, item, on in entries])
        if not isinstance(value, Known):
            return value
        if value.kind in MAPPINGS:
            data = self._entries(value.mapping)
            return Known(data, "object", span=value.span).derived_from(value)
        if not value.items:
            return value
        items = tuple(self._element(at)._filled(item) for at, item in enumerate(value.items))
        result = Known(items, value.kind, element=value.element, span=value.span)
        return result.derived_from(value)

    def _element(self, at: int) -> Constraint:
        if self.every is not None:
            return self.every
        return self.elements[at] if at < len(self.elements) else Constraint()

    def _entries(self, given: Mapping[str, Value]) -> dict[str, Value]:
        if self.every is not None:
            return {name: self.every._filled(item) for name, item in given.items()}
        entries = dict(given)
        for name, default in self.defaults.items():
            if name not in entries or _is_null(entries[name]):
                entries[name] = default
        for name in self.attributes.keys() & entries.keys():
            entries[name] = self.attributes[name]._filled(entries[name])
        return entries


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null"


def constraint(node: syntax.Expression, evaluate: Evaluate) -> Constraint:
    """Read a type expression; `evaluate` is for the defaults in `optional(type, default)`.

    Raises `EvaluationError` for what is no type.
    """
    match node:
        case syntax.Name(name=name) if name in _PRIMITIVES:
            return Constraint(_PRIMITIVES[name])
        case syntax.Name(name=name) if name in _COLLECTIONS:
            return Constraint(_COLLECTIONS[name](ANY))
        case syntax.Literal(value=str(name)) if name in _PRIMITIVES:
            return Constraint(_PRIMITIVES[name])
        case syntax.Literal(value=str(name)) if name in _COLLECTIONS:
            return Constraint(_COLLECTIONS[name](ANY))
        case syntax.Call(name=name, arguments=[inner]) if name in _COLLECTIONS:
            element = constraint(inner, evaluate)
            return Constraint(_COLLECTIONS[name](element.type), every=element)
        case syntax.Call(name="object", arguments=[syntax.Object(items=items)]):
            return _object(items, evaluate)
        case syntax.Call(name="tuple", arguments=[syntax.Tuple(items=items)]):
            elements = tuple(constraint(item, evaluate) for item in items)
            return Constraint(tuple_of(*(element.type for element in elements)), elements=elements)
    raise EvaluationError("this is no type constraint")


def _object(items: list[syntax.ObjectItem], evaluate: Evaluate) -> Constraint:
    attributes: dict[str, Constraint] = {}
    defaults: dict[str, Value] = {}
    optional: set[str] = set()
    for item in items:
        if not isinstance(item.key, syntax.Literal) or not isinstance(item.key.value, str):
            raise EvaluationError("an object type's attributes are bare words")
        name, wanted = item.key.value, item.value
        if isinstance(wanted, syntax.Call) and wanted.name == "optional" and wanted.arguments:
            optional.add(name)
            if len(wanted.arguments) > 1:
                defaults[name] = evaluate(wanted.arguments[1])
            wanted = wanted.arguments[0]
        attributes[name] = constraint(wanted, evaluate)
    types = {name: attribute.type for name, attribute in attributes.items()}
    type_ = object_of(types, frozenset(optional))
    return Constraint(type_, attributes, defaults=defaults)
