from collections.abc import Iterator

from cloudlint.concepts.secrets import Kind, Secret, Where
from cloudlint.policy import Finding, policy


@policy(
    severity="critical",
    security=True,
    standard="A: RDS, rotate through Secrets Manager or Vault; no hard-coded DB passwords",
)
def hard_coded_password(secret: Secret) -> Iterator[Finding]:
    """A password in the source is known to everybody who can read the repository or its history,
    and cannot be changed without a commit.

    Literals are found under the names of passwords and tokens: arguments of resources and module
    calls, defaults of variables, variable files, environments, documents and scripts inside of
    texts; and in URLs. `changeme` and `example` are passwords like any other: whoever deploys
    this has them. Placeholders (`<password>`, `xxxx`, `REPLACE_ME`), references, paths, names of
    secrets and hashes are none. What stands in Dockerfiles and `.env` files has policies of its
    own.

    Fix: change the password, and read it from a secret store, or take it from a variable without
    a default.

    ## Bad
    ```terraform
    resource "aws_db_instance" "main" {
      username = "shop"
      password = "tH7-quiet-Harbour-29"  # <-- finding
    }
    ```
    ```terraform
    variable "auth_token" {
      default = "changeme"  # <-- finding
    }

    resource "aws_elasticache_replication_group" "sessions" {
      auth_token = var.auth_token
    }
    ```
    ```terraform
    resource "aws_secretsmanager_secret_version" "database" {
      secret_id = "shop/database"
      secret_string = jsonencode({
        username = "shop"
        password = "tH7-quiet-Harbour-29"  # <-- finding
      })
    }
    ```
    ```compose
    services:
      shop:
        image: shop:2.1.0
        environment:
          DATABASE_URL: postgres://shop:brisk-lantern-41@database:5432/shop  # <-- finding
      database:
        image: postgres:16.4
        environment:
          - POSTGRES_PASSWORD=${DATABASE_PASSWORD:-brisk-lantern-41}  # <-- finding
    ```
    ## Good
    ```terraform
    variable "password" {
      type      = string
      sensitive = true
    }

    resource "random_password" "search" {
      length = 32
    }

    resource "aws_db_instance" "main" {
      password = var.password
    }

    resource "aws_opensearch_domain" "search" {
      advanced_security_options {
        enabled = true
        master_user_options {
          master_user_name     = "search"
          master_user_password = "Aa1-${random_password.search.result}"
        }
      }
    }
    ```
    ```compose
    services:
      database:
        image: postgres:16.4
        environment:
          POSTGRES_USER: shop
          POSTGRES_PASSWORD_FILE: /run/secrets/database-password
          REPLICATION_PASSWORD: ${REPLICATION_PASSWORD:?}
          BACKUP_PASSWORD: <password of the backup>
    ```
    ## Undecided
    ```terraform
    variable "prefix" {
      type = string
    }

    resource "aws_db_instance" "main" {
      password = "${var.prefix}-hunter2"
    }
    ```
    """
    if secret.where is not Where.CONFIGURATION or secret.kind.is_cloud_key:
        return
    if secret.kind is Kind.PRIVATE_KEY:
        return
    yield Finding(
        f"`{secret.name}` holds {secret.description}",
        at=secret.literal,
        also=secret.uses,
        secrets=[secret.literal],
    )
