from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.scaling import ScalingTarget
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    standard="A: Auto-Scaling, warm pools for slow-booting AMIs",
)
def slow_boot_without_warm_pool(target: ScalingTarget) -> Iterator[Finding]:
    """Machines that take ten minutes to boot come too late for the load that called for them.

    Judged by what an autoscaling group says itself: a grace period for health checks, or a
    warm-up, of 600 seconds or more.

    Fix: add a `warm_pool`, or bake an image that is ready sooner.

    ## Bad
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size                  = 2
      max_size                  = 9
      health_check_grace_period = 900  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size                  = 2
      max_size                  = 9
      health_check_grace_period = 900

      warm_pool {
        min_size = 2
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "grace" {
      type = number
    }

    resource "aws_autoscaling_group" "web" {
      min_size                  = 2
      max_size                  = 9
      health_check_grace_period = var.grace
    }
    ```
    """
    for requirement in unmet(target.boots())[:1]:
        yield Finding(
            f"{target} boots slowly ({requirement.problem}) and has no `warm_pool`",
            at=requirement.at,
        )
