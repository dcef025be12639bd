from __future__ import annotations

import pytest

from cloudlint_policies.scaling.slow_boot_without_warm_pool import (
    slow_boot_without_warm_pool as policy,
)
from judging import Judge


def group(body: str, warm_up: int = 60) -> str:
    return f"""
resource "aws_autoscaling_group" "g" {{
  {body}
}}
resource "aws_autoscaling_policy" "p" {{
  autoscaling_group_name    = aws_autoscaling_group.g.name
  estimated_instance_warmup = {warm_up}
}}
"""


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        (group("health_check_grace_period = 600"), "health_check_grace_period"),
        (group("default_instance_warmup = 900"), "default_instance_warmup"),
        (group("", 1200), "estimated_instance_warmup"),
    ],
)
def test_slow_boots_are_found(judged: Judge, text: str, argument: str) -> None:
    (found,) = judged({"main.tf": text}, policy).places
    assert argument in found


@pytest.mark.parametrize(
    "text", [group(""), group("health_check_grace_period = 599"), group("warm_pool {}", 1200)]
)
def test_quick_boots_and_warm_pools_are_fine(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent
