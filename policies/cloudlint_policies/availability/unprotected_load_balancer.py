from collections.abc import Iterator

from cloudlint.concepts.load_balancing import LoadBalancing, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    production_only=True,
    standard="R: Global Architecture, ALB with cross-zone and deletion protection",
)
def unprotected_load_balancer(part: LoadBalancing) -> Iterator[Finding]:
    """A deleted load balancer takes its address along; one that keeps to zones overloads one.

    Judged are load balancers without deletion protection, and those that send requests only to
    targets in the zone they came in by: network and gateway load balancers unless told
    otherwise, classic ones and target groups where they are told so. Application load balancers
    always reach all zones; so does a network load balancer whose target groups all say so.

    Fix: set `enable_deletion_protection` and, on a network or gateway load balancer,
    `enable_cross_zone_load_balancing`.

    ## Bad
    ```terraform
    resource "aws_lb" "shop" {  # <-- finding
      name    = "shop"
      subnets = ["subnet-1", "subnet-2"]
    }
    ```
    ```terraform
    resource "aws_lb" "mqtt" {
      name                             = "mqtt"
      load_balancer_type               = "network"
      subnets                          = ["subnet-1", "subnet-2"]
      enable_deletion_protection       = true
      enable_cross_zone_load_balancing = false  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_lb" "shop" {
      name                       = "shop"
      subnets                    = ["subnet-1", "subnet-2"]
      enable_deletion_protection = true
    }

    resource "aws_lb" "mqtt" {
      name                             = "mqtt"
      load_balancer_type               = "network"
      subnets                          = ["subnet-1", "subnet-2"]
      enable_deletion_protection       = true
      enable_cross_zone_load_balancing = true
    }
    ```
    ## Undecided
    ```terraform
    variable "protected" {
      type = bool
    }

    resource "aws_lb" "shop" {
      name                       = "shop"
      subnets                    = ["subnet-1", "subnet-2"]
      enable_deletion_protection = var.protected
    }
    ```
    """
    failed = unmet(part.safeguards())
    if failed:
        problems = ", ".join(requirement.problem for requirement in failed)
        yield Finding(
            f"{part} ({part.kind}) is not protected: {problems}",
            at=failed[0].at,
            also=[(requirement.problem, requirement.at) for requirement in failed[1:]],
        )
