from collections.abc import Iterator

from cloudlint.concepts.pins import ProviderRequirement, has_upper_end, is_unversioned
from cloudlint.policy import Finding, Severity, policy


@policy(severity="medium", standard="+: what was reviewed is what is deployed")
def unpinned_provider(required: ProviderRequirement) -> Iterator[Finding]:
    """A provider without a version becomes its next major version one day, and with that other
    defaults and arguments that are gone.

    A constraint without an upper end (`>= 5.0`) in a root module is of low severity: the next
    `terraform init -upgrade` takes what there is. A module for others to call should say no more
    than that, and needs to say nothing where all roots that call it here do. A root that
    configures a provider without requiring it has no version either.

    Fix: give `version = "~> X.Y"` in `required_providers`.

    ## Bad
    ```terraform
    terraform {
      required_providers {
        aws = {  # <-- finding
          source = "hashicorp/aws"
        }
      }
    }
    ```
    ```terraform
    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = ">= 5.0"  # <-- finding
        }
      }
    }

    provider "aws" {
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ```terraform
    provider "aws" {  # <-- finding
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ## Good
    ```terraform
    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = "~> 5.90"
        }
      }
    }

    module "queue" {
      source = "./modules/queue"
    }
    ```
    ```terraform modules/queue/main.tf with main.tf
    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = ">= 5.0"
        }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "provider_version" {}

    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = var.provider_version
        }
      }
    }

    provider "aws" {
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    """
    if required.is_bounded_elsewhere:
        return
    if is_unversioned(required.version):
        yield Finding(f"{required} has no `version`", at=required.version)
    elif required.is_deployed and not has_upper_end(required.version):
        message = f"{required} may become any later version: `version` is `{required.version}`"
        yield Finding(message, at=required.version, severity=Severity.LOW)
