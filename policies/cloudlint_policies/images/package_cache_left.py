from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="+: a layer keeps no package index or download")
def package_cache_left(stage: ImageStage) -> Iterator[Finding]:
    """The package manager's cache stays in the image, where nobody will use it.

    What a later layer removes is still in the one before. A cache mount on the manager's folder,
    `--no-cache`, `--no-cache-dir` and `PIP_NO_CACHE_DIR` keep it out, and stages that end up in no
    image are left alone.

    Fix: remove it in the same `RUN`, or keep it out with the manager's option or a cache mount.

    ## Bad
    ```dockerfile
    FROM debian:12.8-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl  # <-- finding
    RUN rm -rf /var/lib/apt/lists/*
    ```
    ```dockerfile
    FROM python:3.13.1-alpine
    RUN apk add curl  # <-- finding
    RUN pip install gunicorn==23.0.0  # <-- finding
    ```
    ```dockerfile
    FROM fedora:41
    RUN dnf install -y httpd  # <-- finding
    ```
    ## Good
    ```dockerfile
    FROM debian:12.8-slim
    RUN apt-get update \\
     && apt-get install -y --no-install-recommends curl \\
     && rm -rf /var/lib/apt/lists/*
    ```
    ```dockerfile
    FROM python:3.13.1-slim AS build
    RUN pip install build

    FROM python:3.13.1-slim
    ENV PIP_NO_CACHE_DIR=1
    RUN pip install gunicorn==23.0.0
    RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt \\
        apt-get update && apt-get install -y curl
    ```
    ## Undecided
    ```dockerfile
    FROM debian:12.8-slim
    ARG CACHES
    RUN apt-get update && apt-get install -y curl && rm -rf ${CACHES}
    ```
    """
    if not stage.is_shipped:
        return
    for layer in stage.own_layers:
        for action in layer.caches_left():
            yield Finding(
                f"`{action.program} {action.verb}` leaves its cache in the layer: "
                f"{action.manager.cleanup}",
                at=action.command.span,
            )
