from __future__ import annotations

import pytest

from cloudlint_policies.scaling.no_scaling_headroom import no_scaling_headroom as policy
from judging import Judge


def group(minimum: str, maximum: str, more: str = "") -> str:
    return f"""
variable "size" {{ type = number }}
resource "aws_autoscaling_group" "g" {{
  name     = "g"
  min_size = {minimum}
  max_size = {maximum}
  {more}
}}
"""


BALANCED = 'load_balancers = ["web"]'
POLICY = """
resource "aws_autoscaling_policy" "p" {
  autoscaling_group_name = "g"
  scaling_adjustment     = 1
}
"""
NODES = """
resource "aws_eks_node_group" "n" {
  scaling_config {
    desired_size = 3
    min_size     = 3
    max_size     = 3
  }
}
"""


@pytest.mark.parametrize(
    "text",
    [
        group("3", "3"),
        group("1", "1", BALANCED),
        group("1", "1") + POLICY,
        NODES,
    ],
)
def test_equal_bounds_are_found(judged: Judge, text: str) -> None:
    (found,) = judged({"main.tf": text}, policy).places
    assert "max_size" in found


def test_the_same_unknown_number_twice_may_be_none(judged: Judge) -> None:
    text = group("var.size + 1", "var.size + 1", BALANCED)
    outcome = judged({"main.tf": text}, policy)
    assert outcome.undecided == ["var.size has no value"]


@pytest.mark.parametrize("text", [group("0", "0", BALANCED), group("1", "1"), group("1", "2")])
def test_what_is_off_alone_or_has_room_is_fine(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_development_is_left_alone(judged: Judge) -> None:
    assert judged({"environments/dev/main.tf": group("3", "3")}, policy).is_silent
