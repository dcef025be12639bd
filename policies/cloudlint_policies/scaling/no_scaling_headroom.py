from collections.abc import Iterator

from cloudlint.concepts.base import at_least
from cloudlint.concepts.scaling import Bounds, ScalingTarget
from cloudlint.policy import Finding, policy
from cloudlint.values import Value, applied, known, same


@policy(
    severity="medium",
    production_only=True,
    standard="B: Auto-Scaling, from `min_capacity = 2` to `max_capacity = 10`",
)
def no_scaling_headroom(target: ScalingTarget) -> Iterator[Finding]:
    """Where the minimum equals the maximum nothing can scale, whatever the policies say.

    What is switched off (a maximum of 0) is left alone, and so is a group of one behind no load
    balancer that no policy touches: it is there to be replaced, not to grow.

    Fix: raise the maximum to what the peak takes and quotas allow.

    ## Bad
    ```terraform
    resource "aws_appautoscaling_target" "web" {
      service_namespace  = "ecs"
      resource_id        = "service/main/web"
      scalable_dimension = "ecs:service:DesiredCount"
      min_capacity       = 4
      max_capacity       = 4  # <-- finding
    }
    ```
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size = 3
      max_size = 3  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size = 3
      max_size = 9
    }
    ```
    ## Undecided
    ```terraform
    variable "maximum" {
      type = number
    }

    resource "aws_autoscaling_group" "web" {
      min_size = 3
      max_size = var.maximum
    }
    ```
    """
    bounds = target.bounds()
    if bounds is None:
        return
    stuck = _are_same(bounds) & at_least(bounds.maximum, 1)
    if stuck.truth() is not False and not target.is_registered:
        stuck = stuck & (at_least(bounds.maximum, 2) | target.is_balanced() | target.has_policy)
    if stuck:
        yield Finding(
            f"{target} ({target.kind}) has no room to scale: its minimum and its "
            f"`{bounds.argument}` are both {bounds.maximum}",
            at=bounds.maximum,
        )


def _are_same(bounds: Bounds) -> Value:
    answer = same(bounds.minimum, bounds.maximum)
    if answer is None:
        return applied("==", bounds.minimum, bounds.maximum)
    return known(answer)
