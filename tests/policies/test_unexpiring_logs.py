from __future__ import annotations

import pytest

from cloudlint_policies.cost.unexpiring_logs import unexpiring_logs as policy
from judging import Judge


def group(body: str) -> str:
    return f'variable "v" {{}}\nresource "aws_cloudwatch_log_group" "g" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("", "main.tf:2 resource"),
        ("retention_in_days = 0", "main.tf:3 retention_in_days = 0"),
        ("retention_in_days = null", "main.tf:3 retention_in_days = null"),
    ],
)
def test_logs_for_ever_are_found(judged: Judge, body: str, place: str) -> None:
    (found,) = judged({"main.tf": group(body)}, policy).places
    assert found.startswith(place)


@pytest.mark.parametrize("body", ["retention_in_days = 1", 'log_group_class = "DELIVERY"'])
def test_logs_that_go_are_fine(judged: Judge, body: str) -> None:
    assert judged({"main.tf": group(body)}, policy).is_silent


def test_a_choice_of_days_is_fine(judged: Judge) -> None:
    body = "retention_in_days = var.v ? 7 : 90"
    assert judged({"main.tf": group(body)}, policy).is_silent


FLOW_LOGS = """
module "network" {
  source = "terraform-aws-modules/vpc/aws"

  cidr                                 = "10.0.0.0/16"
  enable_flow_log                      = true
  create_flow_log_cloudwatch_log_group = true
  MORE
}
"""


def test_flow_logs_of_the_vpc_module(judged: Judge) -> None:
    retained = "flow_log_cloudwatch_log_group_retention_in_days = 30"
    assert len(judged({"main.tf": FLOW_LOGS.replace("MORE", "")}, policy).findings) == 1
    assert judged({"main.tf": FLOW_LOGS.replace("MORE", retained)}, policy).is_silent
    elsewhere = 'flow_log_destination_type = "s3"'
    assert judged({"main.tf": FLOW_LOGS.replace("MORE", elsewhere)}, policy).is_silent
