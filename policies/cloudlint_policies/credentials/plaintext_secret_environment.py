from collections.abc import Iterator

from cloudlint.concepts.secrets import EnvironmentVariable
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    security=True,
    standard="P: ECS Microservices, `secrets` from Secrets Manager; R: Security Controls, Secrets",
)
def plaintext_secret_environment(variable: EnvironmentVariable) -> Iterator[Finding]:
    """A secret in a plain environment can be read by everybody who may look at the task
    definition or the function, and it stays in all earlier revisions of it.

    Judged are variables that are called like secrets and get a sensitive variable, a generated
    password or what was read from a secret store; and those of any name that hold a generated
    password, as URLs do. Hosts, ports, users and the ARNs of secrets may be handed over. A literal
    is `hard-coded-password`. Judged are ECS, Batch, Lambda, App Runner, CodeBuild, Kubernetes,
    Cloud Run and Google's functions, Azure's apps, functions, container apps and groups, and
    Docker's services: whatever can be given a reference instead.

    Fix: keep the value in Secrets Manager or Parameter Store and hand over its ARN: `secrets` with
    `valueFrom`, or the ARN for the function to read. In Kubernetes, refer to a secret's key with
    `value_from`.

    ## Bad
    ```terraform
    variable "database_password" {
      type      = string
      sensitive = true
    }

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name  = "shop"
        image = "shop:2.1.0"
        environment = [
          { name = "DATABASE_HOST", value = "db.internal" },
          { name = "DATABASE_PASSWORD", value = var.database_password },  # <-- finding
        ]
      }])
    }
    ```
    ```terraform
    resource "random_password" "database" {
      length = 32
    }

    resource "aws_lambda_function" "orders" {
      function_name = "orders"
      environment {
        variables = {
          DATABASE_URL = "postgres://shop:${random_password.database.result}@db/shop"  # <-- finding
        }
      }
    }
    ```
    ```terraform
    variable "database_password" {
      type      = string
      sensitive = true
    }

    resource "kubernetes_pod_v1" "shop" {
      metadata {
        name = "shop"
      }

      spec {
        container {
          name  = "shop"
          image = "shop:2.1.0"

          env {
            name  = "DATABASE_PASSWORD"
            value = var.database_password  # <-- finding
          }
        }
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_secretsmanager_secret" "database" {
      name = "shop/database"
    }

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name        = "shop"
        image       = "shop:2.1.0"
        environment = [{ name = "DATABASE_USER", value = "shop" }]
        secrets = [
          { name = "DATABASE_PASSWORD", valueFrom = aws_secretsmanager_secret.database.arn },
        ]
      }])
    }

    resource "aws_lambda_function" "orders" {
      function_name = "orders"
      environment {
        variables = { DATABASE_SECRET = aws_secretsmanager_secret.database.arn }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "database" {
      type = map(string)
    }

    resource "aws_lambda_function" "orders" {
      function_name = "orders"
      environment {
        variables = { DATABASE_PASSWORD = var.database["access"] }
      }
    }
    ```
    """
    if variable.is_secret:
        yield Finding(
            f"`{variable.name}` hands a secret to {variable} in plain text; give it "
            f"{variable.instead}",
            at=variable.value,
        )
