from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.compose_services import ComposeService
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    strict=True,
    standard="+: a service comes back after it failed",
)
def missing_restart_policy(service: ComposeService) -> Iterator[Finding]:
    """A service without a restart policy stays down after its first failure.

    A service that says `restart: "no"` has decided; jobs that others wait for to complete are
    left alone.

    Fix: set `restart: unless-stopped`, or `deploy.restart_policy`.

    ## Bad
    ```compose
    services:
      web:  # <-- finding
        image: example/web:1.0.3
    ```
    ## Good
    ```compose
    services:
      web:
        image: example/web:1.0.3
        restart: unless-stopped
      import:
        image: example/import:1.0.3
        restart: "no"
    ```
    ## Undecided
    ```compose
    services:
      web:
        image: example/web:1.0.3
        restart: ${RESTART}
    ```
    """
    for missing in unmet(service.restart()):
        yield Finding(f"{service} {missing.problem}: it stays down once it fails", at=missing.at)
