from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.image_registries import ImageRegistry
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    security=True,
    standard="A: Quality Standards, images are signed, scanned and pinned by digest",
)
def mutable_registry(registry: ImageRegistry) -> Iterator[Finding]:
    """A tag that can be moved may name another image tomorrow than the one that was tested.

    Fix: set `image_tag_mutability = "IMMUTABLE"` (or `IMMUTABLE_WITH_EXCLUSION`, naming the few
    tags that have to move).

    ## Bad
    ```terraform
    resource "aws_ecr_repository" "web" {  # <-- finding
      name = "web"
    }

    resource "aws_ecr_repository" "worker" {
      name                 = "worker"
      image_tag_mutability = "MUTABLE"  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_ecr_repository" "web" {
      name                 = "web"
      image_tag_mutability = "IMMUTABLE"
    }
    ```
    ## Undecided
    ```terraform
    variable "mutability" {
      type = string
    }

    resource "aws_ecr_repository" "web" {
      name                 = "web"
      image_tag_mutability = var.mutability
    }
    ```
    """
    for missing in unmet(registry.immutable_tags()):
        yield Finding(f"{registry} {missing.problem}", at=missing.at)
