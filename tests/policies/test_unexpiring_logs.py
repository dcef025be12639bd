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
