from collections.abc import Iterator

from cloudlint.concepts.images import ContainerImage
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    security=True,
    standard="A: Quality Standards, every production image is pinned by digest before promotion",
)
def unpinned_image(image: ContainerImage) -> Iterator[Finding]:
    """A tag can be pushed again: only a digest says which image runs.

    Judged are references with a version; one without is `floating-image-tag`.

    Fix: add the digest of the image that was tested, as in `nginx:1.27.3@sha256:…`.

    ## Bad
    ```dockerfile
    FROM python:3.13.1-slim  # <-- finding
    USER nobody
    ```
    ```compose
    services:
      proxy:
        image: nginx:1.27.3  # <-- finding
    ```
    ```terraform
    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      package_type  = "Image"
      image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/resize:1.4.0"  # <-- finding
    }
    ```
    ## Good
    ```dockerfile
    FROM python:3.13.1-slim@sha256:f41a75c9cee9391c09e0139f7b49d4b1fbb119944ec740ecce4040626dc07bed
    USER nobody
    ```
    ```compose
    services:
      web:
        build: .
        image: shop/web:1.4.0
    ```
    ## Undecided
    ```terraform
    variable "image" {
      type = string
    }

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      package_type  = "Image"
      image_uri     = var.image
    }
    ```
    """
    name = image.name
    if not name.has_digest and not name.is_floating:
        called = image.called(f"{name.repository}:{name.tag.string()}")
        yield Finding(f"{called} is not pinned by digest", at=image.reference)
