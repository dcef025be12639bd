from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="+: the base image decides the versions of the system's packages")
def unpinned_os_upgrade(stage: ImageStage) -> Iterator[Finding]:
    """Two builds of the same Dockerfile hold different packages, and the layer doubles them.

    An upgrade of all packages makes the pinned base image pointless. Upgrades of packages by name
    are left alone, and so are stages that end up in no image.

    Fix: pin a newer base image, and upgrade single packages by name where that cannot wait.

    ## Bad
    ```dockerfile
    FROM debian:12.8-slim
    RUN apt-get update && apt-get -y upgrade && rm -rf /var/lib/apt/lists/*  # <-- finding
    ```
    ```dockerfile
    FROM alpine:3.20.3
    RUN apk -U --no-cache upgrade  # <-- finding
    ```
    ## Good
    ```dockerfile
    FROM registry.access.redhat.com/ubi9/ubi-minimal:9.5
    RUN microdnf update -y openssl && microdnf clean all
    ```
    ## Undecided
    ```dockerfile
    FROM registry.access.redhat.com/ubi9/ubi-minimal:9.5
    RUN microdnf update -y $(cat /packages) && microdnf clean all
    ```
    """
    if not stage.is_shipped:
        return
    for layer in stage.own_layers:
        for action in layer.upgrades():
            yield Finding(
                f"`{action.program} {action.verb}` upgrades whatever is newer on the day",
                at=action.command.span,
            )
