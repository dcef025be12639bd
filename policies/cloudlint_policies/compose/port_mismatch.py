from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.ports import PortChain
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard="+: what is published is what the container listens on",
)
def port_mismatch(chain: PortChain) -> Iterator[Finding]:
    """Traffic that is sent to a port on which nothing listens never arrives.

    A compose service publishes a port of the image that it builds, a container in Terraform maps
    one of its image, and a load balancer asks a port that the container maps. Images and
    Dockerfiles are matched by build context, or by the image repository's and the folder's name.
    One port in common is enough, others may be for debugging; services and containers with a
    command of their own, or with a variable like `PORT` that says so, listen elsewhere and are left
    alone, and so is a target group's port: ECS registers the container's.

    Fix: hand on the port that the process in the container listens on, and `EXPOSE` that one.

    ## Bad
    ```compose
    services:
      web:
        build: web
        ports:
          - "8080:80"  # <-- finding
    ```
    ```dockerfile web/Dockerfile with
    FROM node:22.12.0-slim
    EXPOSE 3000
    CMD ["node", "server.js"]
    ```
    ```terraform
    resource "aws_ecs_task_definition" "web" {
      family = "web"
      container_definitions = jsonencode([{
        name         = "web"
        image        = "shop/web:1.0.3"
        portMappings = [{ containerPort = 3000 }]
      }])
    }

    resource "aws_ecs_service" "web" {
      name            = "web"
      task_definition = aws_ecs_task_definition.web.arn

      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1"
        container_name   = "web"
        container_port   = 8080  # <-- finding
      }
    }
    ```
    ## Good
    ```compose
    services:
      web:
        build: web
        ports:
          - "8080:3000"
          - "9229:9229"
    ```
    ```dockerfile web/Dockerfile with
    FROM node:22.12.0-slim
    EXPOSE 3000
    CMD ["node", "server.js"]
    ```
    ## Undecided
    ```compose
    services:
      web:
        build: web
        ports:
          - "8080:80"
    ```
    ```dockerfile web/Dockerfile with
    FROM node:22.12.0-slim
    ARG PORT
    EXPOSE ${PORT}
    CMD ["node", "server.js"]
    ```
    """
    for mismatch in unmet(chain.ports()):
        yield Finding(f"{chain.what} {mismatch.problem}", at=mismatch.at)
