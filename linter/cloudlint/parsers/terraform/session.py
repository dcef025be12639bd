"""Expressions asked of a directory as `terraform console` would answer them, had it no provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudlint.discovery import Inputs, Repository
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.config import ConfigLoader
from cloudlint.parsers.terraform.evaluate import Scope, evaluate
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.parsers.terraform.project import Root, Terraform
from cloudlint.source import Diagnostic, SourceFile
from cloudlint.values import EvaluationError, Value
from cloudlint.values.types import Type

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.module import ModuleInstance

EXPRESSION = "<expression>"
"""Stands for a path where a place is in the expression itself."""


class Session:
    """A directory as a root module, also where other modules call it. Read and evaluated is only
    what is asked for."""

    def __init__(self, repository: Repository, directory: str, inputs: Inputs) -> None:
        prefix = "" if directory == "." else f"{directory}/"
        names = repository.names(directory)
        tfvars = [prefix + name for name in names if name.endswith((".tfvars", ".tfvars.json"))]
        self._loader = ConfigLoader(repository, ())
        self._root = Root(Terraform(repository, self._loader, tfvars, inputs), directory)

    @property
    def module(self) -> ModuleInstance:
        return self._root.module

    def evaluate(self, text: str) -> Value | Type:
        """The value of an expression, or the type that `type(…)` around it asks for.

        Raises SyntaxProblem or, with its span in the expression, EvaluationError.
        """
        from cloudlint.parsers.terraform import hcl

        file = SourceFile(EXPRESSION, text)
        if not text.strip():
            raise SyntaxProblem("there is no expression", file.span(0, len(text)))
        tree = hcl.parse_expression(file, 0, len(text))
        scope = Scope(self.module, file)
        try:
            if isinstance(tree, syntax.Call) and tree.name == "type" and len(tree.arguments) == 1:
                return evaluate(tree.arguments[0], scope).type
            return evaluate(tree, scope)
        except RecursionError:
            raise EvaluationError("the expression is nested too deeply to be evaluated") from None

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was found wrong so far, in files and in what they say."""
        for config in self._loader.loaded():
            yield from config.diagnostics
        yield from self._root.diagnostics
