from collections.abc import Iterator

from cloudlint.concepts.data_stores import DataStore
from cloudlint.policy import Finding, policy


@policy(
    severity="high",
    production_only=True,
    standard="A: RDS, automated backups with a retention window that matches the recovery policy",
)
def short_backup_retention(store: DataStore, *, days: int = 7) -> Iterator[Finding]:
    """Damage that is noticed after the last backup has expired cannot be undone.

    Databases (RDS, Aurora, DocumentDB, Neptune) have to keep automatic backups for `days` days,
    7 if nothing else is configured; caches (ElastiCache, MemoryDB) and Redshift have to take
    automatic snapshots at all. A database instance that says nothing has no backups, a cluster
    keeps them for one day. Replicas are left alone: their source is backed up.

    Fix: set `backup_retention_period` (or the store's `snapshot_retention_limit`) to the days
    that a mistake may go unnoticed.

    ## Bad
    ```terraform
    resource "aws_db_instance" "orders" {
      engine                  = "postgres"
      instance_class          = "db.r6g.large"
      backup_retention_period = 3  # <-- finding
    }
    ```
    ```terraform
    resource "aws_rds_cluster" "orders" {  # <-- finding
      engine = "aurora-postgresql"
    }
    ```
    ```terraform
    resource "aws_elasticache_replication_group" "sessions" {
      replication_group_id     = "sessions"
      description              = "sessions"
      snapshot_retention_limit = 0  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_db_instance" "orders" {
      engine                  = "postgres"
      instance_class          = "db.r6g.large"
      backup_retention_period = 14
    }

    resource "aws_db_instance" "replica" {
      replicate_source_db = aws_db_instance.orders.identifier
      instance_class      = "db.r6g.large"
    }

    resource "aws_elasticache_replication_group" "sessions" {
      replication_group_id     = "sessions"
      description              = "sessions"
      snapshot_retention_limit = 1
    }
    ```
    ## Undecided
    ```terraform
    variable "backup_days" {
      type = number
    }

    resource "aws_db_instance" "orders" {
      engine                  = "postgres"
      instance_class          = "db.r6g.large"
      backup_retention_period = var.backup_days
    }
    ```
    """
    backups = store.backups()
    if backups is None or backups.reach_back(days):
        return
    said = f"`{backups.argument}` is {backups.days}"
    kept = (
        "no backups" if backups.days.known_or(None) == 0 else f"backups for fewer than {days} days"
    )
    yield Finding(f"{store} ({store.kind}) has {kept}: {said}", at=backups.days)
