from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.parity import MirroredStore
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    standard="A: Docker Compose for local parity, mirrors the production topology",
)
def local_parity_drift(store: MirroredStore) -> Iterator[Finding]:
    """What works on another database than production's has not been tried.

    A compose service stands for the production data store of its kind that Terraform declares in
    the same repository (relational database, cache, search engine, …): engine and major version
    should be the same. Where one compose project runs what the repository builds, it should have
    a service for every kind. Where several may be meant, the check is undecided.

    Fix: run the engine and major version in compose that production runs.

    ## Bad
    ```compose
    services:
      db:
        image: postgres:13.18  # <-- finding
    ```
    ```terraform with
    resource "aws_db_instance" "main" {
      engine         = "postgres"
      engine_version = "16.4"
    }
    ```
    ```compose
    services:
      web:
        build: .
    ```
    ```dockerfile with
    FROM node:22.12.0-slim
    CMD ["node", "server.js"]
    ```
    ```terraform with
    resource "aws_elasticache_replication_group" "cache" {  # <-- finding
      engine = "valkey"
    }
    ```
    ## Good
    ```compose
    services:
      db:
        image: postgres:16.4
    ```
    ```terraform with
    resource "aws_rds_cluster" "main" {
      engine         = "aurora-postgresql"
      engine_version = "16.6"
    }
    ```
    ## Undecided
    ```compose
    services:
      db:
        image: postgres:16.4
    ```
    ```terraform with
    variable "engine_version" {
      type = string
    }

    resource "aws_db_instance" "main" {
      engine         = "postgres"
      engine_version = var.engine_version
    }
    ```
    """
    for difference in unmet(store.parity()):
        yield Finding(f"{store} {difference.problem}", at=difference.at)
