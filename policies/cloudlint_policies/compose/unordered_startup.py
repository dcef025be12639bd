from collections.abc import Iterator

from cloudlint.concepts.dependencies import Dependency
from cloudlint.policy import Finding, Severity, policy


@policy(
    severity="medium",
    standard="A: Docker Compose, health-gated dependencies (`condition: service_healthy`)",
)
def unordered_startup(dependency: Dependency) -> Iterator[Finding]:
    """A service that does not wait for its database fails whenever the database is slower.

    `depends_on` alone waits for the container to start, not for the service in it to answer. With
    `condition: service_healthy` on a dependency that has no health check, the service never
    starts at all. Waiting for a job to complete is left alone.

    Fix: give the dependency a `healthcheck` and wait for `condition: service_healthy`.

    ## Bad
    ```compose
    services:
      web:
        build: .
        depends_on:
          - db  # <-- finding
      db:
        image: postgres:16.4
    ```
    ```compose
    services:
      web:
        build: .
        depends_on:
          cache:  # <-- finding
            condition: service_healthy
      cache:
        image: redis:7.4.1
    ```
    ## Good
    ```compose
    services:
      web:
        build: .
        depends_on:
          db:
            condition: service_healthy
          migrate:
            condition: service_completed_successfully
      migrate:
        build: .
      db:
        image: postgres:16.4
        healthcheck:
          test: ["CMD", "pg_isready", "-U", "shop"]
    ```
    ## Undecided
    ```compose
    services:
      web:
        build: .
        depends_on:
          - db
      db:
        image: ${DATABASE_IMAGE}
    ```
    """
    if dependency.condition == "service_completed_successfully":
        return
    if dependency.condition == "service_healthy":
        if not dependency.has_health_check():
            yield Finding(
                f"{dependency} never starts: it waits for `{dependency.name}` to be healthy, which "
                "has no health check",
                at=dependency.place,
                severity=Severity.HIGH,
            )
        return
    engine = dependency.engine()
    if engine:
        yield Finding(
            f"{dependency} does not wait until `{dependency.name}` ({engine}) is ready",
            at=dependency.place,
        )
