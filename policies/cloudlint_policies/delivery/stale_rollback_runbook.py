from collections.abc import Iterator

from cloudlint.concepts.runbooks import RollbackRunbook
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    production_only=True,
    standard="A: Quality Standards, a rollback path validated at least quarterly",
)
def stale_rollback_runbook(runbook: RollbackRunbook, *, days: int = 92) -> Iterator[Finding]:
    """A runbook that nobody has tried for long describes a system that is no more.

    `Last validated: YYYY-MM-DD` in a runbook that names a rollback may be as many `days` back.
    What counts as a runbook is told at `missing-rollback-runbook`; outside of a repository nothing
    is looked for.

    Fix: rehearse the rollback, mend the runbook and write down the day.

    ## Bad
    ```terraform
    provider "aws" {
      region = "eu-west-1"
    }

    resource "aws_sqs_queue" "orders" {}
    ```
    ```text .git with main.tf
    gitdir: elsewhere
    ```
    ```markdown docs/runbooks/rollback.md with main.tf
    # Rollback

    Last validated: 2025-02-14 # <-- finding
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
    ```markdown docs/runbooks/rollback.md with main.tf
    # Rollback

    Last validated: 2026-11-02
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
    ```markdown docs/runbooks/rollback.md with main.tf
    # Rollback

    Deploy the commit before.
    ```
    """
    if runbook.age > days:
        deployed = ("it is for what is deployed from here", runbook.resource)
        yield Finding(
            f"the rollback in {runbook} was last validated on {runbook.validated}, more than "
            f"{days} days ago",
            at=runbook.place,
            also=[deployed] if runbook.covers else (),
        )
