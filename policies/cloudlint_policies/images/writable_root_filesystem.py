from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.containers import Container
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    strict=True,
    security=True,
    standard="+: what runs cannot change its own program",
)
def writable_root_filesystem(container: Container) -> Iterator[Finding]:
    """Who breaks into a container with a writable root file system can plant a program there.

    Judged are compose services, and the containers that Terraform runs on ECS, Batch, Kubernetes
    and Docker; Windows has no such option.

    Fix: set `read_only: true` (`readonlyRootFilesystem` in a task definition,
    `read_only_root_filesystem` in Kubernetes) and mount a `tmpfs` or a volume where the program has
    to write.

    ## Bad
    ```compose
    services:
      web:  # <-- finding
        image: example/web:1.0.3
    ```
    ```terraform
    resource "aws_ecs_task_definition" "web" {
      family = "web"
      container_definitions = jsonencode([{
        name                   = "web"
        image                  = "example/web:1.0.3"
        readonlyRootFilesystem = false  # <-- finding
      }])
    }
    ```
    ## Good
    ```compose
    services:
      web:
        image: example/web:1.0.3
        read_only: true
        tmpfs: [/tmp]
    ```
    ## Undecided
    ```terraform
    variable "read_only" {
      type = bool
    }

    resource "aws_ecs_task_definition" "web" {
      family = "web"
      container_definitions = jsonencode([{
        name                   = "web"
        image                  = "example/web:1.0.3"
        readonlyRootFilesystem = var.read_only
      }])
    }
    ```
    """
    for missing in unmet(container.read_only_root()):
        yield Finding(f"{container.what} {missing.problem}", at=missing.at)
