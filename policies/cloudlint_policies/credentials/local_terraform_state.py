from collections.abc import Iterator

from cloudlint.concepts.terraform_state import TerraformState
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    security=True,
    standard="R: remote state in S3 with DynamoDB locking",
)
def local_terraform_state(state: TerraformState) -> Iterator[Finding]:
    """State in a local file is on one machine only, with every secret of the infrastructure in
    plain text, and two people who apply at once destroy each other's work.

    Judged are root modules that people run: they configure a provider, have a variable or lock
    file, or take no variables. What others call keeps no state of its own. A `cloud` block is a
    remote backend. Where Terragrunt may write the backend it is not known what it will be.

    Fix: keep the state in a remote backend, with a lock and encryption, and move it there with
    `terraform init -migrate-state`.

    ## Bad
    ```terraform
    provider "aws" {  # <-- finding
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ```terraform
    terraform {
      backend "local" {  # <-- finding
        path = "/mnt/state/shop.tfstate"
      }
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ## Good
    ```terraform
    terraform {
      backend "s3" {
        bucket       = "shop-terraform-state"
        key          = "shop.tfstate"
        encrypt      = true
        use_lockfile = true
      }
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ```terraform
    terraform {
      cloud {
        organization = "shop"
      }
    }

    provider "aws" {}

    resource "aws_sqs_queue" "orders" {}
    ```
    ## Undecided
    ```terraform
    provider "aws" {}

    resource "aws_sqs_queue" "orders" {}
    ```
    ```hcl terragrunt.hcl with
    include "root" {
      path = find_in_parent_folders("root.hcl")
    }
    ```
    """
    if state.is_local:
        yield Finding(
            f"{state} keeps its state in a local file"
            + ("" if state.backend else ": it has no `backend`"),
            at=state.place,
        )
