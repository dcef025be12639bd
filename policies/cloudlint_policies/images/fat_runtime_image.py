from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard="A: Anti-Patterns, build toolchains left in the final image",
)
def fat_runtime_image(stage: ImageStage) -> Iterator[Finding]:
    """A build toolchain in the image that runs makes it large, and helps whoever breaks in.

    The final stage (and any stage that a compose service runs) is found to carry one when it is
    built on a compiler's or build tool's image, when it installs compilers, headers or build tools
    and does not remove them in the same layer, or when it builds the program itself. Images that
    start nothing and copy nothing are there to build with, and are left alone; so are stages and
    files that are called after development or tests.

    Fix: build in an earlier stage, and `COPY --from` the artifacts into a runtime image.

    ## Bad
    ```dockerfile
    FROM golang:1.25.4  # <-- finding
    WORKDIR /src
    COPY . .
    RUN go build -o /server ./cmd/server
    CMD ["/server"]
    ```
    ```dockerfile
    FROM python:3.13.1-slim
    RUN apt-get update \\
     && apt-get install -y --no-install-recommends gcc libpq-dev \\  # <-- finding
     && rm -rf /var/lib/apt/lists/*
    COPY requirements.txt /
    RUN pip install --no-cache-dir -r /requirements.txt
    ```
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build  # <-- finding
    CMD ["node", "dist/server.js"]
    ```
    ## Good
    ```dockerfile
    FROM golang:1.25.4 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /server ./cmd/server

    FROM gcr.io/distroless/static-debian12:nonroot
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    ```
    ```dockerfile
    FROM python:3.13.1-alpine
    COPY requirements.txt /
    RUN apk add --no-cache --virtual .build-deps gcc musl-dev \\
     && pip install --no-cache-dir -r /requirements.txt \\
     && apk del .build-deps
    ```
    ## Undecided
    ```dockerfile
    ARG BASE
    FROM ${BASE}
    COPY server /server
    CMD ["/server"]
    ```
    """
    if not stage.is_runtime or stage.is_for_development or stage.only_exports:
        return
    tools = stage.build_tools()
    for what, place in tools[:1]:
        also = [(f"it also {phrase}", at) for phrase, at in tools[1:]]
        yield Finding(f"{stage.name} that runs {what}", at=place, also=also)
