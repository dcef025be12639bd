from collections.abc import Iterator

from cloudlint.concepts.generations import Generation
from cloudlint.policy import Finding, policy


@policy(
    severity="low", standard="A: EC2, choose the instance family by workload: t4g, m7i, c7i, r7i"
)
def previous_generation(generation: Generation) -> Iterator[Finding]:
    """Previous generations of machines and disks cost more for less.

    Judged are the classes of machines, databases, caches, search and warehouse nodes, and `gp2`,
    `io1` and magnetic disks, where they are written: what AWS takes by default is left alone.

    Fix: take the current generation: `m7g` for `m4`, `gp3` for `gp2`.

    ## Bad
    ```terraform
    resource "aws_instance" "web" {
      ami           = "ami-0123456789abcdef0"
      instance_type = "m4.large"  # <-- finding
    }
    ```
    ```terraform
    resource "aws_db_instance" "orders" {
      engine         = "postgres"
      instance_class = "db.m7g.large"
      storage_type   = "gp2"  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_instance" "web" {
      ami           = "ami-0123456789abcdef0"
      instance_type = "m7g.large"

      root_block_device {
        volume_type = "gp3"
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "type" {
      type = string
    }

    resource "aws_instance" "web" {
      ami           = "ami-0123456789abcdef0"
      instance_type = var.type
    }
    ```
    """
    if generation.is_previous:
        yield Finding(
            f"{generation} has the {generation.kind} {generation.name}, a previous generation: "
            f"take {generation.successor}",
            at=generation.name,
        )
