from collections.abc import Iterator

from cloudlint.concepts.containers import Container, is_root
from cloudlint.policy import Finding, policy


@policy(
    severity="high",
    security=True,
    standard="A: Dockerfile, run as a non-root user",
)
def root_container(container: Container) -> Iterator[Finding]:
    """A process that runs as root in its container is root on the host once it breaks out.

    The final stage of a Dockerfile (and any stage that a compose service builds) needs a `USER`
    after its `FROM`, unless its base is known to run as somebody else. A service's `user:` counts
    for the service; a Dockerfile all of whose services set one is not judged by itself. In
    Kubernetes the pod's `security_context` counts where the container has none, and with
    `run_as_non_root` it does not start as root. Who an image of others runs as is often not known:
    then the check is undecided.

    Fix: create a user in the image and switch to it with `USER` in the final stage.

    ## Bad
    ```dockerfile
    FROM python:3.13.1-slim  # <-- finding
    COPY app.py /app.py
    CMD ["python", "/app.py"]
    ```
    ```compose
    services:
      proxy:
        image: nginxinc/nginx-unprivileged:1.27.3
        user: root  # <-- finding
    ```
    ```terraform
    resource "aws_ecs_task_definition" "web" {
      family = "web"
      container_definitions = jsonencode([{
        name  = "web"
        image = "shop/web:1.4.0"
        user  = "0:0"  # <-- finding
      }])
    }
    ```
    ```terraform
    resource "kubernetes_pod_v1" "web" {
      metadata {
        name = "web"
      }

      spec {
        container {
          name  = "web"
          image = "shop/web:1.4.0"

          security_context {
            run_as_user = 0  # <-- finding
          }
        }
      }
    }
    ```
    ## Good
    ```dockerfile
    FROM golang:1.25.4 AS build
    RUN go build -o /server ./cmd/server

    FROM gcr.io/distroless/static-debian12:nonroot
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    ```
    ```compose
    services:
      web:
        build: .
        user: "10001"
    ```
    ```dockerfile with
    FROM python:3.13.1-slim
    CMD ["python"]
    ```
    ## Undecided
    ```compose
    services:
      mail:
        image: example/mail-catcher:2.1.0
    ```
    """
    user = container.user()
    if not is_root(user):
        return
    says = f"the user is {user}"
    if user.is_null:
        says = "no `USER` is set"
        says += f", and `{container.base}` is not known to set one" if container.base else ""
    yield Finding(f"{container.what} runs as root: {says}", at=user)
