from collections.abc import Iterator

from cloudlint.concepts.scaling import ScalingTarget
from cloudlint.policy import Finding, policy
from cloudlint.values import Value, known


@policy(
    severity="low",
    standard="B: Auto-Scaling, add capacity above a threshold and remove it below another",
)
def one_way_scaling(target: ScalingTarget) -> Iterator[Finding]:
    """A target that only grows costs its peak for ever; one that only shrinks never recovers.

    All policies of a target count together: one that scales out and another that scales in are
    fine. So is a schedule that resets the size.

    Fix: leave `disable_scale_in` at false, or add a policy for the other way.

    ## Bad
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size = 2
      max_size = 9
    }

    resource "aws_autoscaling_policy" "requests" {
      name                   = "requests"
      autoscaling_group_name = aws_autoscaling_group.web.name
      policy_type            = "TargetTrackingScaling"

      target_tracking_configuration {
        target_value     = 500
        disable_scale_in = true  # <-- finding

        predefined_metric_specification {
          predefined_metric_type = "ALBRequestCountPerTarget"
        }
      }
    }
    ```
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size = 2
      max_size = 9
    }

    resource "aws_autoscaling_policy" "out" {
      name                   = "out"
      autoscaling_group_name = aws_autoscaling_group.web.name
      adjustment_type        = "ChangeInCapacity"
      scaling_adjustment     = 2  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size = 2
      max_size = 9
    }

    resource "aws_autoscaling_policy" "out" {
      name                   = "out"
      autoscaling_group_name = aws_autoscaling_group.web.name
      adjustment_type        = "ChangeInCapacity"
      scaling_adjustment     = 2
    }

    resource "aws_autoscaling_policy" "in" {
      name                   = "in"
      autoscaling_group_name = aws_autoscaling_group.web.name
      adjustment_type        = "ChangeInCapacity"
      scaling_adjustment     = -1
    }
    ```
    ## Undecided
    ```terraform
    variable "step" {
      type = number
    }

    resource "aws_autoscaling_group" "web" {
      min_size = 2
      max_size = 9
    }

    resource "aws_autoscaling_policy" "web" {
      name                   = "web"
      autoscaling_group_name = aws_autoscaling_group.web.name
      adjustment_type        = "ChangeInCapacity"
      scaling_adjustment     = var.step
    }
    ```
    """
    grows: Value = known(False)
    shrinks: Value = known(False)
    for scaling in target.policies():
        up, down = scaling.directions()
        grows = (grows | (scaling.exists & up)).used_at(up.place)
        shrinks = (shrinks | (scaling.exists & down)).used_at(down.place)
    one_way = (grows & ~shrinks) | (shrinks & ~grows)
    if one_way.truth() is not False and one_way & ~target.is_scheduled():
        problem, decisive = ("in", shrinks) if grows else ("out", grows)
        yield Finding(f"{target} ({target.kind}) never scales {problem}", at=decisive)
