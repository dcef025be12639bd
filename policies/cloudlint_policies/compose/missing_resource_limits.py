from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.compose_services import ComposeService
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    strict=True,
    standard="+: one service cannot take what the others need",
)
def missing_resource_limits(service: ComposeService) -> Iterator[Finding]:
    """One service without limits can take the memory and processors of all others.

    Fix: set `memory` and `cpus` in `deploy.resources.limits`, or `mem_limit` and `cpus`.

    ## Bad
    ```compose
    services:
      web:  # <-- finding
        image: example/web:1.0.3
    ```
    ```compose
    services:
      web:  # <-- finding
        image: example/web:1.0.3
        deploy:
          resources:
            limits:
              memory: 256M
    ```
    ## Good
    ```compose
    services:
      web:
        image: example/web:1.0.3
        deploy:
          resources:
            limits:
              cpus: "0.5"
              memory: 256M
      worker:
        image: example/worker:1.0.3
        cpus: 1
        mem_limit: 512m
    ```
    ## Undecided
    ```compose
    services:
      web:
        image: example/web:1.0.3
        mem_limit: ${MEMORY}
        cpus: 1
    ```
    """
    missing = unmet(service.limits())
    if missing:
        what = " and ".join(limit.problem for limit in missing)
        yield Finding(f"{service} sets no limit to its {what}", at=missing[0].at)
