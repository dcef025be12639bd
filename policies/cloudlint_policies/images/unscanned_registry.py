from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.image_registries import ImageRegistry
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    security=True,
    standard="A: Quality Standards, every image is scanned; R: CI/CD, security scanning",
)
def unscanned_registry(registry: ImageRegistry) -> Iterator[Finding]:
    """Nobody learns of known vulnerabilities in images that are never scanned.

    The repository's own `scan_on_push` counts, and so does scanning that the same root turns on
    for the registry, for repositories that its filters name, or with Inspector. Where another
    root does, which may be that of the same account, the check is undecided.

    Fix: set `scan_on_push = true`, or turn on scanning for the registry.

    ## Bad
    ```terraform
    resource "aws_ecr_repository" "web" {  # <-- finding
      name = "web"
    }

    resource "aws_ecr_repository" "worker" {
      name = "worker"

      image_scanning_configuration {
        scan_on_push = false  # <-- finding
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_ecr_repository" "web" {
      name = "web"

      image_scanning_configuration {
        scan_on_push = true
      }
    }
    ```
    ```terraform
    resource "aws_ecr_repository" "web" {
      name = "web"
    }

    resource "aws_ecr_registry_scanning_configuration" "all" {
      scan_type = "ENHANCED"

      rule {
        scan_frequency = "CONTINUOUS_SCAN"
        repository_filter {
          filter      = "*"
          filter_type = "WILDCARD"
        }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "scan" {
      type = bool
    }

    resource "aws_ecr_repository" "web" {
      name = "web"

      image_scanning_configuration {
        scan_on_push = var.scan
      }
    }
    ```
    """
    for missing in unmet(registry.scanning()):
        yield Finding(f"{registry} {missing.problem}", at=missing.at)
