from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.compose_services import ComposeService
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    standard="A: Docker Compose, health checks that `depends_on` can wait for",
)
def missing_service_healthcheck(service: ComposeService) -> Iterator[Finding]:
    """Nobody notices, and nothing can wait for, a service that does not tell whether it is ready.

    A service needs a `healthcheck` where its image is known to have none; jobs that others wait
    for to complete need none. An image that is built here and has no `HEALTHCHECK` is told once,
    at its Dockerfile.

    Fix: add a `healthcheck` that asks the service itself (`pg_isready`, `redis-cli ping`, …).

    ## Bad
    ```compose
    services:
      db:  # <-- finding
        image: postgres:16.4
    ```
    ## Good
    ```compose
    services:
      db:
        image: postgres:16.4
        healthcheck:
          test: ["CMD", "pg_isready", "-U", "shop"]
    ```
    ## Undecided
    ```compose
    services:
      mail:
        image: example/mail:1.2.0
    ```
    """
    for missing in unmet(service.health_check()):
        yield Finding(f"{service} {missing.problem}", at=missing.at)
