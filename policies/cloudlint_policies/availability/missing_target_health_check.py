from collections.abc import Iterator

from cloudlint.concepts.load_balancing import TargetGroup, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard="A: Deployment Patterns, a health check before registration; P: ECS Microservices",
)
def missing_target_health_check(group: TargetGroup) -> Iterator[Finding]:
    """A target group that is not told what healthy means sends requests to broken targets.

    Without a `health_check` block AWS asks for `/` or opens a connection, which says little about
    a service. Groups of Lambda functions are left alone.

    Fix: add a `health_check` with a path that the service answers only when it can do its work.

    ## Bad
    ```terraform
    resource "aws_lb_target_group" "web" {  # <-- finding
      port     = 8080
      protocol = "HTTP"
    }
    ```
    ```terraform
    resource "aws_lb_target_group" "web" {
      port     = 8080
      protocol = "HTTP"

      health_check {
        enabled = false  # <-- finding
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_lb_target_group" "web" {
      port     = 8080
      protocol = "HTTP"

      health_check {
        path = "/healthz"
      }
    }

    resource "aws_lb_target_group" "thumbnails" {
      target_type = "lambda"
    }
    ```
    ## Undecided
    ```terraform
    variable "checked" {
      type = bool
    }

    resource "aws_lb_target_group" "web" {
      port     = 8080
      protocol = "HTTP"

      health_check {
        enabled = var.checked
      }
    }
    ```
    """
    for requirement in unmet(group.health_check()):
        yield Finding(
            f"{group} is not told what a healthy target is: {requirement.problem}",
            at=requirement.at,
        )
