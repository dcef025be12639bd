from __future__ import annotations

import pytest

from cloudlint_policies.scaling.one_way_scaling import one_way_scaling as policy
from judging import Judge

TARGET = """
variable "on" { type = bool }
resource "aws_appautoscaling_target" "t" {
  service_namespace  = "ecs"
  resource_id        = "service/main/web"
  scalable_dimension = "ecs:service:DesiredCount"
}
"""
SCHEDULE = """
resource "aws_appautoscaling_scheduled_action" "s" {
  resource_id = aws_appautoscaling_target.t.resource_id
}
"""


def steps(name: str, *adjustments: int, kind: str = "ChangeInCapacity", more: str = "") -> str:
    blocks = "\n".join(
        f"step_adjustment {{\n scaling_adjustment = {step}\n }}" for step in adjustments
    )
    return f"""
resource "aws_appautoscaling_policy" "{name}" {{
  {more}
  resource_id = aws_appautoscaling_target.t.resource_id
  step_scaling_policy_configuration {{
    adjustment_type = "{kind}"
    {blocks}
  }}
}}
"""


@pytest.mark.parametrize(
    ("adjustments", "way"), [((1, 3), "never scales in"), ((-1,), "never scales out")]
)
def test_steps_of_one_sign_are_found(judged: Judge, adjustments: tuple[int, ...], way: str) -> None:
    outcome = judged({"main.tf": TARGET + steps("p", *adjustments)}, policy)
    assert way in outcome.messages[0]
    assert "scaling_adjustment" in outcome.places[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        steps("p", 2, -1),
        steps("p", 2) + steps("q", -1),
        steps("p", 4, kind="ExactCapacity"),
        steps("p", 2) + SCHEDULE,
    ],
)
def test_both_ways_are_fine(judged: Judge, text: str) -> None:
    assert judged({"main.tf": TARGET + text}, policy).is_silent


def test_steps_of_an_unknown_type_are_undecided(judged: Judge) -> None:
    text = TARGET + steps("p", 2).replace('"ChangeInCapacity"', "var.on")
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.on has no value"])
    assert judged({"main.tf": text + steps("q", -1)}, policy).is_silent


def test_a_way_that_may_not_exist_is_undecided(judged: Judge) -> None:
    text = TARGET + steps("p", 2) + steps("q", -1, more="count = var.on ? 1 : 0")
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.on has no value"])
