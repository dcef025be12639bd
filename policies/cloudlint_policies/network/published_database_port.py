from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.compose_services import ComposeService
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    security=True,
    standard="B: Networking, databases in private subnets with no route to the internet gateway",
)
def published_database_port(service: ComposeService) -> Iterator[Finding]:
    """A port published on all interfaces opens the database to everybody who reaches the host.

    Docker writes its own rules in front of the host's firewall. Other services of the project
    reach the database by its name, without any published port.

    Fix: leave the port out, or publish it on the loopback interface (`127.0.0.1:5432:5432`).

    ## Bad
    ```compose
    services:
      db:
        image: postgres:16.4
        ports:
          - "5432:5432"  # <-- finding
    ```
    ## Good
    ```compose
    services:
      db:
        image: postgres:16.4
        ports:
          - "127.0.0.1:5432:5432"
    ```
    ## Undecided
    ```compose
    services:
      db:
        image: postgres:16.4
        ports:
          - "${ADDRESS}:5432:5432"
    ```
    """
    for port in unmet(service.database_ports()):
        yield Finding(f"{service} {port.problem}", at=port.at)
