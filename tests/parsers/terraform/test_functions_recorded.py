"""Functions and operators answer what Terraform answered when it was asked."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet
from recorded import Case, agrees, ask, cases

from cloudlint.values import EvaluationError

FILES = ("collections", "conversion", "mixed", "operators")

DELIBERATE = {
    'tonumber("Inf")': "infinity is no number that a configuration means",
    "1 / 0": "infinity is no number that a configuration means",
    'try(nosuch, "x")': "references are checked when they are followed",
    "[for x in [] : nosuch]": "references are checked when they are followed",
    'provider::aws::arn_parse("a")': "what a provider's function answers is not known",
    "[[1], [2]].1.0": "what Terraform refuses for its style has one meaning only",
    "[[1, 2], [3]].0.1": "what Terraform refuses for its style has one meaning only",
}
"""Where cloudlint does not answer as Terraform, and why."""

IN_FUNCTIONS = ("Invalid function argument", "Error in function call", "Operation failed")
IN_FUNCTIONS += ("Not enough function arguments", "Too many function arguments")


def recorded(*, errors: bool) -> list[ParameterSet]:
    return [
        pytest.param(case, id=case["expression"])
        for name in FILES
        for case in cases(name)
        if ("error" in case) == errors and case["expression"] not in DELIBERATE
    ]


@pytest.mark.parametrize("case", recorded(errors=False))
def test_the_value_is_terraforms(case: Case) -> None:
    value = ask(case["expression"])
    assert agrees(case, value), f"{value} is not {case.get('value')}, a {case['type']}"


@pytest.mark.parametrize("case", recorded(errors=True))
def test_what_terraform_refuses_is_an_error(case: Case) -> None:
    with pytest.raises(EvaluationError) as error:
        ask(case["expression"])
    message = case["message"]
    if case["summary"] in IN_FUNCTIONS and "panic" not in message and "zero" not in message:
        assert str(error.value).startswith(message[:50])


@pytest.mark.parametrize("expression", ['tonumber("Inf")', "1 / 0"])
def test_infinity_is_refused(expression: str) -> None:
    with pytest.raises(EvaluationError):
        ask(expression)
