"""The values that are given to the variables of a root module.

In Terraform's order, the last one wins: `TF_VAR_…`, `terraform.tfvars`, `*.auto.tfvars`, the
variable files and the variables of the command line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cloudlint.discovery import Unreadable
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.body import guarded
from cloudlint.parsers.terraform.calls import Argument
from cloudlint.parsers.terraform.config import Located, Mode, ModuleConfig
from cloudlint.parsers.terraform.evaluate import Scope
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.source import Diagnostic, SourceFile
from cloudlint.values import EvaluationError, Step, Value, known

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.project import Root

_LISTED = 3
"""How many undeclared names of a file are told."""


def arguments(root: Root, config: ModuleConfig) -> dict[str, Argument]:
    """The values for the variables of a root, to be evaluated when asked for."""
    given: dict[str, Argument] = {}
    inputs = root.terraform_.inputs
    for name, text in inputs.environment.items():
        given[name] = _of_text(root, name, text, config, f"TF_VAR_{name} sets {name}")
    for path in root.terraform_.tfvars_of(root.directory):
        file = _read(root, path)
        if file is not None:
            given |= _of_file(root, file, config)
    for file in inputs.var_files:
        given |= _of_file(root, file)
    for file in root.deployment.var_files if root.deployment else ():
        given |= _of_file(root, file, config)
    for name, text in inputs.variables.items():
        given[name] = _of_text(root, name, text, config, f"--var sets {name}")
    return given


def _read(root: Root, path: str) -> SourceFile | None:
    try:
        return root.terraform_.repository.read(path)
    except Unreadable as problem:
        root.diagnostics.append(problem.diagnostic)
    return None


def _of_file(
    root: Root, file: SourceFile, config: ModuleConfig | None = None
) -> dict[str, Argument]:
    """What a variable file sets; names that `config` does not declare are told."""
    try:
        body = root.terraform_.variable_file(file)
    except SyntaxProblem as problem:
        diagnostic = Diagnostic(problem.message, file.path, problem.span, problem.hint)
        root.diagnostics.append(diagnostic)
        return {}
    if config is not None:
        _tell_undeclared(root, file, body, config)
    return {a.name: _of_attribute(root, Located(file, a)) for a in body.attributes}


def _tell_undeclared(root: Root, file: SourceFile, body: syntax.Body, config: ModuleConfig) -> None:
    strange = [a for a in body.attributes if a.name not in config.variables]
    if not strange:
        return
    names = ", ".join(f"`{attribute.name}`" for attribute in strange[:_LISTED])
    more = f" and {len(strange) - _LISTED} more" if len(strange) > _LISTED else ""
    place = file.span(strange[0].start, strange[0].name_end)
    root.problem(f"{file.path} sets what no variable of the root declares: {names}{more}", place)


def _of_attribute(root: Root, located: Located) -> Argument:
    def read() -> Value:
        name = located.attribute.name
        scope = Scope(NoNames(root, "a variable file"), located.file)
        value = guarded(name, located, scope, root.problem)
        return value.via(Step(f"{located.file.path} sets {name}", located.span))

    return read


def _of_text(root: Root, name: str, text: str, config: ModuleConfig, source: str) -> Argument:
    """A value given as text: an expression, unless the variable is declared a string."""
    declaration = config.variables.get(name)
    wanted = declaration.attribute("type") if declaration else None
    is_text = wanted is None or (
        isinstance(wanted.expression, syntax.Name) and wanted.expression.name == "string"
    )
    if is_text:
        return lambda: known(text).via(Step(source, None))
    file = SourceFile(f"<{source}>", f"{name} = {text}\n")
    given = _of_file(root, file).get(name)
    return given if given is not None else (lambda: known(text).via(Step(source, None)))


class NoNames:
    """The names in a variable file or a template: none but those bound."""

    def __init__(self, root: Root, what: str) -> None:
        self.functions = replace(root.context(root.directory), evaluate_template=None)
        self.spend = root.spend
        self._what = what

    def resolve(self, root: str, name: str) -> Value:
        raise EvaluationError(f"`{root}.{name}` means nothing in {self._what}")

    def resolve_resource(self, mode: Mode, type_: str, name: str) -> Value:
        raise EvaluationError(f"`{mode} {type_}.{name}` means nothing in {self._what}")
