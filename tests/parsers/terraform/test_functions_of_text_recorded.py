"""Functions on text, numbers, dates, networks and files answer what Terraform answered.

Values are compared as the text that they encode to: a number from `log` or `pow` has the digits
of a 64-bit float.
"""

from __future__ import annotations

import re

import pytest
from _pytest.mark import ParameterSet
from recorded import Case, ask, cases

from cloudlint.parsers.terraform.functions.conversion import type_text
from cloudlint.parsers.terraform.functions.json_text import encode
from cloudlint.values import EvaluationError

FILES = ("strings", "numeric", "encoding", "hashing", "dates", "network", "files")


def recorded(*, errors: bool) -> list[ParameterSet]:
    return [
        pytest.param(case, id=case["expression"])
        for name in FILES
        for case in cases(name)
        if ("error" in case) == errors
    ]


@pytest.mark.parametrize("case", recorded(errors=False))
def test_the_value_is_terraforms(case: Case) -> None:
    value = ask(case["expression"])
    assert re.sub(r"\s+", " ", type_text(value.type)) == case["type"]
    assert encode(value) == case["value"]


@pytest.mark.parametrize("case", recorded(errors=True))
def test_what_terraform_refuses_is_an_error(case: Case) -> None:
    with pytest.raises(EvaluationError) as error:
        ask(case["expression"])
    assert str(error.value)
