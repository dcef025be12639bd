from collections.abc import Iterator

from cloudlint.concepts.data_stores import DataStore, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="+: nothing deletes data by mistake; R: Global Architecture, deletion protection",
)
def unprotected_data_store(store: DataStore) -> Iterator[Finding]:
    """One careless apply, or a click in the console, deletes a store that nothing protects.

    Judged are databases and DynamoDB tables without deletion protection, and databases and
    Redshift clusters that are told to leave no final snapshot behind. Replicas are left alone,
    and so are tables of Terraform's locks.

    Fix: set `deletion_protection = true` and `skip_final_snapshot = false`.

    ## Bad
    ```terraform
    resource "aws_db_instance" "orders" {
      engine                    = "postgres"
      instance_class            = "db.r6g.large"
      deletion_protection       = false  # <-- finding
      final_snapshot_identifier = "orders-final"
    }
    ```
    ```terraform
    resource "aws_rds_cluster" "orders" {
      engine              = "aurora-postgresql"
      deletion_protection = true
      skip_final_snapshot = true  # <-- finding
    }
    ```
    ```terraform
    resource "aws_dynamodb_table" "carts" {  # <-- finding
      name     = "carts"
      hash_key = "id"
    }
    ```
    ## Good
    ```terraform
    resource "aws_db_instance" "orders" {
      engine                    = "postgres"
      instance_class            = "db.r6g.large"
      deletion_protection       = true
      final_snapshot_identifier = "orders-final"
    }

    resource "aws_db_instance" "replica" {
      replicate_source_db = aws_db_instance.orders.identifier
      instance_class      = "db.r6g.large"
      skip_final_snapshot = true
    }
    ```
    ## Undecided
    ```terraform
    variable "protected" {
      type = bool
    }

    resource "aws_db_instance" "orders" {
      engine              = "postgres"
      instance_class      = "db.r6g.large"
      deletion_protection = var.protected
    }
    ```
    """
    failed = unmet(store.safeguards())
    if failed:
        problems = ", ".join(requirement.problem for requirement in failed)
        yield Finding(
            f"{store} ({store.kind}) can be deleted by mistake: {problems}",
            at=failed[0].at,
            also=[(requirement.problem, requirement.at) for requirement in failed[1:]],
        )
