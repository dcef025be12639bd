"""The cases recorded from Terraform, and how they are asked of cloudlint."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from cloudlint.discovery import Repository
from cloudlint.parsers.terraform import hcl
from cloudlint.parsers.terraform.config import Mode
from cloudlint.parsers.terraform.evaluate import Scope, evaluate
from cloudlint.parsers.terraform.functions import Context
from cloudlint.parsers.terraform.functions.conversion import type_text
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.parsers.terraform.repository_files import RepositoryFiles
from cloudlint.source import SourceFile
from cloudlint.values import EvaluationError, Known, Value, known, numbers

DATA = Path(__file__).parents[2] / "data" / "functions"

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """What `tests/record_functions.py` recorded in `name.json`."""
    recorded: list[Case] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return recorded


def files() -> RepositoryFiles:
    """The directory in which the console ran when the cases were recorded."""
    return RepositoryFiles(Repository(DATA / "module"))


class Module:
    """The names of an empty module: functions, and nothing to refer to but its paths."""

    def __init__(self) -> None:
        self.functions = Context(files(), ".", ".", _evaluate_template)

    def resolve(self, root: str, name: str) -> Value:
        if root == "path" and name in ("module", "root"):
            return known(".")
        raise EvaluationError(f"there is no {root}.{name}")

    def resolve_resource(self, mode: Mode, type_: str, name: str) -> Value:
        raise EvaluationError(f"there is no {mode} {type_}.{name}")

    def spend(self, steps: int) -> None:
        """There is no limit."""


class Template(Module):
    """The names in a template: functions, but none that read another template."""

    def __init__(self) -> None:
        self.functions = Context(files(), ".", ".", None)

    def resolve(self, root: str, name: str) -> Value:
        raise EvaluationError(f"there is no {root}.{name} in a template")


def _evaluate_template(file: SourceFile, variables: Mapping[str, Value]) -> Value:
    tree = hcl.parse_template(file, file.text, lambda offset: offset)
    return evaluate(tree, Scope(Template(), file, variables))


def ask(expression: str, **bound: Value) -> Value:
    """The value of an expression in which the names in `bound` stand for values.

    Raises EvaluationError, also for what is no expression.
    """
    file = SourceFile("expression.tf", expression)
    try:
        tree = hcl.parse_expression(file, 0, len(expression))
    except SyntaxProblem as problem:
        raise EvaluationError(problem.message) from None
    return evaluate(tree, Scope(Module(), file, bound))


def plain(value: Value) -> Any:
    """The value as JSON has it, numbers exact."""
    if isinstance(value, Known) and value.mapping:
        return {name: plain(item) for name, item in value.mapping.items()}
    if isinstance(value, Known) and value.items:
        return [plain(item) for item in value.items]
    if isinstance(value, Known) and isinstance(value.data, Fraction):
        return value.data
    return value.python()


def expected(case: Case) -> Any:
    """The recorded value, numbers exact."""
    return json.loads(case["value"], parse_float=numbers.parse, parse_int=numbers.parse)


def agrees(case: Case, value: Value) -> bool:
    """Whether a value is the recorded one, in its type and sensitivity too."""
    type_ = re.sub(r"\s+", " ", type_text(value.type))
    if type_ != case["type"]:
        return False
    return plain(value) == expected(case) if "value" in case else _is_sensitive(value)


def _is_sensitive(value: Value) -> bool:
    return value.sensitive or any(_is_sensitive(child) for child in value.children())
