from collections.abc import Iterator

from cloudlint.concepts.compute import ComputeTier, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard='P: Multi-AZ Auto Scaling Group, `health_check_type = "ELB"`',
)
def instance_only_health_check(tier: ComputeTier) -> Iterator[Finding]:
    """A group that looks at its machines only keeps those that run but no longer answer.

    The load balancer stops sending requests to such a machine; the autoscaling group replaces it
    only where it heeds the load balancer's checks. Groups without a load balancer are left alone.

    Fix: set `health_check_type = "ELB"`, and a grace period that covers the start.

    ## Bad
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"]
      health_check_type = "EC2"  # <-- finding
    }
    ```
    ```terraform
    resource "aws_autoscaling_group" "web" {  # <-- finding
      min_size = 2
      max_size = 6
    }

    resource "aws_autoscaling_attachment" "web" {
      autoscaling_group_name = aws_autoscaling_group.web.name
      lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-west-1:1111:targetgroup/w/1"
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"]
      health_check_type = "ELB"
    }

    resource "aws_autoscaling_group" "worker" {
      min_size = 2
      max_size = 6
    }
    ```
    ## Undecided
    ```terraform
    variable "target_group_arns" {
      type = list(string)
    }

    resource "aws_autoscaling_group" "web" {
      min_size          = 2
      max_size          = 6
      target_group_arns = var.target_group_arns
    }
    ```
    """
    for requirement in unmet(tier.health()):
        yield Finding(
            f"{tier} ({tier.kind}) keeps copies that its load balancer finds unhealthy: "
            f"{requirement.problem}",
            at=requirement.at,
        )
