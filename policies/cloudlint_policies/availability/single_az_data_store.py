from collections.abc import Iterator

from cloudlint.concepts.data_stores import DataStore, unmet
from cloudlint.policy import Finding, Severity, policy


@policy(
    severity="high",
    production_only=True,
    standard="A: Quality Standards, multi-AZ for any production data store",
)
def single_az_data_store(store: DataStore) -> Iterator[Finding]:
    """A production data store that lives in one zone goes down, or loses data, with that zone.

    A store needs a standby in another zone: `multi_az` on a database instance, a second instance
    in an Aurora, DocumentDB or Neptune cluster, failover and a replica in a replication group,
    brokers and nodes in two zones. A read replica is no standby; it is not judged itself either.
    Regional services (DynamoDB, S3, SQS) and clusters that see to standbys themselves (Aurora
    Serverless v1, Multi-AZ DB clusters) are left alone.

    Fix: give the store a standby in a second zone.

    ## Bad
    ```terraform
    resource "aws_db_instance" "orders" {
      engine         = "postgres"
      instance_class = "db.r6g.large"
      multi_az       = false  # <-- finding
    }
    ```
    ```terraform
    resource "aws_rds_cluster" "orders" {
      engine = "aurora-postgresql"
    }

    resource "aws_rds_cluster_instance" "orders" {
      count              = 1  # <-- finding
      cluster_identifier = aws_rds_cluster.orders.id
      instance_class     = "db.r6g.large"
      engine             = aws_rds_cluster.orders.engine
    }
    ```
    ```terraform
    resource "aws_elasticache_replication_group" "sessions" {  # <-- finding
      replication_group_id = "sessions"
      description          = "sessions"
      num_cache_clusters   = 2
      multi_az_enabled     = true
    }
    ```
    ## Good
    ```terraform
    resource "aws_db_instance" "orders" {
      engine         = "postgres"
      instance_class = "db.r6g.large"
      multi_az       = true
    }

    resource "aws_db_instance" "replica" {
      replicate_source_db = aws_db_instance.orders.identifier
      instance_class      = "db.r6g.large"
    }

    resource "aws_rds_cluster" "users" {
      engine = "aurora-postgresql"
    }

    resource "aws_rds_cluster_instance" "users" {
      for_each           = toset(["a", "b"])
      cluster_identifier = aws_rds_cluster.users.id
      instance_class     = "db.r6g.large"
      engine             = aws_rds_cluster.users.engine
    }
    ```
    ## Undecided
    ```terraform
    variable "multi_az" {
      type = bool
    }

    resource "aws_db_instance" "orders" {
      engine         = "postgres"
      instance_class = "db.r6g.large"
      multi_az       = var.multi_az
    }
    ```
    """
    failed = unmet(store.standby())
    if failed and store.headless:
        yield Finding(
            f"{store} is a secondary of a global database with no instance of its own: nothing "
            "answers after a failover until one is made",
            at=store.resource,
            severity=Severity.LOW,
        )
    elif failed:
        problems = ", ".join(requirement.problem for requirement in failed)
        yield Finding(
            f"{store} ({store.kind}) does not survive the loss of a zone: {problems}",
            at=failed[0].at,
            also=[(requirement.problem, requirement.at) for requirement in failed[1:]],
        )
