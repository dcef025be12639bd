from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.compose_services import ComposeService
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    standard="A: Docker Compose, named volumes for all stateful services",
)
def unpersisted_database(service: ComposeService) -> Iterator[Finding]:
    """A database without a volume loses its data with its container.

    Caches (Redis, Valkey) are judged where their command tells them to keep what they hold. A
    `tmpfs` on the data directory says that losing it is meant.

    Fix: mount a named volume on the data directory.

    ## Bad
    ```compose
    services:
      db:  # <-- finding
        image: mysql:8.4
        volumes:
          - ./my.cnf:/etc/mysql/conf.d/my.cnf:ro
    ```
    ```compose
    services:
      sessions:  # <-- finding
        image: redis:7.4.1
        command: redis-server --appendonly yes
    ```
    ## Good
    ```compose
    services:
      db:
        image: mysql:8.4
        volumes:
          - data:/var/lib/mysql
      test:
        image: postgres:16.4
        tmpfs: [/var/lib/postgresql/data]
      cache:
        image: redis:7.4.1
    volumes:
      data:
    ```
    ## Undecided
    ```compose
    services:
      db:
        image: ${DATABASE_IMAGE}
    ```
    """
    for missing in unmet(service.persistence()):
        yield Finding(f"{service} ({service.engine()}) {missing.problem}", at=missing.at)
