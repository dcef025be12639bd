from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage, is_relative
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="A: Dockerfile, set `WORKDIR` explicitly")
def relative_workdir(stage: ImageStage) -> Iterator[Finding]:
    """A relative `WORKDIR` begins wherever the base image happens to stand.

    The next version of the base may stand elsewhere. After an absolute `WORKDIR`, in the stage or
    in one that it is built from, relative ones are fine.

    Fix: make the first `WORKDIR` absolute.

    ## Bad
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR app  # <-- finding
    COPY . .
    ```
    ## Good
    ```dockerfile
    FROM node:22.12.0-slim AS base
    WORKDIR /srv

    FROM base
    WORKDIR app
    ```
    ## Undecided
    ```dockerfile
    FROM node:22.12.0-slim
    ARG HOME_DIRECTORY
    WORKDIR ${HOME_DIRECTORY}
    ```
    """
    first = stage.first_workdir
    if first is not None and is_relative(first) and not stage.has_known_directory:
        yield Finding(
            "`WORKDIR` is relative to where the base image stands, which nothing here says",
            at=first,
        )
