from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(
    severity="low", standard="A: Dockerfile, prefer distroless or slim images for the runtime stage"
)
def non_slim_base(stage: ImageStage) -> Iterator[Finding]:
    """A full distribution below the application is hundreds of packages to patch and to pull.

    The image of the final stage (and of stages that compose services run) has a smaller variant.
    Images to build with are another policy's matter (`fat-runtime-image`); stages and files that
    are called after development or tests are left alone.

    Fix: use the smaller variant, or a distroless image.

    ## Bad
    ```dockerfile
    FROM python:3.13.1  # <-- finding
    COPY shop /opt/shop
    CMD ["python", "/opt/shop/app.py"]
    ```
    ## Good
    ```dockerfile
    FROM node:22.12.0 AS build
    RUN npm ci

    FROM gcr.io/distroless/nodejs22-debian12:nonroot
    COPY --from=build /app /app
    ```
    ```dockerfile
    FROM debian:bookworm-20241202-slim
    COPY shop /usr/local/bin/
    ```
    ## Undecided
    ```dockerfile
    ARG PYTHON_TAG
    FROM python:${PYTHON_TAG}
    CMD ["python"]
    ```
    """
    if not stage.is_runtime or stage.is_for_development or stage.base is None:
        return
    variant = stage.smaller_variant
    if variant and not stage.toolchain and not stage.is_final_ones(stage.base):
        yield Finding(
            f"{stage.name} runs on a full distribution: use the `{variant}` variant of "
            f"{stage.base_label}",
            at=stage.base,
        )
