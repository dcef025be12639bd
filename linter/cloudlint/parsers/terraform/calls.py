"""Calls of other modules: the instances they make, and what a reference to them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.body import LazyBody
from cloudlint.parsers.terraform.call_sites import CallSite
from cloudlint.parsers.terraform.config import Declaration, ModuleConfig
from cloudlint.parsers.terraform.expansion import Repetition
from cloudlint.parsers.terraform.resources import OBJECT, ResourceInstance
from cloudlint.values import Known, Origin, Root, Step, Symbolic, Value
from cloudlint.values.types import ANY

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.module import ModuleInstance

META_ARGUMENTS = frozenset(
    {"source", "version", "providers", "count", "for_each", "depends_on", "lifecycle"}
)

Argument = Callable[[], Value | None]


def literal_source(call: Declaration) -> str | None:
    """The source address of a call, where it is written out."""
    return _literal(call, "source")


def literal_version(call: Declaration) -> str | None:
    """The versions that a call allows: empty where it allows all, None where that is not written
    out."""
    return "" if call.attribute("version") is None else _literal(call, "version")


def _literal(call: Declaration, name: str) -> str | None:
    located = call.attribute(name)
    if located and isinstance(located.expression, syntax.Literal):
        value = located.expression.value
        return value if isinstance(value, str) else None
    return None


def unreadable(caller: ModuleInstance, call: Declaration, repetition: Repetition, address: str
) -> ResourceInstance:  # fmt: skip
    """A call whose source is not at hand, as a resource of its own."""
    source = literal_source(call) or ""
    made = ResourceInstance(caller, "call", source, call.labels[0], address, call, repetition)
    scope = caller.scope_of(call, repetition.bound)
    lazy = LazyBody(call.body, scope, caller.problem, caller.site, made)
    made.body = Known(lazy, "object", span=call.header)
    return made


def arguments(
    caller: ModuleInstance, call: Declaration, repetition: Repetition, address: str
) -> dict[str, Argument]:
    """What a call gives to the variables of the module, to be evaluated when asked for."""
    scope = caller.scope_of(call, repetition.bound)
    body = LazyBody(call.body, scope, caller.problem, caller.site)
    names = call.body.attributes().keys() - META_ARGUMENTS
    return {name: _argument(address, body, name, is_told=caller.site is None) for name in names}


def _argument(address: str, body: LazyBody, name: str, *, is_told: bool) -> Argument:
    def read() -> Value:
        value = body[name]
        step = Step(f"{address} sets {name}", value.marks.site)
        return (value.via(step) if is_told else value).used_at(None)

    return read


def check_arguments(caller: ModuleInstance, call: Declaration, config: ModuleConfig) -> None:
    """Tell of arguments that the called module does not have, and of those it needs."""
    if config.is_stub:
        return
    given = call.body.attributes()
    for name in given.keys() - META_ARGUMENTS - config.variables.keys():
        message = f"the module in {config.directory} has no variable `{name}`"
        caller.problem(message, given[name].span)
    for name, variable in config.variables.items():
        if name not in given and variable.attribute("default") is None:
            message = f"the module in {config.directory} needs a value for its variable `{name}`"
            caller.problem(message, call.header)


def site(
    config: ModuleConfig, call: Declaration | None, parent: ModuleInstance | None
) -> CallSite | None:
    """Where an instance of a stub is shown: at the outermost call that is the user's own."""
    if not config.is_stub or call is None:
        return None
    if parent is not None and parent.site is not None:
        return parent.site
    return CallSite(call.header, call.file.span(call.block.start, call.block.end))


def outputs(callee: ModuleInstance | ResourceInstance) -> Value:
    """What a reference to an instance of a module is."""
    if not isinstance(callee, ResourceInstance):
        call, caller = callee.call, callee.parent
        span = caller.shown(call.header) if call and caller else None
        identity = f"{callee.scope}{callee.address}.*"
        return Known(_Outputs(callee), "object", span=span, identity=identity)
    reason = f"is a module that is not at hand ({callee.type})"
    origin = Origin(callee.address, reason, callee.declaration.header)
    module = callee.module
    scope = module.scope + callee.repetition.identity
    symbol = Root(origin, scope=scope, kind="module", address=module.root.scope + callee.address)
    return Symbolic(symbol, OBJECT, span=callee.declaration.header)


class _Outputs(Mapping[str, Value]):
    """The outputs of a module instance, evaluated when asked for. A stub may leave some out:
    they are unknown."""

    def __init__(self, instance: ModuleInstance) -> None:
        self._instance = instance

    def __getitem__(self, name: str) -> Value:
        if name in self._instance.config.outputs:
            return self._instance.output(name)
        if self._instance.site is None:
            raise KeyError(name)
        return self._left_out(name, self._instance.site)

    def _left_out(self, name: str, site: CallSite) -> Value:
        address = self._instance.address
        origin = Origin(f"{address}.{name}", "is known only to the module", site.header)
        return Symbolic(Root(origin, scope=self._instance.scope), ANY, span=site.header)

    def __iter__(self) -> Iterator[str]:
        return iter(self._instance.config.outputs)

    def __len__(self) -> int:
        return len(self._instance.config.outputs)
