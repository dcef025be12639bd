"""Type constraints of variables: `list(object({ name = string, size = optional(number, 1) }))`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cloudlint.parsers.terraform import syntax
from cloudlint.values import EvaluationError, Known, Value
from cloudlint.values.lifting import lifted
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

    `inner` holds the constraints of attributes by name, or that of all elements under `"*"`.
    """

    type: Type = ANY
    inner: dict[str, Constraint] = field(default_factory=dict)
    defaults: dict[str, Value] = field(default_factory=dict)

    def with_defaults(self, value: Value) -> Value:
        """The value with the defaults of absent or null optional attributes filled in."""
        if not self._has_defaults():
            return value
        chosen = lifted([value], lambda values: self.with_defaults(values[0]))
        if chosen is not None:
            return chosen
        if not isinstance(value, Known):
            return value
        if value.kind in ("map", "object"):
            return self._with_attributes(value)
        if value.items and "*" in self.inner:
            items = tuple(self.inner["*"].with_defaults(item) for item in value.items)
            return Known(items, value.kind, element=value.element, span=value.span).derived_from(
                value
            )
        return value

    def _with_attributes(self, value: Known) -> Value:
        if "*" in self.inner:
            every = self.inner["*"]
            data = {name: every.with_defaults(item) for name, item in value.mapping.items()}
        else:
            data = dict(value.mapping)
            for name, default in self.defaults.items():
                if name not in data or _is_null(data[name]):
                    data[name] = default
            for name, constraint in self.inner.items():
                if name in data:
                    data[name] = constraint.with_defaults(data[name])
        return Known(data, "object", span=value.span).derived_from(value)

    def _has_defaults(self) -> bool:
        return bool(self.defaults) or any(c._has_defaults() for c in self.inner.values())


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
            return Constraint(_COLLECTIONS[name](element.type), {"*": element})
        case syntax.Call(name="object", arguments=[syntax.Object(items=items)]):
            return _object(items, evaluate)
        case syntax.Call(name="tuple", arguments=[syntax.Tuple(items=items)]):
            elements = [constraint(item, evaluate) for item in items]
            return Constraint(tuple_of(*(element.type for element in elements)))
    raise EvaluationError("this is no type constraint")


def _object(items: list[syntax.ObjectItem], evaluate: Evaluate) -> Constraint:
    inner: dict[str, Constraint] = {}
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
        inner[name] = constraint(wanted, evaluate)
    types = {name: attribute.type for name, attribute in inner.items()}
    return Constraint(object_of(types, frozenset(optional)), inner, defaults)
