from collections.abc import Iterator

from cloudlint.concepts.base import is_any_of
from cloudlint.concepts.scaling import PredefinedMetric
from cloudlint.policy import Finding, policy
from cloudlint.values import Known


@policy(
    severity="high",
    standard="B: Auto-Scaling, target tracking on predefined metrics",
)
def invalid_scaling_metric(metric: PredefinedMetric) -> Iterator[Finding]:
    """AWS refuses a scaling policy whose predefined metric does not exist for what it scales.

    The name has to be one that AWS has, and one for the service namespace of the policy: those
    of autoscaling groups (`ASGAverageCPUUtilization`) are not those of ECS services.

    Fix: use one of the names in the message; for any other metric use a
    `customized_metric_specification`.

    ## Bad
    ```terraform
    resource "aws_appautoscaling_policy" "latency" {
      name               = "latency"
      policy_type        = "TargetTrackingScaling"
      service_namespace  = "ecs"
      resource_id        = "service/main/web"
      scalable_dimension = "ecs:service:DesiredCount"

      target_tracking_scaling_policy_configuration {
        target_value = 0.5

        predefined_metric_specification {
          predefined_metric_type = "ALBTargetResponseTime"  # <-- finding
        }
      }
    }
    ```
    ```terraform
    resource "aws_autoscaling_policy" "cpu" {
      name                   = "cpu"
      autoscaling_group_name = "web"
      policy_type            = "TargetTrackingScaling"

      target_tracking_configuration {
        target_value = 60

        predefined_metric_specification {
          predefined_metric_type = "ECSServiceAverageCPUUtilization"  # <-- finding
        }
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_policy" "cpu" {
      name                   = "cpu"
      autoscaling_group_name = "web"
      policy_type            = "TargetTrackingScaling"

      target_tracking_configuration {
        target_value = 60

        predefined_metric_specification {
          predefined_metric_type = "ASGAverageCPUUtilization"
        }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "metric" {
      type = string
    }

    resource "aws_autoscaling_policy" "cpu" {
      name                   = "cpu"
      autoscaling_group_name = "web"
      policy_type            = "TargetTrackingScaling"

      target_tracking_configuration {
        target_value = 60

        predefined_metric_specification {
          predefined_metric_type = var.metric
        }
      }
    }
    ```
    """
    if ~is_any_of(metric.name, *sorted(metric.all)):
        fitting = _fitting(metric) if isinstance(metric.namespace, Known) else ""
        yield Finding(f"AWS has no predefined metric {metric.name}{fitting}", at=metric.name)
    elif ~is_any_of(metric.name, *sorted(metric.fitting())):
        message = f"{metric.name} is no predefined metric of {metric.namespace}{_fitting(metric)}"
        yield Finding(message, at=metric.name)


def _fitting(metric: PredefinedMetric) -> str:
    names = metric.fitting()
    return f"; it has {', '.join(sorted(names))}" if 0 < len(names) < _MANY else ""


_MANY = 10
