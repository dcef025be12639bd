"""Instances of modules: where names mean something.

A module instance is one call of a module (one key of its `count` or `for_each`), or a root. It
evaluates lazily: variables, locals, resources and outputs are computed when first asked for, and
each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import relpath
from typing import Literal

from cloudlint.parsers.terraform import data_sources
from cloudlint.parsers.terraform.body import LazyBody, guarded
from cloudlint.parsers.terraform.call_sites import CallSite
from cloudlint.parsers.terraform.config import Declaration, Mode, ModuleConfig
from cloudlint.parsers.terraform.constraints import Constraint, constraint
from cloudlint.parsers.terraform.evaluate import Scope, any_pair, evaluate, pairs
from cloudlint.parsers.terraform.functions.registry import Context
from cloudlint.source import Span
from cloudlint.values import (
    NULL,
    EvaluationError,
    Known,
    Origin,
    Root,
    Step,
    Symbolic,
    Value,
    choice,
    known,
    unknown,
)
from cloudlint.values.convert import convert
from cloudlint.values.symbols import Choice
from cloudlint.values.types import ANY, NUMBER, map_of

MAX_INSTANCES = 10_000
MAX_DEPTH = 32
UNIQUE = frozenset({"id", "arn", "self_link"})
_OBJECT = map_of(ANY)

Argument = Callable[[], Value | None]


@dataclass(frozen=True, slots=True)
class Repetition:
    """One instance of a block with `count` or `for_each`.

    `suffix` is what follows the address (`[0]`, `["eu"]`, `[*]` for the one that stands for an
    unknown number of them); `bound` are `count` or `each`; `condition` is what the existence
    depends on, where that is not known; `open` marks the stand-in.
    """

    suffix: str = ""
    bound: Mapping[str, Value] = field(default_factory=dict)
    condition: Value | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """All instances of a block. `shape` tells what a reference to the whole is; `collection` is
    the value of `count` or `for_each`."""

    shape: Literal["single", "count", "for_each"]
    repetitions: tuple[Repetition, ...]
    collection: Value = NULL

    @property
    def is_open(self) -> bool:
        return any(repetition.open for repetition in self.repetitions)


@dataclass(slots=True, eq=False)
class ResourceInstance:
    """One instance of a resource, data source or unreadable module call.

    `address` is Terraform's (`module.db["eu"].aws_db_instance.main[0]`); `mode` is `call` for a
    module call whose source is not at hand, with the source as its type.
    """

    module: ModuleInstance
    mode: Mode | Literal["call"]
    type: str
    name: str
    address: str
    declaration: Declaration
    repetition: Repetition
    body: Known

    @property
    def header(self) -> Span:
        """Where it is declared, or where the module is called that is known to declare it."""
        return self.module.shown(self.declaration.header)

    @property
    def conditions(self) -> list[Value]:
        """What has to be true for it to exist, as far as that is not known."""
        own = self.repetition.condition
        return [*([] if own is None else [own]), *self.module.conditions]


class ModuleInstance:
    """One instance of a module; see the module's docstring."""

    def __init__(
        self,
        config: ModuleConfig,
        *,
        context: Context,
        root: RootHandle,
        address: str = "",
        arguments: Mapping[str, Argument] | None = None,
        call: Declaration | None = None,
        parent: ModuleInstance | None = None,
        condition: Value | None = None,
    ) -> None:
        self.config = config
        self.functions = context
        self.root = root
        self.address = address
        self.call = call
        self.parent = parent
        self.arguments = arguments or {}
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.condition = condition
        self.site: CallSite | None = _call_site(config, call, parent)
        self._variables: dict[str, Value] = {}
        self._locals: dict[str, Value] = {}
        self._outputs: dict[str, Value] = {}
        self._resources: dict[tuple[Mode, str, str], list[ResourceInstance]] = {}
        self._references: dict[tuple[Mode, str, str], Value] = {}
        self._expansions: dict[int, Expansion] = {}
        self._calls: dict[str, list[tuple[Repetition, ModuleInstance | ResourceInstance]]] = {}
        self._call_values: dict[str, Value] = {}
        self._running: set[tuple[str, str]] = set()

    # -- what exists ---------------------------------------------------------------------------

    @property
    def conditions(self) -> list[Value]:
        own = [] if self.condition is None else [self.condition]
        return own if self.parent is None else [*own, *self.parent.conditions]

    @property
    def prefix(self) -> str:
        return f"{self.address}." if self.address else ""

    def all_resources(self) -> Iterator[ResourceInstance]:
        """Every instance of every resource and data source here and in called modules."""
        for mode, type_, name in self.config.resources:
            yield from self.resource(mode, type_, name)
        for name in self.config.calls:
            for _, callee in self.called(name):
                if isinstance(callee, ModuleInstance):
                    yield from callee.all_resources()
                else:
                    yield callee

    def all_modules(self) -> Iterator[ModuleInstance]:
        """This instance and those of all modules it calls."""
        yield self
        for name in self.config.calls:
            for _, callee in self.called(name):
                if isinstance(callee, ModuleInstance):
                    yield from callee.all_modules()

    def shown(self, span: Span) -> Span:
        """Where a place in this module is shown: what stands in a stub, at its call."""
        return self.site.header if self.site else span

    def _via(self, value: Value, text: str, span: Span) -> Value:
        """The same value, by one step more that people can follow."""
        return value if self.site else value.via(Step(text, span))

    # -- names ---------------------------------------------------------------------------------

    def resolve(self, root: str, name: str) -> Value:
        """`root.name`; see `evaluate.Names`."""
        match root:
            case "var":
                return self.variable(name)
            case "local":
                return self.local(name)
            case "module":
                return self.call_value(name)
            case "path":
                return self._path(name)
            case "terraform" | "tofu":
                return self.root.terraform(name)
            case "each" | "count" | "self":
                raise EvaluationError(f"`{root}` has no meaning here")
        return self.reference("managed", root, name)

    def resolve_data(self, type_: str, name: str) -> Value:
        mode: Mode = "data" if ("data", type_, name) in self.config.resources else "ephemeral"
        return self.reference(mode if mode == "data" else "data", type_, name)

    def _path(self, name: str) -> Value:
        match name:
            case "module":
                return known(relpath(self.config.directory, self.root.directory))
            case "root":
                return known(".")
            case "cwd":
                return unknown("path.cwd", "depends on the machine", scope=self.root.scope)
        raise EvaluationError(f"there is no `path.{name}`")

    def _once(
        self, kind: str, name: str, memo: dict[str, Value], compute: Callable[[str], Value]
    ) -> Value:
        """Compute a named value the first time; a value that needs itself becomes unknown."""
        value = memo.get(name)
        if value is not None:
            return value
        if (kind, name) in self._running:
            return unknown(f"{kind}.{name}", "depends on itself", scope=self.prefix)
        self._running.add((kind, name))
        try:
            value = memo[name] = compute(name)
        finally:
            self._running.discard((kind, name))
        return value

    # -- variables, locals, outputs ------------------------------------------------------------

    def variable(self, name: str) -> Value:
        if name not in self.config.variables:
            raise EvaluationError(f"there is no variable `{name}` in {self.config.directory}")
        return self._once("var", name, self._variables, self._variable)

    def _variable(self, name: str) -> Value:
        declaration = self.config.variables[name]
        wanted = self._constraint(declaration)
        given = self.arguments.get(name)
        value = given() if given is not None else None
        if value is not None and _is_null(value) and not self._nullable(declaration):
            value = None
        if value is None:
            value = self._default(name, declaration, wanted)
        value = self._conform(name, declaration, value, wanted)
        if self._says(declaration, "sensitive"):
            value = value.marked_sensitive()
        return self._via(value, f"var.{name} is declared here", declaration.header)

    def _default(self, name: str, declaration: Declaration, wanted: Constraint) -> Value:
        default = declaration.attribute("default")
        if default is not None:
            return guarded("default", default, self.scope(declaration), self.problem)
        settle = name if self.parent is None else ""
        reason = "has no value" if self.parent is None else "is not given by the module call"
        header = self.shown(declaration.header)
        origin = Origin(f"{self.prefix}var.{name}", reason, header, settle)
        return Symbolic(Root(origin, scope=self.root.scope), wanted.type, span=header)

    def _conform(
        self, name: str, declaration: Declaration, value: Value, wanted: Constraint
    ) -> Value:
        try:
            return convert(wanted.with_defaults(value), wanted.type).derived_from(value)
        except EvaluationError as error:
            place = value.span or self.shown(declaration.header)
            self.problem(f"the value of var.{name} does not fit its type: {error}", place)
            return unknown(
                f"var.{name}", f"does not fit its type: {error}", place, scope=self.root.scope
            )

    def _constraint(self, declaration: Declaration) -> Constraint:
        located = declaration.attribute("type")
        if located is None:
            return Constraint()
        scope = self.scope(declaration).within(located.file)
        try:
            return constraint(located.expression, lambda node: evaluate(node, scope))
        except EvaluationError as error:
            self.problem(f"the type of a variable cannot be read: {error}", located.span)
            return Constraint()

    def _nullable(self, declaration: Declaration) -> bool:
        return declaration.attribute("nullable") is None or self._says(declaration, "nullable")

    def _says(self, declaration: Declaration, name: str) -> bool:
        located = declaration.attribute(name)
        if located is None:
            return False
        value = guarded(name, located, self.scope(declaration), self.problem)
        return value.truth() is True

    def local(self, name: str) -> Value:
        if name not in self.config.locals:
            raise EvaluationError(f"there is no local value `{name}` in {self.config.directory}")
        return self._once("local", name, self._locals, self._local)

    def _local(self, name: str) -> Value:
        located = self.config.locals[name]
        value = guarded(f"local.{name}", located, Scope(self, located.file), self.problem)
        return self._via(value, f"local.{name} is set here", located.span)

    def output(self, name: str) -> Value:
        if name not in self.config.outputs:
            raise EvaluationError(f"there is no output `{name}` in {self.config.directory}")
        return self._once("output", name, self._outputs, self._output)

    def _output(self, name: str) -> Value:
        declaration = self.config.outputs[name]
        located = declaration.attribute("value")
        if located is None:
            return unknown(f"{self.prefix}output.{name}", "has no value", declaration.header)
        value = guarded(f"output.{name}", located, self.scope(declaration), self.problem)
        if self._says(declaration, "sensitive"):
            value = value.marked_sensitive()
        return self._via(value, f"output {name} of {self.address or 'the root'}", located.span)

    def scope(self, declaration: Declaration, bound: Mapping[str, Value] | None = None) -> Scope:
        return Scope(self, declaration.file, bound or {})

    def problem(self, message: str, span: Span) -> None:
        """Tell what is wrong; what does not fit a stub may well fit the module."""
        if not self.site:
            self.root.problem(message, span)

    # -- expansion -----------------------------------------------------------------------------

    def expansion(self, declaration: Declaration) -> Expansion:
        """The instances of a resource or module call, by its `count` or `for_each`."""
        found = self._expansions.get(id(declaration))
        if found is None:
            found = self._expansions[id(declaration)] = self._expand(declaration)
        return found

    def _expand(self, declaration: Declaration) -> Expansion:
        for name, expand in (("count", _by_count), ("for_each", _by_for_each)):
            located = declaration.attribute(name)
            if located is None:
                continue
            value = guarded(name, located, self.scope(declaration), self.problem)
            try:
                return expand(value.used_at(self.shown(located.span)))
            except EvaluationError as error:
                self.problem(str(error), located.span)
                place = self.shown(located.span)
                reason = unknown(f"`{name}`", f"cannot be used: {error}", place)
                return expand(reason)
        return Expansion("single", (Repetition(),))

    # -- resources -----------------------------------------------------------------------------

    def resource(self, mode: Mode, type_: str, name: str) -> list[ResourceInstance]:
        """The instances of one resource block."""
        key = (mode, type_, name)
        if key not in self._resources:
            declaration = self.config.resources[key]
            self._resources[key] = [
                self._instance(mode, declaration, repetition)
                for repetition in self.expansion(declaration).repetitions
            ]
        return self._resources[key]

    def _instance(
        self, mode: Mode, declaration: Declaration, repetition: Repetition
    ) -> ResourceInstance:
        type_, name = declaration.labels
        address = f"{self._stem(mode, type_, name)}{repetition.suffix}"
        scope = self.scope(declaration, repetition.bound)
        lazy = LazyBody(declaration.body, scope, self.problem, self.site)
        body = Known(lazy, "object", span=self.shown(declaration.header))
        return ResourceInstance(self, mode, type_, name, address, declaration, repetition, body)

    def _stem(self, mode: Mode, type_: str, name: str) -> str:
        kind = "" if mode == "managed" else f"{mode}."
        return f"{self.prefix}{kind}{type_}.{name}"

    def reference(self, mode: Mode, type_: str, name: str) -> Value:
        """What `type.name` evaluates to: one object, or a tuple or object of them."""
        key = (mode, type_, name)
        if key not in self.config.resources:
            kind = "data source" if mode == "data" else "resource"
            raise EvaluationError(f"there is no {kind} `{type_}.{name}` in this module")
        value = self._references.get(key)
        if value is None:
            if ("resource", f"{mode}{type_}.{name}") in self._running:
                return unknown(f"{type_}.{name}", "depends on itself", scope=self.prefix)
            self._running.add(("resource", f"{mode}{type_}.{name}"))
            try:
                value = self._references[key] = self._reference(mode, type_, name)
            finally:
                self._running.discard(("resource", f"{mode}{type_}.{name}"))
        return value

    def _reference(self, mode: Mode, type_: str, name: str) -> Value:
        declaration = self.config.resources[(mode, type_, name)]
        expansion = self.expansion(declaration)
        instances = self.resource(mode, type_, name)
        if expansion.is_open:
            return self._open_reference(mode, declaration, expansion)
        return arranged(expansion, [self._root_of(instance) for instance in instances])

    def _root_of(self, instance: ResourceInstance) -> Symbolic:
        kind = f"data.{instance.type}" if instance.mode == "data" else instance.type
        origin = Origin(instance.address, "is known only to the provider", instance.header)
        root = Root(
            origin,
            scope=self.root.scope,
            kind=kind,
            address=self.root.scope + instance.address,
            unique=UNIQUE if instance.mode == "managed" else frozenset(),
            distinct=data_sources.DISTINCT.get(instance.type, frozenset()),
            attribute=_attribute_reader(instance),
        )
        return Symbolic(root, _OBJECT, span=instance.header)

    def _open_reference(
        self, mode: Mode, declaration: Declaration, expansion: Expansion
    ) -> Symbolic:
        """The whole of a resource with an unknown number of instances."""
        type_, name = declaration.labels
        header = self.shown(declaration.header)
        stem = self._stem(mode, type_, name)
        subject = "count" if expansion.shape == "count" else "for_each"
        cause = next(iter(_origins(expansion.collection)), None)
        reason = f"has an unknown number of instances: `{subject}` depends on {cause}"
        settle = cause.settle if cause else ""

        def pick(index: Value) -> Value:
            bound = _bound(expansion, index)
            made = self._instance(mode, declaration, Repetition(f"[{index}]", bound))
            return self._root_of(made)

        root = Root(
            Origin(stem, reason, header, settle),
            scope=self.root.scope,
            kind=f"{'data.' if mode == 'data' else ''}{type_}[]",
            address=f"{self.root.scope}{stem}[*]",
            element=pick,
        )
        return Symbolic(root, ANY, span=header)

    # -- calls of other modules ----------------------------------------------------------------

    def called(self, name: str) -> list[tuple[Repetition, ModuleInstance | ResourceInstance]]:
        """The instances of a called module, or of a call whose source is not at hand."""
        if name not in self._calls:
            declaration = self.config.calls[name]
            config = self.root.source_of(self, declaration)
            self._calls[name] = [
                (repetition, self._callee(name, declaration, repetition, config))
                for repetition in self.expansion(declaration).repetitions
            ]
        return self._calls[name]

    def _callee(
        self,
        name: str,
        declaration: Declaration,
        repetition: Repetition,
        config: ModuleConfig | None,
    ) -> ModuleInstance | ResourceInstance:
        address = f"{self.prefix}module.{name}{repetition.suffix}"
        scope = self.scope(declaration, repetition.bound)
        lazy = LazyBody(declaration.body, scope, self.problem, self.site)
        if config is None:
            body = Known(lazy, "object", span=declaration.header)
            source = _literal_source(declaration)
            return ResourceInstance(
                self, "call", source, name, address, declaration, repetition, body
            )
        return ModuleInstance(
            config,
            context=self.root.context(config.directory),
            root=self.root,
            address=address,
            arguments={
                key: _argument(address, lazy, key, is_told=self.site is None)
                for key in declaration.body.attributes()
                if key not in _META_ARGUMENTS
            },
            call=declaration,
            parent=self,
            condition=repetition.condition,
        )

    def call_value(self, name: str) -> Value:
        """What `module.name` evaluates to: its outputs, or a collection of such objects."""
        if name not in self.config.calls:
            raise EvaluationError(f"there is no module call `{name}` in this module")
        value = self._call_values.get(name)
        if value is None:
            expansion = self.expansion(self.config.calls[name])
            outputs = [_outputs(self.root, callee) for _, callee in self.called(name)]
            if expansion.is_open:
                value = self._open_call(name, expansion, outputs)
            else:
                value = arranged(expansion, outputs)
            self._call_values[name] = value
        return value

    def _open_call(self, name: str, expansion: Expansion, outputs: list[Value]) -> Symbolic:
        header = self.shown(self.config.calls[name].header)
        cause = next(iter(_origins(expansion.collection)), None)
        reason = f"has an unknown number of instances: it depends on {cause}"
        root = Root(
            Origin(f"{self.prefix}module.{name}", reason, header, cause.settle if cause else ""),
            scope=self.root.scope,
            kind="module[]",
            element=lambda index: outputs[0],
        )
        return Symbolic(root, ANY, span=header)


_META_ARGUMENTS = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})


class RootHandle:
    """What the instances of one root share; implemented by `project.Root`."""

    scope: str
    directory: str

    def terraform(self, name: str) -> Value:
        raise NotImplementedError

    def problem(self, message: str, span: Span) -> None:
        raise NotImplementedError

    def context(self, directory: str) -> Context:
        raise NotImplementedError

    def source_of(self, caller: ModuleInstance, call: Declaration) -> ModuleConfig | None:
        """The configuration that a call leads to; None where it is not at hand."""
        raise NotImplementedError


def _call_site(
    config: ModuleConfig, call: Declaration | None, parent: ModuleInstance | None
) -> CallSite | None:
    """Where an instance of a stub is shown: at the outermost call that is the user's own."""
    if not config.is_stub or call is None:
        return None
    if parent is not None and parent.site is not None:
        return parent.site
    return CallSite(call.header, call.file.span(call.block.start, call.block.end))


def _argument(address: str, body: LazyBody, name: str, *, is_told: bool) -> Argument:
    def read() -> Value:
        value = body[name]
        step = Step(f"{address} sets {name}", value.marks.site)
        return (value.via(step) if is_told else value).used_at(None)

    return read


def _attribute_reader(instance: ResourceInstance) -> Callable[[str], Value | None]:
    """What the configuration says of an attribute; None where the provider decides."""

    def read(name: str) -> Value | None:
        if instance.mode == "data":
            computed = data_sources.attribute(instance, name)
            if computed is not None:
                return computed
        if name not in instance.body.mapping:
            return None
        value = instance.body.mapping[name]
        return None if _is_null(value) else value

    return read


def _outputs(root: RootHandle, callee: ModuleInstance | ResourceInstance) -> Value:
    if isinstance(callee, ModuleInstance):
        span = callee.parent.shown(callee.call.header) if callee.call and callee.parent else None
        return Known(_Outputs(callee), "object", span=span)
    origin = Origin(
        callee.address, f"is a module that is not at hand ({callee.type})",
        callee.declaration.header,
    )  # fmt: skip
    symbol = Root(origin, scope=root.scope, kind="module", address=root.scope + callee.address)
    return Symbolic(symbol, _OBJECT, span=callee.declaration.header)


class _Outputs(Mapping[str, Value]):
    """The outputs of a module instance, evaluated when asked for. A stub may leave some out:
    they are unknown."""

    def __init__(self, instance: ModuleInstance) -> None:
        self._instance = instance

    def __getitem__(self, name: str) -> Value:
        try:
            return self._instance.output(name)
        except EvaluationError:
            if self._instance.site is None:
                raise KeyError(name) from None
            return self._left_out(name, self._instance.site)

    def _left_out(self, name: str, site: CallSite) -> Value:
        address = self._instance.address
        origin = Origin(f"{address}.{name}", "is known only to the module", site.header)
        return Symbolic(Root(origin, scope=self._instance.root.scope), ANY, span=site.header)

    def __iter__(self) -> Iterator[str]:
        return iter(self._instance.config.outputs)

    def __len__(self) -> int:
        return len(self._instance.config.outputs)


def arranged(expansion: Expansion, values: list[Value]) -> Value:
    """Instances' values in the shape in which the configuration refers to them."""
    if expansion.shape == "single":
        return values[0]
    whole: Value
    if expansion.shape == "count":
        whole = Known(tuple(values), "tuple")
    else:
        keys = [r.bound["each"]["key"] for r in expansion.repetitions]
        if not all(isinstance(key, Known) for key in keys):
            whole = Known(tuple(values), "tuple")
        else:
            named = {k.string(): v for k, v in zip(keys, values, strict=True)}
            whole = Known(named, "object")
    condition = next((r.condition for r in expansion.repetitions if r.condition is not None), None)
    if condition is None:
        return whole
    empty = Known((), "tuple") if expansion.shape == "count" else Known({}, "object")
    return choice(condition, whole, empty)


def _by_count(value: Value) -> Expansion:
    """Raises `EvaluationError` for what is no count."""
    if isinstance(value, Known):
        return Expansion("count", tuple(map(_counted, range(_count(value)))), value)
    symbol = value.symbol
    if isinstance(symbol, Choice):
        arms = [symbol.then, symbol.otherwise]
        if all(isinstance(arm, Known) for arm in arms):
            counts = [_count(arm) for arm in arms]
            if counts[1] == 0:
                return _conditional_count(counts[0], symbol.condition, value)
            if counts[0] == 0:
                return _conditional_count(counts[1], ~symbol.condition, value)
    index = unknown("count.index", "is not known", value.span)
    stand_in = Repetition("[*]", {"count": Known({"index": index}, "object")}, open=True)
    return Expansion("count", (stand_in,), value)


def _conditional_count(count: int, condition: Value, value: Value) -> Expansion:
    repetitions = tuple(
        Repetition(r.suffix, r.bound, condition) for r in map(_counted, range(count))
    )
    return Expansion("count", repetitions, value)


def _counted(index: int) -> Repetition:
    return Repetition(f"[{index}]", {"count": Known({"index": known(index)}, "object")})


def _count(value: Value) -> int:
    converted = convert(value, NUMBER)
    if not isinstance(converted, Known) or converted.kind != "number":
        raise EvaluationError("`count` must be a whole number")
    number = converted.number()
    if number.denominator != 1 or number < 0:
        raise EvaluationError(f"`count` must be a whole number of at least 0, not {converted}")
    if number > MAX_INSTANCES:
        raise EvaluationError(f"`count` is {converted}; cloudlint follows up to {MAX_INSTANCES}")
    return int(number)


def _by_for_each(value: Value) -> Expansion:
    """Raises `EvaluationError` for what cannot be iterated over."""
    symbol = value.symbol
    if isinstance(symbol, Choice):
        for arm, other, condition in (
            (symbol.then, symbol.otherwise, symbol.condition),
            (symbol.otherwise, symbol.then, ~symbol.condition),
        ):
            if isinstance(other, Known) and not other.mapping and not other.items:
                inner = _by_for_each(arm)
                repetitions = tuple(
                    Repetition(r.suffix, r.bound, condition, r.open) for r in inner.repetitions
                )
                return Expansion("for_each", repetitions, value)
    if isinstance(value, Known) and value.kind in ("tuple", "list"):
        raise EvaluationError("`for_each` takes a map or a set of strings, not a list: use toset()")
    known_pairs = pairs(value)
    if known_pairs is None:
        key, element = any_pair(value)
        bound = Known({"key": key, "value": element}, "object")
        return Expansion("for_each", (Repetition("[*]", {"each": bound}, open=True),), value)
    repetitions_ = [
        Repetition(f"[{key}]", {"each": Known({"key": key, "value": element}, "object")})
        for key, element in known_pairs
    ]
    if len(repetitions_) > MAX_INSTANCES:
        raise EvaluationError(f"`for_each` has more than {MAX_INSTANCES} elements")
    return Expansion("for_each", tuple(repetitions_), value)


def _bound(expansion: Expansion, index: Value) -> Mapping[str, Value]:
    if expansion.shape == "count":
        return {"count": Known({"index": index}, "object")}
    collection = expansion.collection
    item = collection[index.string()] if isinstance(index, Known) and index.kind == "string" and (
        not isinstance(collection, Known)
    ) else any_pair(collection)[1]  # fmt: skip
    return {"each": Known({"key": index, "value": item}, "object")}


def _origins(value: Value) -> Iterator[Origin]:
    symbol = value.symbol
    if symbol is not None:
        yield from symbol.origins()
    for child in value.children():
        yield from _origins(child)


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null"


def _literal_source(call: Declaration) -> str:
    from cloudlint.parsers.terraform import syntax

    located = call.attribute("source")
    if located and isinstance(located.expression, syntax.Literal):
        return str(located.expression.value)
    return ""
