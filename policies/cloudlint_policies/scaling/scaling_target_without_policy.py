from collections.abc import Iterator

from cloudlint.concepts.scaling import ScalingTarget
from cloudlint.policy import Finding, policy


@policy(
    severity="high",
    standard="B: Auto-Scaling, a scalable target and the policies that move it",
)
def scaling_target_without_policy(target: ScalingTarget) -> Iterator[Finding]:
    """A scalable target that no policy moves looks like autoscaling and is none.

    Policies count that refer to the target and those that name the same `resource_id` (and the
    same dimension: a table's reads and writes are two targets). A scheduled action counts too.

    Fix: add an `aws_appautoscaling_policy` for the target, or remove the target.

    ## Bad
    ```terraform
    resource "aws_appautoscaling_target" "web" {  # <-- finding
      service_namespace  = "ecs"
      resource_id        = "service/main/web"
      scalable_dimension = "ecs:service:DesiredCount"
      min_capacity       = 2
      max_capacity       = 10
    }
    ```
    ## Good
    ```terraform
    resource "aws_appautoscaling_target" "web" {
      service_namespace  = "ecs"
      resource_id        = "service/main/web"
      scalable_dimension = "ecs:service:DesiredCount"
      min_capacity       = 2
      max_capacity       = 10
    }

    resource "aws_appautoscaling_policy" "web" {
      name               = "requests"
      policy_type        = "TargetTrackingScaling"
      service_namespace  = aws_appautoscaling_target.web.service_namespace
      resource_id        = aws_appautoscaling_target.web.resource_id
      scalable_dimension = aws_appautoscaling_target.web.scalable_dimension

      target_tracking_scaling_policy_configuration {
        target_value = 500

        predefined_metric_specification {
          predefined_metric_type = "ALBRequestCountPerTarget"
        }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "service" {
      type = string
    }

    resource "aws_appautoscaling_target" "web" {
      service_namespace  = "ecs"
      resource_id        = "service/main/web"
      scalable_dimension = "ecs:service:DesiredCount"
      min_capacity       = 2
      max_capacity       = 10
    }

    resource "aws_appautoscaling_policy" "web" {
      name               = "requests"
      policy_type        = "StepScaling"
      service_namespace  = "ecs"
      resource_id        = "service/main/${var.service}"
      scalable_dimension = "ecs:service:DesiredCount"
    }
    ```
    """
    if target.is_registered and ~(target.has_policy | target.is_scheduled()):
        yield Finding(
            f"{target} has no scaling policy: nothing ever changes the number of copies",
            at=target.resource,
        )
