"""Instances of modules: where names mean something.

A module instance is one call of a module (one key of its `count` or `for_each`), or a root. It
evaluates lazily: variables, locals, resources and outputs are computed when first asked for, and
each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from posixpath import relpath

from cloudlint.parsers.terraform import calls, local_values, resources, variables
from cloudlint.parsers.terraform.body import guarded
from cloudlint.parsers.terraform.calls import Argument
from cloudlint.parsers.terraform.config import Declaration, Located, Mode, ModuleConfig
from cloudlint.parsers.terraform.evaluate import Scope
from cloudlint.parsers.terraform.expansion import (
    SINGLE,
    Expansion,
    Repetition,
    by_count,
    by_for_each,
)
from cloudlint.parsers.terraform.functions.registry import Context
from cloudlint.parsers.terraform.resources import ResourceInstance
from cloudlint.source import Span
from cloudlint.values import EvaluationError, Step, Symbolic, Value, known, unknown

__all__ = ["Argument", "Expansion", "ModuleInstance", "Repetition", "ResourceInstance"]

_Callee = tuple[Repetition, "ModuleInstance | ResourceInstance"]
HINT_CYCLE = "Terraform refuses what depends on itself: break the ring."
HINT_INSTANCES = "What is left out is not checked; exclude this root module, or divide it."
_KINDS = ("var", "local", "output", "module", "resource")


class RootHandle:
    """What the instances of one root share; implemented by `project.Root`."""

    scope: str
    directory: str
    running: dict[tuple[int, str, str], str]
    """The names being evaluated, in order, with what people call them."""
    shared: dict[str, Symbolic]
    """Data sources that are the same wherever they are declared, by identity."""

    @property
    def generator(self) -> str:
        """The file of a tool that may write more files of the root; empty where there is none."""
        raise NotImplementedError

    def terraform(self, name: str) -> Value:
        raise NotImplementedError

    def problem(self, message: str, span: Span) -> None:
        """Tell of something that Terraform would refuse, and that is unknown therefore."""
        raise NotImplementedError

    def error(self, message: str, span: Span, hint: str) -> None:
        """Tell of something that keeps a part of the configuration from being checked."""
        raise NotImplementedError

    def spend(self, steps: int) -> None:
        """Count repeated work; raises `EvaluationError` when it becomes too much."""
        raise NotImplementedError

    def admit(self, instances: int) -> bool:
        """Whether there may be so many instances more."""
        raise NotImplementedError

    def context(self, directory: str) -> Context:
        raise NotImplementedError

    def source_of(self, caller: ModuleInstance, call: Declaration) -> ModuleConfig | None:
        """The configuration that a call leads to; None where it is not at hand."""
        raise NotImplementedError


class ModuleInstance:
    """One instance of a module; see the module's docstring.

    `address` is Terraform's, empty for a root.
    """

    def __init__(
        self,
        config: ModuleConfig,
        *,
        root: RootHandle,
        address: str = "",
        arguments: Mapping[str, Argument] | None = None,
        call: Declaration | None = None,
        parent: ModuleInstance | None = None,
        repetition: Repetition | None = None,
    ) -> None:
        self.config = config
        self.functions = root.context(config.directory)
        self.root = root
        self.address = address
        self.prefix = f"{address}." if address else ""
        self.call = call
        self.parent = parent
        self.arguments = arguments or {}
        self.condition = repetition.condition if repetition else None
        self._identity: str = parent._identity if parent else ""
        self._identity += repetition.identity if repetition else ""
        self.site = calls.site(config, call, parent)
        self._values: dict[str, dict[str, Value]] = {kind: {} for kind in _KINDS}
        self._resources: dict[tuple[Mode, str, str], list[ResourceInstance]] = {}
        self._expansions: dict[int, Expansion] = {}
        self._calls: dict[str, list[_Callee]] = {}

    # -- what exists ---------------------------------------------------------------------------

    @property
    def scope(self) -> str:
        """What is unknown in one scope is something else in another."""
        return self.root.scope + self._identity

    @property
    def conditions(self) -> list[Value]:
        """What has to be true for it to exist, as far as that is not known."""
        own = [] if self.condition is None else [self.condition]
        return own if self.parent is None else [*own, *self.parent.conditions]

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

    def resolve_resource(self, mode: Mode, type_: str, name: str) -> Value:
        return self.reference(mode, type_, name)

    def spend(self, steps: int) -> None:
        self.root.spend(steps)

    def _path(self, name: str) -> Value:
        match name:
            case "module":
                return known(relpath(self.config.directory, self.root.directory))
            case "root":
                return known(".")
            case "cwd":
                return unknown("path.cwd", "depends on the machine", scope=self.root.scope)
        raise EvaluationError(f"there is no `path.{name}`")

    def _once(self, kind: str, name: str, compute: Callable[[str], Value]) -> Value:
        """Compute a named value the first time; one that needs itself is unknown."""
        value = self._values[kind].get(name)
        if value is not None:
            return value
        running, key = self.root.running, (id(self), kind, name)
        if key in running:
            return self._ring(key)
        running[key] = self.prefix + (name if kind == "resource" else f"{kind}.{name}")
        try:
            value = self._values[kind][name] = compute(name)
        finally:
            del running[key]
        return value

    def _ring(self, key: tuple[int, str, str]) -> Value:
        running = list(self.root.running.items())
        at = next(at for at, (other, _) in enumerate(running) if other == key)
        chain = [called for _, called in running[at:]]
        place = self.shown(self._declared(*key[1:]))
        if self.site is None:
            ring = " → ".join([*chain, chain[0]])
            self.root.error(f"values form a cycle: {ring}", place, HINT_CYCLE)
        return unknown(chain[0], "depends on itself", place, scope=self.scope)

    def _declared(self, kind: str, name: str) -> Span:
        config = self.config
        match kind:
            case "local":
                return config.locals[name].span
            case "resource":
                found = (d for key, d in config.resources.items() if _called(*key) == name)
                return next(found).header
        tables = {"var": config.variables, "output": config.outputs, "module": config.calls}
        return tables[kind][name].header

    # -- variables, locals, outputs ------------------------------------------------------------

    def variable(self, name: str) -> Value:
        if name not in self.config.variables:
            return self._undeclared(name)
        return self._once("var", name, self._variable)

    def _undeclared(self, name: str) -> Value:
        """A variable that a file declares which is written before Terraform runs."""
        generator = "" if self.parent else self.root.generator
        if not generator:
            raise EvaluationError(f"there is no variable `{name}` in {self.config.directory}")
        return unknown(f"var.{name}", f"may be declared by {generator}", scope=self.scope)

    def _variable(self, name: str) -> Value:
        header = self.config.variables[name].header
        return self._via(variables.evaluated(self, name), f"var.{name} is declared here", header)

    def local(self, name: str) -> Value:
        if name not in self.config.locals:
            raise EvaluationError(f"there is no local value `{name}` in {self.config.directory}")
        if name in self.config.circular_locals:
            place = self.config.locals[name].span
            return unknown(f"local.{name}", "depends on itself", place, scope=self.scope)
        done = self._values["local"]
        if name not in done:
            for needed in local_values.before(name, self.config.local_references, done):
                self._once("local", needed, self._local)
        return self._once("local", name, self._local)

    def _local(self, name: str) -> Value:
        located = self.config.locals[name]
        value = guarded(f"local.{name}", located, Scope(self, located.file), self.problem)
        return self._via(value, f"local.{name} is set here", located.span)

    def output(self, name: str) -> Value:
        if name not in self.config.outputs:
            raise EvaluationError(f"there is no output `{name}` in {self.config.directory}")
        return self._once("output", name, self._output)

    def _output(self, name: str) -> Value:
        declaration = self.config.outputs[name]
        located = declaration.attribute("value")
        called = f"{self.prefix}output.{name}"
        if located is None:
            return unknown(called, "has no value", declaration.header, scope=self.root.scope)
        value = guarded(f"output.{name}", located, self.scope_of(declaration), self.problem)
        if self.says(declaration, "sensitive"):
            value = value.marked_sensitive()
        return self._via(value, f"output {name} of {self.address or 'the root'}", located.span)

    def says(self, declaration: Declaration, name: str) -> bool:
        """Whether an argument is given and true."""
        located = declaration.attribute(name)
        if located is None:
            return False
        return guarded(name, located, self.scope_of(declaration), self.problem).truth() is True

    def scope_of(self, declaration: Declaration, bound: Mapping[str, Value] | None = None) -> Scope:
        """Where the expressions of a declaration are evaluated."""
        return Scope(self, declaration.file, bound or {})

    # -- what is told --------------------------------------------------------------------------

    def problem(self, message: str, span: Span) -> None:
        """Tell what is wrong. What does not fit a stub may well fit the module, and an instance
        that stands for an unknown number of them may stand for none."""
        if not self.site and not self._identity:
            self.root.problem(message, span)

    def shown(self, span: Span) -> Span:
        """Where a place in this module is shown: what stands in a stub, at its call."""
        return self.site.header if self.site else span

    def _via(self, value: Value, text: str, span: Span) -> Value:
        """The same value, by one step more that people can follow."""
        return value if self.site else value.via(Step(text, span))

    # -- expansion -----------------------------------------------------------------------------

    def expansion(self, declaration: Declaration) -> Expansion:
        """The instances of a resource or module call, by its `count` or `for_each`."""
        found = self._expansions.get(id(declaration))
        if found is None:
            found = self._expansions[id(declaration)] = self._expand(declaration)
        return found

    def _expand(self, declaration: Declaration) -> Expansion:
        count, for_each = declaration.attribute("count"), declaration.attribute("for_each")
        if count and for_each:
            self.problem("a block has either `count` or `for_each`, not both", for_each.span)
        if count:
            return self._repeated("count", count, by_count)
        return self._repeated("for_each", for_each, by_for_each) if for_each else SINGLE

    def _repeated(
        self, name: str, located: Located, expand: Callable[[Value], Expansion]
    ) -> Expansion:
        scope = Scope(self, located.file)
        value = guarded(name, located, scope, self.problem)
        place = self.shown(located.span)
        try:
            if self.root.admit(0):
                expansion = expand(value.used_at(place))
                if self.root.admit(len(expansion.repetitions)):
                    return expansion
            reason = "makes more instances than cloudlint follows"
            self.root.error(f"`{name}` {reason}", place, HINT_INSTANCES)
        except EvaluationError as error:
            self.problem(str(error), located.span)
            reason = f"cannot be used: {str(error).rstrip('.')}"
        return expand(unknown(f"`{name}`", reason, place, scope=f"{self.scope}{place.place}:"))

    # -- resources -----------------------------------------------------------------------------

    def resource(self, mode: Mode, type_: str, name: str) -> list[ResourceInstance]:
        """The instances of one resource block."""
        key = (mode, type_, name)
        if key not in self._resources:
            declaration = self.config.resources[key]
            self._resources[key] = [
                resources.make(self, mode, declaration, repetition)
                for repetition in self.expansion(declaration).repetitions
            ]
        return self._resources[key]

    def reference(self, mode: Mode, type_: str, name: str) -> Value:
        """What `type.name` evaluates to: one object, or a tuple or object of them."""
        if (mode, type_, name) not in self.config.resources:
            kind = "data source" if mode == "data" else "resource"
            raise EvaluationError(f"there is no {kind} `{type_}.{name}` in this module")
        called = _called(mode, type_, name)
        return self._once("resource", called, lambda _: self._reference(mode, type_, name))

    def _reference(self, mode: Mode, type_: str, name: str) -> Value:
        declaration = self.config.resources[mode, type_, name]
        expansion = self.expansion(declaration)
        instances = {made.repetition.suffix: made for made in self.resource(mode, type_, name)}
        if expansion.is_indexed:
            return expansion.arranged({at: made.value for at, made in instances.items()})
        own = {id(made.repetition): made for made in self.resource(mode, type_, name)}

        def pick(repetition: Repetition) -> Value:
            made = own.get(id(repetition))
            return (made or resources.make(self, mode, declaration, repetition)).value

        return resources.open_reference(
            expansion,
            self,
            resources.stem(self, mode, declaration),
            self.shown(declaration.header),
            kind=f"{'data.' if mode == 'data' else ''}{type_}",
            pick=pick,
        )

    # -- calls of other modules ----------------------------------------------------------------

    def called(self, name: str) -> list[_Callee]:
        """The instances of a called module, or of a call whose source is not at hand."""
        if name not in self._calls:
            call = self.config.calls[name]
            config = self._source(call)
            if config is not None:
                calls.check_arguments(self, call, config)
            self._calls[name] = [
                (repetition, self._callee(call, repetition, config))
                for repetition in self.expansion(call).repetitions
            ]
        return self._calls[name]

    def _source(self, call: Declaration) -> ModuleConfig | None:
        if self.root.admit(1):
            return self.root.source_of(self, call)
        message = "there are more instances of modules than cloudlint follows"
        self.root.error(message, self.shown(call.header), HINT_INSTANCES)
        return None

    def _callee(
        self, call: Declaration, repetition: Repetition, config: ModuleConfig | None
    ) -> ModuleInstance | ResourceInstance:
        address = f"{self.prefix}module.{call.labels[0]}{repetition.suffix}"
        if config is None:
            return calls.unreadable(self, call, repetition, address)
        return ModuleInstance(
            config,
            root=self.root,
            address=address,
            arguments=calls.arguments(self, call, repetition, address),
            call=call,
            parent=self,
            repetition=repetition,
        )

    def call_value(self, name: str) -> Value:
        """What `module.name` evaluates to: its outputs, or a collection of such objects."""
        if name not in self.config.calls:
            raise EvaluationError(f"there is no module call `{name}` in this module")
        return self._once("module", name, self._call_value)

    def _call_value(self, name: str) -> Value:
        call, callees = self.config.calls[name], self.called(name)
        expansion = self.expansion(call)
        if expansion.is_indexed:
            return expansion.arranged({r.suffix: calls.outputs(made) for r, made in callees})
        own = {id(repetition): made for repetition, made in callees}

        def pick(repetition: Repetition) -> Value:
            made = own.get(id(repetition))
            config = callees[0][1].config if isinstance(callees[0][1], ModuleInstance) else None
            return calls.outputs(made or self._callee(call, repetition, config))

        address, header = f"{self.prefix}module.{name}", self.shown(call.header)
        return resources.open_reference(expansion, self, address, header, kind="module", pick=pick)


def _called(mode: str, type_: str, name: str) -> str:
    return f"{'' if mode == 'managed' else f'{mode}.'}{type_}.{name}"
