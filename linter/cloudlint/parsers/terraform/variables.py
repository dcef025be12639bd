"""The value of a module's input variable: what was given, or the default, as the declared type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudlint.parsers.terraform.body import guarded
from cloudlint.parsers.terraform.config import Declaration
from cloudlint.parsers.terraform.constraints import Constraint, constraint
from cloudlint.parsers.terraform.evaluate import evaluate
from cloudlint.values import EvaluationError, Known, Origin, Root, Symbolic, Value, unknown
from cloudlint.values.convert import convert

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.module import ModuleInstance


def evaluated(module: ModuleInstance, name: str) -> Value:
    """The value of a declared variable."""
    declaration = module.config.variables[name]
    wanted = _constraint(module, name, declaration)
    argument = module.arguments.get(name)
    value = argument() if argument is not None else None
    if value is not None and _is_null(value) and not _nullable(module, declaration):
        value = None
    if value is None:
        value = _default(module, name, declaration, wanted)
    value = _conform(module, name, declaration, value, wanted)
    return value.marked_sensitive() if module.says(declaration, "sensitive") else value


def _default(
    module: ModuleInstance, name: str, declaration: Declaration, wanted: Constraint
) -> Value:
    default = declaration.attribute("default")
    if default is not None:
        return guarded("default", default, module.scope_of(declaration), module.problem)
    settle = f"--var {name}" if module.parent is None else ""
    reason = "has no value" if module.parent is None else "is not given by the module call"
    if module.config.is_stub:
        reason = "has a default that depends on the module's version, which the call does not tell"
    header = module.shown(declaration.header)
    origin = Origin(f"{module.prefix}var.{name}", reason, header, settle)
    return Symbolic(Root(origin, scope=module.scope), wanted.type, span=header)


def _conform(
    module: ModuleInstance, name: str, declaration: Declaration, value: Value, wanted: Constraint
) -> Value:
    try:
        return convert(wanted.with_defaults(value), wanted.type).derived_from(value)
    except EvaluationError as error:
        place = value.span or module.shown(declaration.header)
        module.problem(f"the value of var.{name} does not fit its type: {error}", place)
        reason = f"does not fit its type: {error}"
        return unknown(f"{module.prefix}var.{name}", reason, place, scope=module.scope)


def _constraint(module: ModuleInstance, name: str, declaration: Declaration) -> Constraint:
    """What is declared; read once for all instances of the module."""
    found = module.config.constraints.get(name)
    if found is None:
        found = module.config.constraints[name] = _read_constraint(module, declaration)
    return found


def _read_constraint(module: ModuleInstance, declaration: Declaration) -> Constraint:
    located = declaration.attribute("type")
    if located is None:
        return Constraint()
    scope = module.scope_of(declaration).within(located.file)
    try:
        return constraint(located.expression, lambda node: evaluate(node, scope))
    except EvaluationError as error:
        module.problem(f"the type of a variable cannot be read: {error}", located.span)
        return Constraint()


def _nullable(module: ModuleInstance, declaration: Declaration) -> bool:
    return declaration.attribute("nullable") is None or module.says(declaration, "nullable")


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null"
