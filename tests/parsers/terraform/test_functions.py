"""How functions are called."""

from __future__ import annotations

import pytest
from recorded import Module

from cloudlint.parsers.terraform.functions import call, exists, registry
from cloudlint.values import EvaluationError, Symbolic, Value, known, unknown
from cloudlint.values.types import STRING

CONTEXT = Module().functions
X = unknown("var.x", "has no value")


def test_every_function_terraform_has_is_implemented() -> None:
    for name in registry.signatures():
        registry._implementation(name)
    assert len(registry.signatures()) == 118


def test_names_may_be_namespaced() -> None:
    assert call("core::upper", [known("a")], CONTEXT) == "A"
    assert exists("core::upper")
    assert exists("upper")
    assert exists("provider::aws::arn_parse")
    assert not exists("core::nosuch")


def test_functions_of_providers_are_symbols() -> None:
    value = call("provider::aws::arn_parse", [known("arn:aws:s3:::a")], CONTEXT)
    assert isinstance(value, Symbolic)


def test_a_plain_function_of_an_unknown_is_a_symbol_of_its_type() -> None:
    value = call("sha256", [X], CONTEXT)
    assert isinstance(value, Symbolic)
    assert value.type == STRING
    assert value.key == "sha256(var.x)"


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("nosuch", [known(1)], 'There is no function named "nosuch"'),
        ("upper", [], 'Missing value for "str"'),
        ("upper", [known("a"), known("b")], "expects only 1 argument"),
        ("upper", [known(None)], "argument must not be null"),
        ("upper", [known([])], "string required"),
        ("list", [known("a")], "tolist"),
    ],
)
def test_wrong_calls_are_errors(name: str, arguments: list[Value], message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        call(name, arguments, CONTEXT)


def test_the_last_argument_can_be_expanded() -> None:
    assert call("max", [known(1), known([5, 3])], CONTEXT, expand_last=True) == 5
    with pytest.raises(EvaluationError, match="must not be null"):
        call("max", [known(None)], CONTEXT, expand_last=True)
