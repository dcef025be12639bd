from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.containers import Container
from cloudlint.policy import Finding, policy


@policy(
    severity="critical",
    security=True,
    standard="+: a container is kept apart from its host",
)
def privileged_container(container: Container) -> Iterator[Finding]:
    """Whoever takes over a privileged container has taken over its host.

    So does a container with capabilities that reach the host (`ALL`, `SYS_ADMIN`, `NET_ADMIN`,
    `SYS_MODULE`, …), one that shares the host's process, IPC, network or user namespace, and one
    that is given the container engine's socket or a directory that holds it, even read-only. Judged
    are compose services and what Terraform runs on ECS, Batch, Kubernetes, Docker and in Azure's
    container groups.

    Fix: take the privilege away; add the one capability that is needed (`NET_BIND_SERVICE`,
    `CHOWN`, …), publish ports instead of sharing the network, and put a proxy that allows only
    what is needed in front of the socket.

    ## Bad
    ```compose
    services:
      agent:
        image: example/agent:2.4.1
        privileged: true  # <-- finding
        cap_add:
          - SYS_ADMIN  # <-- finding
          - CHOWN
        pid: host  # <-- finding
        volumes:
          - /var/run/docker.sock:/var/run/docker.sock:ro  # <-- finding
    ```
    ```terraform
    resource "aws_ecs_task_definition" "agent" {
      family   = "agent"
      ipc_mode = "host"  # <-- finding

      container_definitions = jsonencode([{
        name        = "agent"
        image       = "example/agent:2.4.1"
        privileged  = true  # <-- finding
        mountPoints = [{ sourceVolume = "run", containerPath = "/run" }]
      }])

      volume {
        name      = "run"
        host_path = "/var/run"  # <-- finding
      }
    }
    ```
    ```terraform
    resource "kubernetes_pod_v1" "agent" {
      metadata {
        name = "agent"
      }

      spec {
        host_pid = true  # <-- finding

        container {
          name  = "agent"
          image = "example/agent:2.4.1"

          security_context {
            privileged = true  # <-- finding
          }
        }
      }
    }
    ```
    ## Good
    ```compose
    services:
      web:
        image: example/web:1.0.3
        cap_drop: [ALL]
        cap_add: [NET_BIND_SERVICE]
        ipc: private
        volumes:
          - ./site:/srv/site:ro
    ```
    ## Undecided
    ```compose
    services:
      agent:
        image: example/agent:2.4.1
        network_mode: ${AGENT_NETWORK}
    ```
    """
    for way in unmet(container.isolation()):
        yield Finding(f"{container.what} {way.problem}", at=way.at)
