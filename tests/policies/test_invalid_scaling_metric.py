from __future__ import annotations

import pytest

from cloudlint_policies.scaling.invalid_scaling_metric import invalid_scaling_metric as policy
from judging import Judge


def tracking(namespace: str, metric: str) -> str:
    return f"""
variable "v" {{ type = string }}
resource "aws_appautoscaling_policy" "p" {{
  service_namespace = {namespace}
  resource_id       = "x"
  target_tracking_scaling_policy_configuration {{
    predefined_metric_specification {{
      predefined_metric_type = "{metric}"
    }}
  }}
}}
"""


def predicting(block: str, metric: str) -> str:
    return f"""
resource "aws_autoscaling_policy" "p" {{
  policy_type = "PredictiveScaling"
  predictive_scaling_configuration {{
    metric_specification {{
      target_value = 10
      predefined_{block}_specification {{
        predefined_metric_type = "{metric}"
      }}
    }}
  }}
}}
"""


def forecasting(block: str, metric: str) -> str:
    return f"""
resource "aws_appautoscaling_policy" "p" {{
  service_namespace = "ecs"
  resource_id       = "x"
  predictive_scaling_policy_configuration {{
    metric_specification {{
      target_value = 10
      predefined_{block}_specification {{
        predefined_metric_type = "{metric}"
      }}
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (tracking('"ecs"', "ALBTargetResponseTime"), "AWS has no predefined metric"),
        (tracking("var.v", "ECSServiceAverageLatency"), "AWS has no predefined metric"),
        (tracking('"ecs"', "ASGAverageCPUUtilization"), "is no predefined metric of"),
        (tracking('"rds"', "NeptuneReaderAverageCPUUtilization"), "is no predefined metric of"),
        (predicting("load_metric", "ASGAverageCPUUtilization"), "is no predefined metric of"),
        (forecasting("metric_pair", "ASGCPUUtilization"), "is no predefined metric of"),
        (forecasting("load_metric", "ECSServiceLoad"), "AWS has no predefined metric"),
    ],
)
def test_names_that_aws_does_not_have_there_are_found(
    judged: Judge, text: str, message: str
) -> None:
    outcome = judged({"main.tf": text}, policy)
    assert message in outcome.messages[0]
    assert "predefined_metric_type" in outcome.places[0]


@pytest.mark.parametrize(
    "text",
    [
        tracking('"ecs"', "ALBRequestCountPerTarget"),
        tracking('"dynamodb"', "DynamoDBReadCapacityUtilization"),
        predicting("metric_pair", "ALBRequestCount"),
        forecasting("metric_pair", "ECSServiceMemoryUtilization"),
        forecasting("load_metric", "TotalALBRequestCount"),
        'resource "aws_autoscaling_policy" "p" {\n  scaling_adjustment = 1\n}\n',
    ],
)
def test_names_that_fit_are_fine(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_an_unknown_namespace_is_undecided(judged: Judge) -> None:
    outcome = judged({"main.tf": tracking("var.v", "ASGAverageCPUUtilization")}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.v has no value"])
