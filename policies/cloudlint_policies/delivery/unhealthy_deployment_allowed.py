from collections.abc import Iterator

from cloudlint.concepts.rollouts import Rollout, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="A: Deployment, pattern and rollback budget; triggers on health checks and error rate",
)
def unhealthy_deployment_allowed(rollout: Rollout) -> Iterator[Finding]:
    """A deployment that may replace every copy at once takes the service down when the new release
    is bad, and some take it down when it is good.

    Judged are a minimum of 0 % healthy copies (ECS, instance refresh, CodeDeploy), policies that
    change all at once (CodeDeploy; Beanstalk, whose default it is), and CodeDeploy groups behind a
    load balancer that no alarm stops. ECS services, autoscaling groups and Beanstalk environments
    without a load balancer, and daemons, may go down.

    Fix: keep healthy copies during deployments, shift traffic in steps, and stop on alarms.

    ## Bad
    ```terraform
    resource "aws_ecs_service" "web" {
      name                               = "web"
      deployment_minimum_healthy_percent = 0  # <-- finding

      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"
        container_name   = "web"
        container_port   = 8080
      }
    }
    ```
    ```terraform
    resource "aws_codedeploy_deployment_group" "web" {  # <-- finding
      app_name               = "web"
      deployment_group_name  = "production"
      deployment_config_name = "CodeDeployDefault.AllAtOnce"  # <-- finding

      load_balancer_info {
        elb_info {
          name = "web"
        }
      }
    }
    ```
    ```terraform
    resource "aws_elastic_beanstalk_environment" "web" {
      name        = "web"
      application = "web"

      setting {
        namespace = "aws:elasticbeanstalk:command"
        name      = "DeploymentPolicy"
        value     = "AllAtOnce"  # <-- finding
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_ecs_service" "report" {
      name                               = "report"
      deployment_minimum_healthy_percent = 0
    }

    resource "aws_codedeploy_deployment_group" "web" {
      app_name               = "web"
      deployment_group_name  = "production"
      deployment_config_name = "CodeDeployDefault.OneAtATime"

      alarm_configuration {
        enabled = true
        alarms  = ["web-errors"]
      }

      load_balancer_info {
        elb_info {
          name = "web"
        }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "minimum" {
      type = number
    }

    resource "aws_ecs_service" "web" {
      name                               = "web"
      deployment_minimum_healthy_percent = var.minimum

      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/1"
        container_name   = "web"
        container_port   = 8080
      }
    }
    ```
    """
    for requirement in unmet(rollout.health()):
        message = f"a deployment of {rollout} ({rollout.kind}) may take it down"
        yield Finding(f"{message}: {requirement.problem}", at=requirement.at)
