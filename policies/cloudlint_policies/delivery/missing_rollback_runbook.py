from collections.abc import Iterator

from cloudlint.concepts.runbooks import Operations
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    production_only=True,
    standard="A: Quality Standards, every workload has a documented rollback path",
)
def missing_rollback_runbook(operations: Operations) -> Iterator[Finding]:
    """Without a runbook whoever is on call has to find out how to go back while users wait.

    Looked for is Markdown: files called runbook, playbook or rollback wherever they are, READMEs
    and files below `docs/`, `runbooks/`, `operations/` and the like with a heading that names a
    rollback; whether one that does so in its text only is enough nobody can tell.
    Said once for a repository that deploys Terraform for production; nothing is said where the
    root of the repository is not known, that is, without `.git`.

    Fix: write down how to roll back, in `docs/runbooks/rollback.md`, and when that was tried last:
    `Last validated: YYYY-MM-DD`.

    ## Bad
    ```terraform
    provider "aws" {  # <-- finding
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ```text .git with main.tf
    gitdir: elsewhere
    ```
    ## Good
    ```terraform
    provider "aws" {
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ```text .git with main.tf
    gitdir: elsewhere
    ```
    ```markdown docs/operations.md with main.tf
    # Operations

    ## Rolling back

    Deploy the commit before.
    ```
    ## Undecided
    ```terraform
    provider "aws" {
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ```text .git with main.tf
    gitdir: elsewhere
    ```
    ```markdown README.md with main.tf
    How to roll back is in the wiki.
    ```
    """
    if not operations.can_go_back:
        message = "no runbook tells how to roll back what is deployed from this repository"
        yield Finding(message, at=operations.span)
