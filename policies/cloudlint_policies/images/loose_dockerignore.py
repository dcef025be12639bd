from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    security=True,
    standard="A: Dockerfile, keep `.dockerignore` tight: no `.git`, `node_modules`, local logs",
)
def loose_dockerignore(stage: ImageStage) -> Iterator[Finding]:
    """`COPY . .` takes along what was never meant for an image: history, secrets, local packages.

    Its patterns are read as Docker reads them (`**`, `!`, the last one that matches decides), also
    those of a `Dockerfile.dockerignore`, and so are those of `COPY --exclude`. A kind of file is
    missed in them when the build context holds such a file, or its project is one that makes them:
    `.git` at the repository's root, `node_modules` beside a `package.json`, what `.gitignore` keeps
    out of the repository.

    Fix: list what must not be copied in a `.dockerignore` beside the build context, or leave out
    everything (`*`) and name what is needed with `!`.

    ## Bad
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY . .  # <-- finding
    ```
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY . .  # <-- finding
    ```
    ```text .dockerignore with
    node_modules
    .git
    !.env.production
    ```
    ```dotenv .env.production with
    LOG_LEVEL=info
    ```
    ## Good
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY . .
    ```
    ```text .dockerignore with
    *
    !package*.json
    !src
    ```
    ```dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY package.json package-lock.json src ./
    ```
    ## Undecided
    ```dockerfile services/web/Dockerfile
    FROM node:22.12.0-slim
    WORKDIR /app
    COPY . .
    ```
    ```compose with
    services:
      web:
        build:
          context: ${WEB_CONTEXT}
          dockerfile: services/web/Dockerfile
    ```
    """
    for source, context in stage.whole_contexts():
        ignored = context.ignore_file
        if ignored is None and not context.excluded:
            yield Finding(
                f"everything in {context} is copied, and there is no `.dockerignore`", at=source
            )
        elif let_through := context.let_through():
            kinds = ", ".join(dict.fromkeys(kind for kind, _ in let_through))
            by = "`--exclude`" if ignored is None else "`.dockerignore`"
            here = [("here", pattern.span) for _, pattern in let_through if pattern is not None]
            if ignored is not None and not here:
                here = [("this file does not keep it out", ignored.file.line_span(1))]
            yield Finding(
                f"everything in {context} is copied, and {by} lets {kinds} through",
                at=source,
                also=here,
            )
