from collections.abc import Iterator

from cloudlint.concepts.scaling import ScalableTier
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="B: Auto-Scaling, a fixed-size cluster is a waste of money; A: Auto-Scaling",
)
def fixed_capacity(tier: ScalableTier) -> Iterator[Finding]:
    """A tier behind a load balancer that nothing scales is too small at the peak, or too large
    all day.

    Judged are autoscaling groups and ECS services. Schedules count as scaling, and so do a
    capacity provider with managed scaling and the tags by which the cluster autoscaler of
    Kubernetes finds a group. Daemon services have one copy on each machine. A scalable target
    without policies is `scaling-target-without-policy`.

    Fix: add a target tracking policy, for ECS with an `aws_appautoscaling_target`.

    ## Bad
    ```terraform
    resource "aws_autoscaling_group" "web" {  # <-- finding
      min_size          = 2
      max_size          = 6
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"]
    }
    ```
    ```terraform
    resource "aws_ecs_service" "web" {  # <-- finding
      name          = "web"
      desired_count = 2

      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"
        container_name   = "web"
        container_port   = 8080
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"]
    }

    resource "aws_autoscaling_policy" "requests" {
      name                   = "requests"
      autoscaling_group_name = aws_autoscaling_group.web.name
      policy_type            = "TargetTrackingScaling"

      target_tracking_configuration {
        target_value = 500

        predefined_metric_specification {
          predefined_metric_type = "ALBRequestCountPerTarget"
        }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "target_groups" {
      type = list(string)
    }

    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = var.target_groups
    }
    ```
    """
    balanced = tier.is_balanced()
    if balanced.truth() is not False and balanced & ~tier.is_moved():
        yield Finding(
            f"{tier} ({tier.kind}) is behind a load balancer, and nothing scales it",
            at=tier.resource,
        )
