from __future__ import annotations

import pytest

from cloudlint_policies.availability.missing_target_health_check import (
    missing_target_health_check as policy,
)
from judging import Judge


def group(body: str, type_: str = "aws_lb_target_group") -> str:
    return f'variable "v" {{}}\nresource "{type_}" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    "text",
    [
        group(""),
        group('target_type = "ip"', "aws_alb_target_group"),
        group("config {\n}", "aws_vpclattice_target_group"),
        group("health_check {\nenabled = false\n}"),
    ],
)
def test_no_health_check_is_found(judged: Judge, text: str) -> None:
    assert len(judged({"main.tf": text}, policy).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        group("health_check {\n}"),
        group('target_type = "lambda"'),
        group('type = "LAMBDA"', "aws_vpclattice_target_group"),
        group("config {\nhealth_check {\n}\n}", "aws_vpclattice_target_group"),
    ],
)
def test_checked_groups_and_functions_are_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    "body",
    ["target_type = var.v", 'dynamic "health_check" {\nfor_each = var.v\ncontent {}\n}'],
)
def test_what_depends_on_a_variable_is_undecided(judged: Judge, body: str) -> None:
    outcome = judged({"main.tf": group(body)}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])
