from collections.abc import Iterator

from cloudlint.concepts.data_stores import DataStore, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="P: Serverless, a DynamoDB table with `point_in_time_recovery`",
)
def missing_point_in_time_recovery(store: DataStore) -> Iterator[Finding]:
    """A table without point-in-time recovery keeps whatever a faulty release wrote into it.

    DynamoDB and Keyspaces back tables up continuously only where that is asked for. Relational
    databases do so as long as they have backups (see `short-backup-retention`). The locks of
    Terraform's states are nothing to restore.

    Fix: enable `point_in_time_recovery`.

    ## Bad
    ```terraform
    resource "aws_dynamodb_table" "carts" {  # <-- finding
      name     = "carts"
      hash_key = "id"
    }
    ```
    ```terraform
    resource "aws_dynamodb_table" "carts" {
      name     = "carts"
      hash_key = "id"

      point_in_time_recovery {
        enabled = false  # <-- finding
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_dynamodb_table" "carts" {
      name     = "carts"
      hash_key = "id"

      point_in_time_recovery {
        enabled = true
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "recoverable" {
      type = bool
    }

    resource "aws_dynamodb_table" "carts" {
      name     = "carts"
      hash_key = "id"

      point_in_time_recovery {
        enabled = var.recoverable
      }
    }
    ```
    """
    for requirement in unmet(store.point_in_time()):
        yield Finding(
            f"{store} ({store.kind}) cannot be restored to a point in time: {requirement.problem}",
            at=requirement.at,
        )
