import re
from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.containers import Container
from cloudlint.policy import Finding, policy

_JOBS = (
    "ci cron cypress devcontainer e2e github init job jobs lint migrate migration migrations "
    "migrator playwright seed task tasks test tests tool tools"
).split()


@policy(
    severity="medium",
    standard="A: Dockerfile Checklist, set `HEALTHCHECK` explicitly",
)
def missing_container_healthcheck(
    container: Container,
    *,
    jobs: list[str] = _JOBS,
) -> Iterator[Finding]:
    """A process that hangs keeps its container, and its traffic, until somebody checks on it.

    The final stage of a Dockerfile (and any stage that a compose service builds) needs a
    `HEALTHCHECK`, unless a service that is built from it gives one. ECS does not run the image's:
    there it is the container of a service that needs a `healthCheck`, unless a load balancer asks
    it. Left alone are images that only ECS, Lambda or Kubernetes runs, as the repository shows;
    images with no command of their own, or that print their help; containers that are not
    essential to their task, and tasks that are started for one job. `jobs` lists the words in the
    names of files, stages, services and tasks that mark what runs once and ends. Whether a program
    keeps running that was installed, and not built from this repository, is known of servers only:
    where such an image exposes no port, the check is undecided. So is that of an image that runs
    as its base does, where it is not known whether the base brings a check.

    Fix: add a `HEALTHCHECK` that asks the process itself, with a program that is in the image.

    ## Bad
    ```dockerfile
    FROM node:22.12.0-slim  # <-- finding
    COPY server.js /server.js
    CMD ["node", "/server.js"]
    ```
    ```dockerfile
    FROM example/base:1.2.0
    HEALTHCHECK NONE  # <-- finding
    ```
    ```terraform
    resource "aws_ecs_task_definition" "worker" {
      family = "worker"
      container_definitions = jsonencode([{  # <-- finding
        name  = "worker"
        image = "example/worker:1.0.3"
      }])
    }

    resource "aws_ecs_service" "worker" {
      name            = "worker"
      task_definition = aws_ecs_task_definition.worker.arn
    }
    ```
    ## Good
    ```dockerfile
    FROM node:22.12.0-slim
    COPY server.js /server.js
    HEALTHCHECK CMD ["node", "/server.js", "--check"]
    CMD ["node", "/server.js"]
    ```
    ```terraform
    resource "aws_ecs_task_definition" "web" {
      family = "web"
      container_definitions = jsonencode([{
        name  = "web"
        image = "example/web:1.0.3"
      }])
    }

    resource "aws_ecs_service" "web" {
      name            = "web"
      task_definition = aws_ecs_task_definition.web.arn

      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1"
        container_name   = "web"
        container_port   = 8080
      }
    }
    ```
    ## Undecided
    ```dockerfile
    ARG BASE
    FROM ${BASE}
    CMD ["/server"]
    ```
    ```dockerfile
    FROM alpine:3.20.3
    RUN apk add --no-cache nmap
    ENTRYPOINT ["nmap"]
    ```
    ```terraform
    resource "aws_ecs_task_definition" "web" {
      family = "web"
      container_definitions = jsonencode([{
        name  = "web"
        image = "example/web:1.0.3"
      }])
    }
    ```
    """
    words = {word for name in container.names for word in re.split(r"[^a-z0-9]+", name.lower())}
    if words.intersection(jobs):
        return
    for missing in unmet(container.health_check()):
        yield Finding(f"{container.what} {missing.problem}", at=missing.at)
