from collections.abc import Iterator

from cloudlint.concepts.compute import ComputeTier, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="B: survive the loss of an Availability Zone; Fargate, `min_capacity = 2`",
)
def single_instance_compute(tier: ComputeTier) -> Iterator[Finding]:
    """A load balancer in front of one copy: whatever happens to the copy, users see it.

    Judged is what a tier may come down to: `min_size` of an autoscaling group, `min_capacity` of
    an ECS service's scalable target (its `desired_count` where it has none), `MinSize` of a
    Beanstalk environment, the machines behind one target group. Tiers without a load balancer,
    daemons, tiers that a schedule takes down to nothing and what is switched off (`desired_count`
    or a maximum of 0) are left alone. Autoscaling groups behind one target group are one tier:
    there may be one of one copy in every zone.

    Fix: keep two copies or more.

    ## Bad
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size       = 1  # <-- finding
      max_size       = 6
      load_balancers = ["web"]
    }
    ```
    ```terraform
    resource "aws_ecs_service" "web" {
      name          = "web"
      desired_count = 3

      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"
        container_name   = "web"
        container_port   = 8080
      }
    }

    resource "aws_appautoscaling_target" "web" {
      service_namespace  = "ecs"
      resource_id        = "service/main/${aws_ecs_service.web.name}"
      scalable_dimension = "ecs:service:DesiredCount"
      min_capacity       = 1  # <-- finding
      max_capacity       = 10
    }
    ```
    ## Good
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size       = 2
      max_size       = 6
      load_balancers = ["web"]
    }

    resource "aws_autoscaling_group" "worker" {
      min_size = 1
      max_size = 6
    }
    ```
    ## Undecided
    ```terraform
    variable "minimum" {
      type = number
    }

    resource "aws_autoscaling_group" "web" {
      min_size       = var.minimum
      max_size       = 6
      load_balancers = ["web"]
    }
    ```
    """
    for requirement in unmet(tier.copies()):
        yield Finding(
            f"{tier} ({tier.kind}) may come down to fewer than two copies behind its load "
            f"balancer: {requirement.problem}",
            at=requirement.at,
        )
