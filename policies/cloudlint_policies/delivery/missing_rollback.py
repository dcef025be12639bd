from collections.abc import Iterator

from cloudlint.concepts.rollouts import Rollout, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="A: Deployment, automatic rollback triggers on health-check failure",
)
def missing_rollback(rollout: Rollout) -> Iterator[Finding]:
    """A release that fails stays out there until somebody takes it back by hand.

    An ECS service needs a circuit breaker or deployment alarms that roll back, a CodeDeploy group
    `auto_rollback_configuration`, the instance refresh of an autoscaling group `auto_rollback`.
    Of services that CodeDeploy or an external controller deploys nothing is asked.

    Fix: roll back by itself: `deployment_circuit_breaker { enable = true, rollback = true }`.

    ## Bad
    ```terraform
    resource "aws_ecs_service" "web" {  # <-- finding
      name = "web"
    }
    ```
    ```terraform
    resource "aws_ecs_service" "web" {
      name = "web"

      deployment_circuit_breaker {
        enable   = true
        rollback = false  # <-- finding
      }
    }
    ```
    ```terraform
    resource "aws_codedeploy_deployment_group" "web" {  # <-- finding
      app_name              = "web"
      deployment_group_name = "production"
    }
    ```
    ```terraform
    resource "aws_autoscaling_group" "web" {
      min_size = 2
      max_size = 6

      instance_refresh {
        strategy = "Rolling"

        preferences {
          auto_rollback = false  # <-- finding
        }
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_ecs_service" "web" {
      name = "web"

      deployment_circuit_breaker {
        enable   = true
        rollback = true
      }
    }

    resource "aws_ecs_service" "api" {
      name = "api"

      deployment_controller {
        type = "CODE_DEPLOY"
      }
    }

    resource "aws_codedeploy_deployment_group" "api" {
      app_name              = "api"
      deployment_group_name = "production"

      auto_rollback_configuration {
        enabled = true
        events  = ["DEPLOYMENT_FAILURE"]
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "rollback" {
      type = bool
    }

    resource "aws_ecs_service" "web" {
      name = "web"

      deployment_circuit_breaker {
        enable   = true
        rollback = var.rollback
      }
    }
    ```
    """
    for requirement in unmet(rollout.rollback()):
        message = f"nothing takes back a failed release of {rollout} ({rollout.kind})"
        yield Finding(f"{message}: {requirement.problem}", at=requirement.at)
