"""Expressions made up on the spot: cloudlint answers what Terraform answers.

Skipped where there is no Terraform. `CLOUDLINT_BATCHES=200` compares that many batches of
expressions instead of a few.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from expressions import expressions
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recorded import ask

from cloudlint.parsers.terraform.console import shown
from cloudlint.values import EvaluationError

BATCHES = int(os.environ.get("CLOUDLINT_BATCHES", "6"))
BATCH = 40
UNKNOWN = "(known after apply)"
REFUSED = '"(refused)"'
SEPARATOR = '"(end of answer)"'

pytestmark = pytest.mark.skipif(shutil.which("terraform") is None, reason="needs Terraform")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("console")


@settings(
    max_examples=BATCHES,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(batch=st.lists(expressions, min_size=BATCH, max_size=BATCH))
def test_made_up_expressions_are_answered_as_by_terraform(folder: Path, batch: list[str]) -> None:
    # Each in its own `try`, for the console stops at the first error.
    questions = [f"try([{expression}], {REFUSED})" for expression in dict.fromkeys(batch)]
    different = {}
    for question, theirs in zip(questions, answers(folder, questions), strict=True):
        ours = answer(question)
        if ours != theirs and not is_deliberate(question, theirs, ours):
            different[question] = (theirs, ours)
    assert not different


def answers(folder: Path, questions: list[str]) -> list[str]:
    """What the console prints of every expression: it answers one line, so all are put in one."""
    line = f"[{f', {SEPARATOR}, '.join(questions)}]"
    result = subprocess.run(
        ["terraform", "console", "-no-color"],  # noqa: S607
        input=line.encode(),
        capture_output=True,
        cwd=folder,
        env={**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "TZ": "UTC"},
        check=False,
    )
    assert not result.returncode, result.stderr.decode()
    return elements(result.stdout.decode()).split(f"\n  {SEPARATOR},\n")


def answer(question: str) -> str:
    try:
        return elements(shown(ask(f"[{question}]")))
    except EvaluationError as error:
        return f"error: {error}"


def elements(printed: str) -> str:
    return printed.strip("\n").removeprefix("[\n").removesuffix("\n]")


def is_deliberate(question: str, theirs: str, ours: str) -> bool:
    """Whether an answer differs in what cloudlint does in its own way:

    - infinity is refused, and the negative zero is zero;
    - a null without type is known: Terraform's functions make an unknown of it;
    - of a conditional's side that has no value, Terraform infers more of the type;
    - a left side that decides makes up for a right one without a value, as since Terraform 1.12.
    """
    if REFUSED in theirs and re.search(r"&&|\|\|", question):
        return True
    if UNKNOWN in theirs or "(can(" in ours or "Inf" in theirs or re.search(r"-0(?![.\d])", theirs):
        return True
    if re.search(r" [/%] ", question):
        return "division by zero" in error_of(question)
    return "?" in question and (REFUSED in theirs or untyped(ours) == untyped(theirs))


def error_of(question: str) -> str:
    expression = question.removeprefix("try([").removesuffix(f"], {REFUSED})")
    return answer(expression)


def untyped(printed: str) -> str:
    return re.sub(r'to(list|set|map|string|number|bool)\(|\)|"', "", printed)
