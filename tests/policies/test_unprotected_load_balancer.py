from __future__ import annotations

import pytest

from cloudlint_policies.availability.unprotected_load_balancer import (
    unprotected_load_balancer as policy,
)
from judging import Judge

GUARDED = "enable_deletion_protection = true\n"


def balancer(body: str, type_: str = "aws_lb") -> str:
    return f'variable "v" {{}}\nresource "{type_}" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (balancer(""), "2 resource"),
        (balancer("enable_deletion_protection = false"), "3 enable_deletion_protection = false"),
        (balancer("", "aws_alb"), "2 resource"),
        (balancer(f'{GUARDED}load_balancer_type = "network"'), "2 resource"),
        (balancer(f'{GUARDED}load_balancer_type = "gateway"'), "2 resource"),
        (
            balancer("cross_zone_load_balancing = false", "aws_elb"),
            "3 cross_zone_load_balancing = false",
        ),
        (
            balancer('load_balancing_cross_zone_enabled = "false"', "aws_lb_target_group"),
            '3 load_balancing_cross_zone_enabled = "false"',
        ),
    ],
)
def test_what_is_not_protected_is_found(judged: Judge, text: str, place: str) -> None:
    (found,) = judged({"main.tf": text}, policy).places
    assert found.startswith(f"main.tf:{place}")


@pytest.mark.parametrize(
    "text",
    [
        balancer(GUARDED),
        balancer(f"{GUARDED}enable_cross_zone_load_balancing = false"),
        balancer(f'{GUARDED}load_balancer_type = "network"\nenable_cross_zone_load_balancing=true'),
        balancer("", "aws_elb"),
        balancer("", "aws_lb_target_group"),
    ],
)
def test_what_is_protected_is_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_target_groups_may_cross_zones_for_their_load_balancer(judged: Judge) -> None:
    network = balancer(f'{GUARDED}load_balancer_type = "network"')
    listener = """
resource "aws_lb_target_group" "t" {
  load_balancing_cross_zone_enabled = "true"
}
resource "aws_lb_listener" "l" {
  load_balancer_arn = aws_lb.x.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.t.arn
  }
}
"""
    assert judged({"main.tf": network + listener}, policy).is_silent


def test_a_type_that_is_not_known_is_undecided(judged: Judge) -> None:
    outcome = judged({"main.tf": balancer(f"{GUARDED}load_balancer_type = var.v")}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])
