from __future__ import annotations

import pytest

from cloudlint_policies.availability.instance_only_health_check import (
    instance_only_health_check as policy,
)
from judging import Judge

ARN = '"arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"'


def group(body: str) -> str:
    return f'variable "v" {{}}\nresource "aws_autoscaling_group" "x" {{\nname = "x"\n{body}\n}}\n'


@pytest.mark.parametrize(
    "body",
    [
        f"target_group_arns = [{ARN}]",
        'load_balancers = ["classic"]',
        f'health_check_type = "EC2,EBS"\ntraffic_source {{\nidentifier = {ARN}\n}}',
    ],
)
def test_groups_behind_a_load_balancer_are_found(judged: Judge, body: str) -> None:
    assert len(judged({"main.tf": group(body)}, policy).findings) == 1


def test_an_attachment_by_name_counts(judged: Judge) -> None:
    attachment = """
resource "aws_autoscaling_attachment" "x" {
  autoscaling_group_name = "x"
  elb                    = "classic"
}
"""
    assert len(judged({"main.tf": group("") + attachment}, policy).findings) == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "target_group_arns = []",
        f'target_group_arns = [{ARN}]\nhealth_check_type = "ELB"',
        f'target_group_arns = [{ARN}]\nhealth_check_type = "EBS,ELB"',
        'target_group_arns = var.v\nhealth_check_type = "ELB"',
        'health_check_type = "EC2"',
    ],
)
def test_heeding_groups_and_workers_are_silent(judged: Judge, body: str) -> None:
    assert judged({"main.tf": group(body)}, policy).is_silent
