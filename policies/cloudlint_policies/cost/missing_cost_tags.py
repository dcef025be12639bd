from collections.abc import Iterator

from cloudlint.concepts.base import Requirement, unmet
from cloudlint.concepts.billing import BilledResource
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="A: Cost Optimisation, cost allocation tags per environment")
def missing_cost_tags(
    billed: BilledResource,
    *,
    tags: list[str] = ["Environment"],  # noqa: B006
) -> Iterator[Finding]:
    """What is billed without the tags that the bill is split by ends up as nobody's cost.

    Judged is what costs something and can be tagged: its own `tags`, the provider's
    `default_tags` and what resources like `aws_ec2_tag` add count together. `environment` and
    `shop:environment-type` count as `Environment`: the bill can be split by them. Machines of an
    autoscaling group have the tags that it propagates and those of its launch template only,
    tasks on Fargate those that `propagate_tags` hands on.

    Where most of what a provider makes is without the tag, that is one finding, at the provider.
    A module that others call is judged as they call it.

    Fix: add the tag to the provider's `default_tags`; name the tags of your bill in the option
    `tags`.

    ## Bad
    ```terraform
    provider "aws" {
      region = "eu-west-1"

      default_tags {
        tags = { Project = "shop" }
      }
    }

    resource "aws_s3_bucket" "media" {
      tags = { Environment = "production" }
    }

    resource "aws_dynamodb_table" "baskets" {  # <-- finding
      name     = "baskets"
      hash_key = "id"
    }

    resource "aws_sqs_queue" "orders" {
      tags = { Name = "orders" }  # <-- finding
    }
    ```
    ```terraform
    provider "aws" {  # <-- finding
      region = "eu-west-1"
    }

    resource "aws_s3_bucket" "media" {}

    resource "aws_sqs_queue" "orders" {}
    ```
    ## Good
    ```terraform
    provider "aws" {
      region = "eu-west-1"

      default_tags {
        tags = { Environment = "production" }
      }
    }

    resource "aws_sqs_queue" "orders" {
      tags = { Name = "orders" }
    }

    resource "aws_security_group" "orders" {}
    ```
    ## Undecided
    ```terraform
    variable "tags" {
      type = map(string)
    }

    provider "aws" {
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {
      tags = merge(var.tags, { Name = "orders" })
    }
    ```
    """
    source = billed.source
    together: dict[frozenset[str], list[str]] = {}
    alone: list[str] = []
    for lacking in unmet([Requirement(billed.carries(tag), tag, billed.tags) for tag in tags]):
        alike = source.untagged(lacking.problem)
        (together.setdefault(alike, []) if len(alike) > 1 else alone).append(lacking.problem)
    for alike, names in together.items():
        message = f"{len(alike)} billed resources of {source} are without {_named(names)}"
        yield Finding(message, at=source.place)
    if alone:
        yield Finding(f"{billed} is billed without {_named(alone)}", at=billed.tags)


def _named(tags: list[str]) -> str:
    return f"the tag{'s' if len(tags) > 1 else ''} {', '.join(f'`{tag}`' for tag in tags)}"
