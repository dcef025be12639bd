"""Evaluating expressions: as Terraform would, and symbolically where it could not yet.

`evaluate` raises `EvaluationError` for what Terraform would refuse. It never raises `Undecided`:
what is not known comes back as a symbolic value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from cloudlint.parsers.terraform import operations, syntax
from cloudlint.parsers.terraform.config import MODES, Mode
from cloudlint.parsers.terraform.functions import registry
from cloudlint.parsers.terraform.functions.limits import composed
from cloudlint.source import SourceFile
from cloudlint.values import (
    NULL,
    EvaluationError,
    Known,
    Symbolic,
    Value,
    applied,
    element,
    known,
    numbers,
    template,
    unknown,
)
from cloudlint.values.convert import unshuffled
from cloudlint.values.filtered import filtered
from cloudlint.values.lifting import lifted
from cloudlint.values.model import MAPPINGS, SEQUENCES, outcomes
from cloudlint.values.types import ANY, BOOL, NUMBER, STRING, Type

MAX_STRING = 1_000_000
MAX_WEIGHT = 200_000
"""Of how many values, counted wherever they occur, a collection may be made."""
MAX_DEPTH = 150
MAX_LOOPS = 2
"""Over how many collections, of which it is not known which it is, a loop is done for each."""


class Names(Protocol):
    """What an expression can refer to beyond its own `for` variables."""

    @property
    def functions(self) -> registry.Context: ...

    def resolve(self, root: str, name: str) -> Value:
        """`root.name`, as in `var.region` or `aws_vpc.main`; raises `EvaluationError`."""

    def resolve_resource(self, mode: Mode, type_: str, name: str) -> Value:
        """`data.type.name` or the same of another mode; raises `EvaluationError`."""

    def spend(self, steps: int) -> None:
        """Count repeated work; raises `EvaluationError` when it becomes too much."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: its file, the module's names, and names bound around it
    (`each`, `count`, `self`, `for` variables)."""

    names: Names
    file: SourceFile
    bound: Mapping[str, Value] = field(default_factory=dict)

    def bind(self, bound: Mapping[str, Value]) -> Scope:
        return Scope(self.names, self.file, {**self.bound, **bound})

    def within(self, file: SourceFile) -> Scope:
        return self if file is self.file else Scope(self.names, file, self.bound)


def evaluate(node: syntax.Expression, scope: Scope) -> Value:
    """The value of an expression; its `span` is where the value was written."""
    try:
        return _EVALUATORS[type(node)](node, scope)
    except EvaluationError as error:
        error.span = error.span or scope.file.span(node.start, node.end)
        raise


def _number(node: syntax.Number, scope: Scope) -> Value:
    number = _parsed(node.text)
    if number is None:
        raise EvaluationError(f"{node.text} is no number that cloudlint can represent")
    return Known(number, "number", span=scope.file.span(node.start, node.end))


_parsed = lru_cache(2_000)(numbers.parse)


def _literal(node: syntax.Literal, scope: Scope) -> Value:
    value = composed(node.value) if isinstance(node.value, str) else node.value
    return known(value, scope.file.span(node.start, node.end))


def _template(node: syntax.Template, scope: Scope) -> Value:
    return _join(node.parts, scope).written_at(scope.file.span(node.start, node.end))


def _join(parts: list[syntax.TemplatePart], scope: Scope) -> Value:
    texts = [_template_part(part, scope) for part in parts]
    result = template(texts)
    if isinstance(result, Known) and len(result.string()) > MAX_STRING:
        raise EvaluationError(f"the text is longer than {MAX_STRING} characters")
    return result


def _template_part(part: syntax.TemplatePart, scope: Scope) -> Value:
    if isinstance(part, syntax.TemplateIf):
        return _template_if(part, scope)
    if isinstance(part, syntax.TemplateFor):
        return _template_for(part, scope)
    value = evaluate(part, scope)
    if isinstance(value, Known) and value.kind == "null":
        raise EvaluationError("a template cannot include a null value")
    if isinstance(value, Known) and (value.kind in SEQUENCES or value.kind in MAPPINGS):
        raise EvaluationError(f"a template cannot include a value of type {value.kind}")
    return value


def _template_if(part: syntax.TemplateIf, scope: Scope) -> Value:
    condition = evaluate(part.condition, scope)
    return operations.conditional(
        condition, lambda: _join(part.then, scope), lambda: _join(part.otherwise, scope)
    )


def _template_for(part: syntax.TemplateFor, scope: Scope) -> Value:
    collection = evaluate(part.collection, scope)
    known_pairs = pairs(collection)
    if known_pairs is None:
        inner = _bind_pair(scope, part.key, part.value, any_pair(collection))
        body = _supposed(lambda: _join(part.body, inner))
        return applied("template", collection, *body, type_=STRING)
    bodies = []
    for pair in known_pairs:
        scope.names.spend(1)
        bodies.append(_join(part.body, _bind_pair(scope, part.key, part.value, pair)))
    if len(bodies) > 1 and not _is_ordered(collection):
        return applied("template", collection, *bodies, type_=STRING)
    return template(bodies)


def _template_wrap(node: syntax.TemplateWrap, scope: Scope) -> Value:
    return evaluate(node.expression, scope)


def _tuple(node: syntax.Tuple, scope: Scope) -> Value:
    items = tuple(_used(item.start, item.end, item, scope) for item in node.items)
    return _bounded(Known(items, "tuple", span=scope.file.span(node.start, node.end)))


def _bounded(value: Known) -> Known:
    """Values share their parts: what is small in memory may still be too much to go through."""
    if value.weight > MAX_WEIGHT:
        raise EvaluationError(f"the value has more than {MAX_WEIGHT} parts")
    if value.depth > MAX_DEPTH:
        raise EvaluationError(f"the value is nested more than {MAX_DEPTH} deep")
    return value


def _used(start: int, end: int, node: syntax.Expression, scope: Scope) -> Value:
    """The value of an element, used where the element stands."""
    return evaluate(node, scope).used_at(scope.file.span(start, end))


def _object(node: syntax.Object, scope: Scope) -> Value:
    span = scope.file.span(node.start, node.end)
    entries = [
        (evaluate(item.key, scope), _used(item.key.start, item.value.end, item.value, scope))
        for item in node.items
    ]
    if any(_key_text(key) is None for key, _ in entries):
        return operations.keyed(entries).written_at(span)
    named = {_key_text(key) or "": value for key, value in entries}
    made = Known(named, "object", span=span, is_block=node.may_be_block)
    return _bounded(made).marked_sensitive(_any_sensitive(entries))


def _any_sensitive(entries: list[tuple[Value, Value]]) -> bool:
    """Whether a key is: names cannot be hidden one by one."""
    return any(key.sensitive for key, _ in entries)


def _key_text(key: Value) -> str | None:
    """The text of an object's key; None where it is not known."""
    if not isinstance(key, Known):
        return None
    if key.kind not in ("string", "number", "bool"):
        raise EvaluationError(f"an object's key must be a string, not {key.kind}")
    return key.string() if key.kind == "string" else str(key)


def _conditional(node: syntax.Conditional, scope: Scope) -> Value:
    return operations.conditional(
        evaluate(node.condition, scope),
        lambda: evaluate(node.then, scope),
        lambda: evaluate(node.otherwise, scope),
        (_type_of_failing(node.then), _type_of_failing(node.otherwise)),
    )


def _type_of_failing(node: syntax.Expression) -> Type:
    """The type of an expression that has no value, as far as it alone tells."""
    match node:
        case syntax.Template():
            return STRING
        case syntax.Unary(operator=operator) | syntax.Binary(operator=operator):
            return NUMBER if operator in ("+", "-", "*", "/", "%") else BOOL
    return ANY


def _binary(node: syntax.Binary, scope: Scope) -> Value:
    left = evaluate(node.left, scope)
    try:
        right = evaluate(node.right, scope)
    except EvaluationError:
        if not operations.decides(node.operator, left):
            raise
        right = left
    result = operations.binary(node.operator, left, right)
    return result.written_at(scope.file.span(node.start, node.end))


def _unary(node: syntax.Unary, scope: Scope) -> Value:
    result = operations.unary(node.operator, evaluate(node.operand, scope))
    return result.written_at(scope.file.span(node.start, node.end))


def pairs(collection: Value) -> Iterator[tuple[Value, Value]] | None:
    """Keys and elements of a collection whose shape is known, else None. What is not known of
    them may decide on their order."""
    if isinstance(collection, Symbolic):
        entries = operations.entries(collection)
        return None if entries is None else iter(entries)
    if not isinstance(collection, Known):
        raise EvaluationError("cannot iterate over a value of type string")
    if collection.kind in MAPPINGS:
        return ((known(name), value) for name, value in sorted(collection.mapping.items()))
    if collection.kind == "set":
        return ((item, item) for item in collection.items)
    if collection.kind in SEQUENCES:
        return ((known(at), item) for at, item in enumerate(collection.items))
    raise EvaluationError(f"cannot iterate over a value of type {collection.kind}")


def any_pair(collection: Value) -> tuple[Value, Value]:
    """A key and element that stand for all those of an unknown collection."""
    assert isinstance(collection, Symbolic)  # noqa: S101 - what `pairs` answers None for
    return operations.any_pair(collection)


def _bind_pair(scope: Scope, key: str, value: str, pair: tuple[Value, Value]) -> Scope:
    bound = {value: pair[1]}
    if key:
        bound[key] = pair[0]
    return scope.bind(bound)


def _for(node: syntax.For, scope: Scope) -> Value:
    collection = evaluate(node.collection, scope)
    result: Value | None = None
    if outcomes(collection) <= MAX_LOOPS:
        result = lifted([collection], lambda values: _for_each(node, scope, values[0]))
    if result is None:
        result = _for_each(node, scope, collection)
    return result.written_at(scope.file.span(node.start, node.end))


def _for_each(node: syntax.For, scope: Scope, collection: Value) -> Value:
    known_pairs, ordered = _pairs_of(node, collection)
    if known_pairs is None:
        return _for_any(node, scope, collection)
    entries: list[tuple[Value, Value]] = []
    for pair in known_pairs:
        scope.names.spend(1)
        inner = _bind_pair(scope, node.key, node.value, pair)
        wanted = known(True) if node.condition is None else evaluate(node.condition, inner)
        answer = operations.to_bool(wanted, "the condition of a `for`")
        if answer is None:
            return _partial_for(node, scope, collection)
        if answer:
            key = NULL if node.result_key is None else evaluate(node.result_key, inner)
            entries.append((key, evaluate(node.result, inner)))
    if node.result_key is None and not ordered:
        return operations.in_some_order([item for _, item in entries], collection)
    return _collected(node, entries).derived_from(collection)


def _pairs_of(
    node: syntax.For, collection: Value
) -> tuple[Iterator[tuple[Value, Value]] | None, bool]:
    """What a `for` goes through, and whether in that order. Where it does not look at positions,
    the elements of a list whose order is not known are known by themselves."""
    if not node.key and isinstance(collection, Known) and collection.kind in ("list", "tuple"):
        loose = unshuffled(collection.items)
        if loose is not collection.items:
            return ((NULL, item) for item in loose), False
    return pairs(collection), _is_ordered(collection)


def _is_ordered(collection: Value) -> bool:
    """Whether the order of the elements does not hang on what is not known of them."""
    if isinstance(collection, Known) and collection.kind == "set":
        return all(item.is_wholly_known() for item in collection.items)
    return isinstance(collection, Known)


def _results(node: syntax.For) -> list[syntax.Expression]:
    parts = (node.condition, node.result_key, node.result)
    return [part for part in parts if part is not None]


def _for_any(node: syntax.For, scope: Scope, collection: Value) -> Value:
    """A `for` over an unknown collection: what it is for any element, held with it."""
    inner = _bind_pair(scope, node.key, node.value, any_pair(collection))
    results = _supposed_results(node, inner)

    def pick(key: Value) -> Value | None:
        if not _keeps_keys(node, collection):
            return None
        item = element(collection, key) if isinstance(collection, Symbolic) else collection
        try:
            return evaluate(node.result, _bind_pair(scope, node.key, node.value, (key, item)))
        except EvaluationError:
            return None

    return applied("for", collection, *results, element=pick)


def _keeps_keys(node: syntax.For, collection: Value) -> bool:
    """Whether the result has an element for every key of the collection."""
    if node.condition is not None or node.group:
        return False
    if node.result_key is None:
        return collection.type.name == "list"
    is_key = isinstance(node.result_key, syntax.Name) and node.result_key.name == node.key
    return is_key and collection.type.name in MAPPINGS


def _supposed(compute: Callable[[], Value]) -> list[Value]:
    """What something is for an element that may not be there, if anything: what Terraform would
    refuse for it is no error."""
    try:
        return [compute()]
    except EvaluationError as error:
        operations.doubt(unknown("an element", f"has no value: {error}"))
        return []


def _supposed_results(node: syntax.For, scope: Scope) -> list[Value]:
    return [found for part in _results(node) for found in _supposed(_thunk(part, scope))]


def _partial_for(node: syntax.For, scope: Scope, collection: Value) -> Value:
    """A `for` whose condition is not known for every element: all candidates, each on its
    condition where they have keys, else held together."""
    candidates: list[list[Value]] = []
    for pair in pairs(collection) or ():
        scope.names.spend(1)
        inner = _bind_pair(scope, node.key, node.value, pair)
        candidates.append(_supposed_results(node, inner))
    if node.result_key is None or node.group or not _have_keys(candidates):
        return applied("for", collection, *(part for parts in candidates for part in parts))
    entries = [(key, item, condition) for condition, key, item in candidates]
    there = [entry for entry in entries if entry[2].truth() is not False]
    return filtered(there).derived_from(collection)


def _have_keys(candidates: list[list[Value]]) -> bool:
    """Whether each candidate has a value, and a key that no other has."""
    if any(len(parts) != 3 for parts in candidates):
        return False
    keys = {_key_text(key) for _, key, _ in candidates}
    return None not in keys and len(keys) == len(candidates)


def _collected(node: syntax.For, entries: list[tuple[Value, Value]]) -> Value:
    if node.result_key is None:
        return _bounded(Known(tuple(value for _, value in entries), "tuple"))
    texts = [_key_text(key) for key, _ in entries]
    if any(text is None for text in texts):
        parts = [value for pair in entries for value in pair]
        return applied("grouped", *parts) if node.group else operations.keyed(entries)
    hidden = _any_sensitive(entries)
    if node.group:
        groups: dict[str, list[Value]] = {}
        for text, (_, value) in zip(texts, entries, strict=True):
            groups.setdefault(text or "", []).append(value)
        ordered = {name: Known(tuple(groups[name]), "tuple") for name in sorted(groups)}
        return _bounded(Known(ordered, "object")).marked_sensitive(hidden)
    named: dict[str, Value] = {}
    for text, (key, value) in zip(texts, entries, strict=True):
        if text in named:
            shown = "(sensitive value)" if key.sensitive else f'"{text}"'
            raise EvaluationError(
                f"two items of this `for` have the key {shown}; with `...` after the value they "
                "would be grouped"
            )
        named[text or ""] = value
    result = Known({name: named[name] for name in sorted(named)}, "object")
    return _bounded(result).marked_sensitive(hidden)


def _call(node: syntax.Call, scope: Scope) -> Value:
    span = scope.file.span(node.start, node.end)
    name = node.name.removeprefix("core::")
    if name in ("try", "can"):
        attempts = [_thunk(argument, scope) for argument in node.arguments]
        return operations.attempt(name, attempts).written_at(span)
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    result = registry.call(node.name, arguments, scope.names.functions, node.expand_last)
    _weigh(result, scope)
    if name == "jsonencode":
        result = result.encoding(arguments[0])
    return result.written_at(span) if result.span is None else result


def _weigh(result: Value, scope: Scope) -> None:
    """Count the work of functions that make large values."""
    if not isinstance(result, Known):
        return
    if isinstance(result.data, str):
        scope.names.spend(len(result.data) // 1000)
    elif result.data is not None:
        scope.names.spend(_bounded(result).weight // 100)


def _thunk(node: syntax.Expression, scope: Scope) -> Callable[[], Value]:
    return lambda: evaluate(node, scope)


def _name(node: syntax.Name, scope: Scope) -> Value:
    value = scope.bound.get(node.name)
    if value is None:
        raise EvaluationError(
            f"`{node.name}` is not a complete reference: a name, like `{node.name}.example`, has "
            "to follow"
        )
    return value


def _get_attr(node: syntax.GetAttr, scope: Scope) -> Value:
    base = node.base
    if isinstance(base, syntax.Name) and base.name not in scope.bound:
        if base.name in MODES:
            raise EvaluationError(f"a reference to `{base.name}` needs a type and a name")
        return scope.names.resolve(base.name, node.name)
    if (
        isinstance(base, syntax.GetAttr)
        and isinstance(base.base, syntax.Name)
        and base.base.name in MODES
        and base.base.name not in scope.bound
    ):
        return scope.names.resolve_resource(MODES[base.base.name], base.name, node.name)
    return operations.attribute(evaluate(base, scope), node.name)


def _index(node: syntax.Index, scope: Scope) -> Value:
    base, key = evaluate(node.base, scope), evaluate(node.key, scope)
    return operations.index(base, key)


def _splat(node: syntax.Splat, scope: Scope) -> Value:
    base = evaluate(node.base, scope)

    def each(item: Value) -> Value:
        scope.names.spend(1)
        return evaluate(node.each, scope.bind({_SPLAT_ITEM: item}))

    result = operations.splat(base, each, full=node.full)
    return result.written_at(scope.file.span(node.start, node.end))


_SPLAT_ITEM = "[*]"


def _splat_item(node: syntax.SplatItem, scope: Scope) -> Value:
    return scope.bound[_SPLAT_ITEM]


_EVALUATORS: dict[type, Callable[..., Value]] = {
    syntax.Number: _number,
    syntax.Literal: _literal,
    syntax.Template: _template,
    syntax.TemplateWrap: _template_wrap,
    syntax.Tuple: _tuple,
    syntax.Object: _object,
    syntax.Conditional: _conditional,
    syntax.Binary: _binary,
    syntax.Unary: _unary,
    syntax.For: _for,
    syntax.Call: _call,
    syntax.Name: _name,
    syntax.GetAttr: _get_attr,
    syntax.Index: _index,
    syntax.Splat: _splat,
    syntax.SplatItem: _splat_item,
}
