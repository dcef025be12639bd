from collections.abc import Iterator

from cloudlint.concepts.images import ContainerImage
from cloudlint.policy import Finding, policy

_NONE: list[str] = []


@policy(severity="medium", standard="our own house rules")
def foreign_registry(
    image: ContainerImage, *, registry: str = "registry.example.com", also_from: list[str] = _NONE
) -> Iterator[Finding]:
    """An image from somebody else's registry is theirs to change or withdraw.

    Fix: copy the image into our own registry.

    ## Bad
    ```dockerfile
    FROM nginx:1.27.3  # <-- finding
    ```
    ```compose
    services:
      proxy:
        image: nginx:1.27.3  # <-- finding
    ```
    ## Good
    ```dockerfile
    FROM registry.example.com/nginx:1.27.3
    ```
    ## Undecided
    ```dockerfile
    ARG BASE
    FROM ${BASE}
    ```
    """
    if image.reference.string().partition("/")[0] not in (registry, *also_from):
        yield Finding(f"{image.use} is not from {registry}", at=image.reference)
