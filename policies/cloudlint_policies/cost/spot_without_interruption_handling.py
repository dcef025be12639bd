from collections.abc import Iterator

from cloudlint.concepts.spot import SpotCapacity, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard="A: Cost Optimisation, spot with a graceful shutdown handler",
)
def spot_without_interruption_handling(capacity: SpotCapacity) -> Iterator[Finding]:
    """AWS takes spot capacity back at two minutes' notice, and here nothing heeds the notice.

    An autoscaling group or a fleet needs `capacity_rebalance`, a hook on termination, machines
    that listen themselves (the ECS agent's draining, a termination handler) or a rule of
    EventBridge that hears of interruptions. ECS services need some FARGATE beside FARGATE_SPOT,
    and containers that have the usual 30 seconds to stop in. Managed nodes of EKS and jobs of
    AWS Batch are left alone: both are replaced by those services.

    Fix: set `capacity_rebalance = true`, or drain in a hook on termination; give FARGATE a base.

    ## Bad
    ```terraform
    resource "aws_autoscaling_group" "workers" {  # <-- finding
      min_size = 2
      max_size = 9

      mixed_instances_policy {
        instances_distribution {
          on_demand_base_capacity                  = 1
          on_demand_percentage_above_base_capacity = 0
        }
        launch_template {
          launch_template_specification {
            launch_template_id = "lt-0123456789abcdef0"
          }
        }
      }
    }
    ```
    ```terraform
    resource "aws_ecs_service" "thumbnails" {
      name            = "thumbnails"
      task_definition = "thumbnails"

      capacity_provider_strategy {
        capacity_provider = "FARGATE_SPOT"  # <-- finding
        weight            = 1
      }
    }
    ```
    ```terraform
    resource "aws_ecs_task_definition" "thumbnails" {
      family = "thumbnails"
      container_definitions = jsonencode([{
        name        = "thumbnails"
        image       = "shop/thumbnails:1.0.3"
        stopTimeout = 5  # <-- finding
      }])
    }

    resource "aws_ecs_service" "thumbnails" {
      name            = "thumbnails"
      task_definition = aws_ecs_task_definition.thumbnails.arn

      capacity_provider_strategy {
        capacity_provider = "FARGATE"
        base              = 1
      }
      capacity_provider_strategy {
        capacity_provider = "FARGATE_SPOT"
        weight            = 1
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_launch_template" "workers" {
      instance_market_options {
        market_type = "spot"
      }
    }

    resource "aws_autoscaling_group" "workers" {
      min_size           = 2
      max_size           = 9
      capacity_rebalance = true

      launch_template {
        id = aws_launch_template.workers.id
      }
    }

    resource "aws_autoscaling_group" "drained" {
      name     = "drained"
      min_size = 2
      max_size = 9

      launch_template {
        id = aws_launch_template.workers.id
      }
    }

    resource "aws_autoscaling_lifecycle_hook" "drain" {
      name                   = "drain"
      autoscaling_group_name = aws_autoscaling_group.drained.name
      lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
    }
    ```
    ## Undecided
    ```terraform
    variable "on_demand" {
      type = number
    }

    resource "aws_autoscaling_group" "workers" {
      min_size = 2
      max_size = 9

      mixed_instances_policy {
        instances_distribution {
          on_demand_percentage_above_base_capacity = var.on_demand
        }
      }
    }
    ```
    """
    for requirement in unmet(capacity.readiness()):
        yield Finding(
            f"{capacity} ({capacity.kind}) is not ready to lose capacity: {requirement.problem}",
            at=requirement.at,
        )
