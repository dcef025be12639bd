from __future__ import annotations

import pytest

from cloudlint_policies.scaling.fixed_capacity import fixed_capacity as policy
from judging import Judge


def group(more: str = "") -> str:
    return f"""
resource "aws_autoscaling_group" "g" {{
  name           = "g"
  load_balancers = ["web"]
  {more}
}}
"""


def service(more: str = "", port: str = "container_port = 80") -> str:
    return f"""
resource "aws_ecs_service" "s" {{
  name = "web"
  {more}
  load_balancer {{
    {port}
  }}
}}
"""


SCHEDULE = """
resource "aws_autoscaling_schedule" "s" {
  autoscaling_group_name = "g"
}
"""
TARGET = """
resource "aws_appautoscaling_target" "t" {
  service_namespace = "ecs"
  resource_id       = "service/main/web"
}
"""
PROVIDER = """
resource "aws_ecs_capacity_provider" "p" {
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.g.arn
    managed_scaling {
      status = "ENABLED"
    }
  }
}
"""
TAG = 'tag {\n key = "k8s.io/cluster-autoscaler/enabled"\n value = "true"\n }'


@pytest.mark.parametrize("text", [group(), service(), service() + TARGET.replace("web", "api")])
def test_what_nothing_scales_is_found(judged: Judge, text: str) -> None:
    assert len(judged({"main.tf": text}, policy).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        group() + SCHEDULE,
        group() + PROVIDER,
        group(TAG),
        service('scheduling_strategy = "DAEMON"'),
        service() + TARGET,
        'resource "aws_autoscaling_group" "g" {\n  max_size = 3\n}\n',
    ],
)
def test_what_scales_or_need_not_is_fine(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_a_target_of_an_unknown_service_is_undecided(judged: Judge) -> None:
    text = service() + TARGET.replace('"service/main/web"', "var.id") + 'variable "id" {}\n'
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.id has no value"])
