from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="A: Dockerfile, set `WORKDIR` explicitly")
def missing_workdir(stage: ImageStage) -> Iterator[Finding]:
    """Without a `WORKDIR`, relative paths begin wherever the base image happens to stand.

    Most often that is `/`, where files of the application end up between those of the system.
    A base that is made to be worked in (`php:…-apache` in `/var/www/html`) sets one itself, and so
    does an earlier stage that a stage is built from.

    Fix: set an absolute `WORKDIR` before the first relative path.

    ## Bad
    ```dockerfile
    FROM node:22.12.0-slim
    COPY package.json package-lock.json ./  # <-- finding
    RUN npm ci
    ```
    ## Good
    ```dockerfile
    FROM node:22.12.0-slim AS base
    WORKDIR /app

    FROM base
    COPY package.json package-lock.json ./
    ```
    ```dockerfile
    FROM alpine:3.20.3
    COPY shop /usr/local/bin/
    ```
    ## Undecided
    ```dockerfile
    FROM registry.example.com/platform/base:4.2.0
    COPY package.json ./
    ```
    """
    use = stage.relative_use
    if use is None:
        return
    if stage.known_base_directory == "/":
        yield Finding(
            f"{stage.name} uses a relative path before any `WORKDIR`: it begins at `/`", at=use
        )
