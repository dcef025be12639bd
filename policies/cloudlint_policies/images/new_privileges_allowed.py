from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.containers import Container
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    strict=True,
    security=True,
    standard="+: no process gains privileges that it was not started with",
)
def new_privileges_allowed(container: Container) -> Iterator[Finding]:
    """A set-user-id program in the image turns any user of the container into root.

    Judged are compose services, and the containers that Terraform runs on Docker, on Kubernetes and
    with ECS on instances; on Fargate and on Windows there is no such option.

    Fix: add `no-new-privileges:true` to `security_opt` (`no-new-privileges` to
    `dockerSecurityOptions` in a task definition), or `allow_privilege_escalation = false` in
    Kubernetes.

    ## Bad
    ```compose
    services:
      web:  # <-- finding
        image: example/web:1.0.3
    ```
    ```terraform
    resource "aws_ecs_task_definition" "web" {
      family                   = "web"
      requires_compatibilities = ["EC2"]
      container_definitions = jsonencode([{
        name                  = "web"
        image                 = "example/web:1.0.3"
        dockerSecurityOptions = ["apparmor:web"]  # <-- finding
      }])
    }
    ```
    ## Good
    ```compose
    services:
      web:
        image: example/web:1.0.3
        security_opt: ["no-new-privileges:true"]
    ```
    ```terraform
    resource "aws_ecs_task_definition" "web" {
      family                   = "web"
      requires_compatibilities = ["FARGATE"]
      container_definitions = jsonencode([{
        name  = "web"
        image = "example/web:1.0.3"
      }])
    }
    ```
    ## Undecided
    ```compose
    services:
      web:
        image: example/web:1.0.3
        security_opt: ["${SECURITY}"]
    ```
    """
    for missing in unmet(container.no_new_privileges()):
        yield Finding(f"{container.what} {missing.problem}", at=missing.at)
