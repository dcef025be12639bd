from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.compose_services import ComposeService
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard="A: Docker Compose, named volumes for all stateful services, never bind mounts",
)
def bind_mounted_database(service: ComposeService) -> Iterator[Finding]:
    """A database on a bind mount has the host's permissions, speed and accidents for its own.

    Files of another user, a file system without the locks a database needs and a `git clean` all
    damage it. Judged is the directory that the image, `PGDATA` or an option of the command says;
    mounts of configuration, initial data and other places are left alone. A named volume that
    binds a folder (`driver_opts`) is a bind mount too.

    Fix: keep the data on a named volume.

    ## Bad
    ```compose
    services:
      db:
        image: postgres:16.4
        volumes:
          - ./data:/var/lib/postgresql/data  # <-- finding
          - ./schema.sql:/docker-entrypoint-initdb.d/schema.sql:ro
    ```
    ## Good
    ```compose
    services:
      db:
        image: postgres:16.4
        volumes:
          - data:/var/lib/postgresql/data
          - ./schema.sql:/docker-entrypoint-initdb.d/schema.sql:ro
    volumes:
      data:
    ```
    ## Undecided
    ```compose
    services:
      db:
        image: ${DATABASE_IMAGE}
        volumes:
          - ./data:/var/lib/postgresql/data
    ```
    """
    for mount in unmet(service.data_mounts()):
        yield Finding(f"{service} {mount.problem}", at=mount.at)
