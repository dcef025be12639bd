from collections.abc import Iterator

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

    Where hardly anything that a provider makes has the tag, that is one finding, at the provider.
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
    missing = [tag for tag in tags if not billed.carries(tag)]
    if not missing:
        return
    named = ", ".join(f"`{tag}`" for tag in missing)
    source = billed.source
    alike = frozenset.intersection(*map(source.untagged, missing))
    if source.place is not None and len(alike) > 1:
        message = f"{len(alike)} billed resources of {source} are without the tag {named}"
        yield Finding(message, at=source.place)
    else:
        yield Finding(f"{billed} is billed without the tag {named}", at=billed.tags)
