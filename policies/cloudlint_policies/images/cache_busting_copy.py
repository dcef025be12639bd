from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="A: Dockerfile, order `COPY` from least-changing to most-changing")
def cache_busting_copy(stage: ImageStage) -> Iterator[Finding]:
    """Every change of any file makes the build fetch all dependencies again.

    A layer is reused until a file that it or an earlier layer copies changes. When everything is
    copied before the dependencies are installed, that is always. A cache mount keeps what was
    fetched, and an installation that has already run on the manifests alone is reused.

    Fix: copy the manifest and the lock file first, install, and copy the rest then.

    ## Bad
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY . .  # <-- finding
    RUN npm ci
    ```
    ```dockerfile
    FROM maven:3.9.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .  # <-- finding
    RUN mvn package
    ```
    ## Good
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
    COPY . .
    ```
    ```dockerfile
    FROM golang:1.25.4 AS build
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=/go/pkg/mod go build -o /server ./cmd/server
    ```
    ## Undecided
    ```dockerfile
    FROM node:22.12.0-slim
    ARG SOURCE
    WORKDIR /app
    COPY ${SOURCE} .
    RUN npm ci
    ```
    """
    for source, tool, command in stage.busting_copies():
        yield Finding(
            f"everything is copied before {tool} installs the dependencies: any change repeats it",
            at=source,
            also=[("the dependencies are installed here", command.span)],
        )
