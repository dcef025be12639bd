from collections.abc import Iterator

from cloudlint.concepts.pins import ModuleCall, has_upper_end, is_unversioned
from cloudlint.policy import Finding, Severity, policy


@policy(severity="medium", standard="+: what was reviewed is what is deployed")
def unpinned_module(call: ModuleCall) -> Iterator[Finding]:
    """A module without a version is another one at the next `terraform init`: what is planned then
    has been reviewed by nobody.

    A module of a registry needs `version`, one of a Git or Mercurial repository a tag or commit
    (`?ref=`, `?rev=`): a branch moves. A version without an upper end (`>= 5.0`) in a root module
    is of low severity; in modules for others to call it is as it should be. Local modules come
    with the commit, and archives are named by their URL.

    Fix: give `version = "~> X.Y"`, or `?ref=` with a tag or commit in the source.

    ## Bad
    ```terraform
    module "vpc" {  # <-- finding
      source = "terraform-aws-modules/vpc/aws"
    }
    ```
    ```terraform
    module "queue" {
      source = "git::https://example.com/modules.git//queue"  # <-- finding
    }

    module "topic" {
      source = "git::https://example.com/modules.git//topic?ref=main"  # <-- finding
    }
    ```
    ```terraform
    provider "aws" {
      region = "eu-west-1"
    }

    module "vpc" {
      source  = "terraform-aws-modules/vpc/aws"
      version = ">= 5.0"  # <-- finding
    }
    ```
    ## Good
    ```terraform
    module "vpc" {
      source  = "terraform-aws-modules/vpc/aws"
      version = "~> 5.16"
    }

    module "queue" {
      source = "git::https://example.com/modules.git//queue?ref=v1.4.2"
    }

    module "topic" {
      source = "./modules/topic"
    }
    ```
    ```terraform modules/topic/main.tf with main.tf
    resource "aws_sns_topic" "this" {}
    ```
    ## Undecided
    ```terraform
    variable "release" {}

    module "queue" {
      source = "git::https://example.com/modules.git//queue?ref=${var.release}"
    }
    ```
    ```terraform
    module "queue" {
      source = "git::https://example.com/modules.git//queue?ref=blue"
    }
    ```
    """
    if call.kind == "registry":
        yield from _of_registry(call)
    elif call.kind != "other":
        if not call.revision:
            yield Finding(
                f"{call} takes the newest commit: its source has no revision", call.source
            )
        elif call.follows_branch:
            yield Finding(f"{call} follows the branch `{call.revision}`", at=call.source)


def _of_registry(call: ModuleCall) -> Iterator[Finding]:
    if is_unversioned(call.version):
        yield Finding(f"{call} takes any version: it has no `version`", at=call.version)
    elif call.is_deployed and not has_upper_end(call.version):
        message = f"{call} takes every version to come: `version` is `{call.version}`"
        yield Finding(message, at=call.version, severity=Severity.LOW)
