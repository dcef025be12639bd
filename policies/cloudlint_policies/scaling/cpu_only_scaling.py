from collections.abc import Iterator

from cloudlint.concepts.scaling import ScalingTarget
from cloudlint.policy import Finding, policy
from cloudlint.values import Value, known


@policy(
    severity="medium",
    production_only=True,
    standard="A: Auto-Scaling, requests per target or p95 latency, not CPU alone",
)
def cpu_only_scaling(target: ScalingTarget) -> Iterator[Finding]:
    """A tier that scales on CPU or memory alone reacts after its users have already waited.

    Judged is whatever somebody waits for: a service or group behind a load balancer, the readers
    of a database, a worker whose queue the configuration shows. One policy driven by requests,
    latency, queue depth or another metric of the work itself is enough; policies that alarms
    drive count by what the alarms watch.

    Fix: track `ALBRequestCountPerTarget`, a latency metric or the depth of the queue; CPU can
    stay as a second signal.

    ## Bad
    ```terraform
    resource "aws_ecs_service" "web" {
      name = "web"

      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1"
        container_name   = "web"
        container_port   = 8080
      }
    }

    resource "aws_appautoscaling_target" "web" {
      service_namespace  = "ecs"
      resource_id        = "service/main/${aws_ecs_service.web.name}"
      scalable_dimension = "ecs:service:DesiredCount"
      min_capacity       = 2
      max_capacity       = 10
    }

    resource "aws_appautoscaling_policy" "cpu" {
      name               = "cpu"
      policy_type        = "TargetTrackingScaling"
      service_namespace  = aws_appautoscaling_target.web.service_namespace
      resource_id        = aws_appautoscaling_target.web.resource_id
      scalable_dimension = aws_appautoscaling_target.web.scalable_dimension

      target_tracking_scaling_policy_configuration {
        target_value = 70

        predefined_metric_specification {
          predefined_metric_type = "ECSServiceAverageCPUUtilization"  # <-- finding
        }
      }
    }
    ```
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"]
    }

    resource "aws_autoscaling_policy" "out" {
      name                   = "out"
      autoscaling_group_name = aws_autoscaling_group.web.name
      adjustment_type        = "ChangeInCapacity"
      scaling_adjustment     = 1
    }

    resource "aws_cloudwatch_metric_alarm" "busy" {
      alarm_name          = "busy"
      metric_name         = "CPUUtilization"  # <-- finding
      namespace           = "AWS/EC2"
      comparison_operator = "GreaterThanThreshold"
      evaluation_periods  = 2
      alarm_actions       = [aws_autoscaling_policy.out.arn]
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"]
    }

    resource "aws_autoscaling_policy" "cpu" {
      name                   = "cpu"
      autoscaling_group_name = aws_autoscaling_group.web.name
      policy_type            = "TargetTrackingScaling"

      target_tracking_configuration {
        target_value = 60

        predefined_metric_specification {
          predefined_metric_type = "ASGAverageCPUUtilization"
        }
      }
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
    variable "metric" {
      type = string
    }

    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"]
    }

    resource "aws_autoscaling_policy" "web" {
      name                   = "web"
      autoscaling_group_name = aws_autoscaling_group.web.name
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
    policies = [scaling for scaling in target.policies() if scaling.acts.truth() is not False]
    if not policies or not target.is_waited_for():
        return
    other_signal: Value = known(False)
    for scaling in policies:
        other_signal = other_signal | (scaling.exists & scaling.acts & ~scaling.is_utilisation_only)
    if not other_signal:
        first = next(metric.name for scaling in policies for metric in scaling.metrics)
        yield Finding(
            f"{target} scales on CPU or memory only ({first}): it reacts after its users have "
            "already waited",
            at=first,
        )
