from __future__ import annotations

import pytest

from cloudlint_policies.scaling.scaling_target_without_policy import (
    scaling_target_without_policy as policy,
)
from judging import Judge

ON = 'variable "on" {}'


def target(dimension: str, name: str = "t", more: str = "") -> str:
    return f"""
resource "aws_appautoscaling_target" "{name}" {{
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:{dimension}CapacityUnits"
  min_capacity       = 1
  max_capacity       = 9
  {more}
}}
"""


def moving(type_: str, dimension: str, more: str = "", of: str = '"table/orders"') -> str:
    return f"""
resource "aws_appautoscaling_{type_}" "p" {{
  service_namespace  = "dynamodb"
  resource_id        = {of}
  scalable_dimension = "dynamodb:table:{dimension}CapacityUnits"
  {more}
}}
"""


@pytest.mark.parametrize(
    "more",
    [
        "",
        moving("policy", "Write"),
        moving("policy", "Read", of='"table/others"'),
        moving("policy", "Read", "count = 0"),
    ],
)
def test_a_target_of_its_own_is_found(judged: Judge, more: str) -> None:
    (found,) = judged({"main.tf": target("Read") + more}, policy).places
    assert found.startswith("main.tf:1 resource")


@pytest.mark.parametrize(
    "more",
    [
        moving("policy", "Read"),
        moving("policy", "Read", of="aws_appautoscaling_target.t.resource_id"),
        moving("scheduled_action", "Read"),
    ],
)
def test_what_moves_it_is_joined_by_text_and_reference(judged: Judge, more: str) -> None:
    assert judged({"main.tf": target("Read") + more}, policy).is_silent


def test_a_policy_that_may_not_exist_is_undecided(judged: Judge) -> None:
    more = moving("policy", "Read", "count = var.on ? 1 : 0")
    outcome = judged({"main.tf": target("Read") + more, "variables.tf": ON}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.on has no value"])


def test_both_exist_on_the_same_condition(judged: Judge) -> None:
    count = "count = var.on ? 1 : 0"
    reference = "aws_appautoscaling_target.t[0].resource_id"
    more = moving("policy", "Read", count, reference)
    assert judged(
        {"main.tf": target("Read", more=count) + more, "variables.tf": ON}, policy
    ).is_silent
