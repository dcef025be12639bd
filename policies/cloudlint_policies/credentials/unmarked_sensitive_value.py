from collections.abc import Iterator

from cloudlint.concepts.secrets import SensitiveDeclaration
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    security=True,
    standard="+: what Terraform does not know to be secret it prints",
)
def unmarked_sensitive_value(declared: SensitiveDeclaration) -> Iterator[Finding]:
    """A variable or output with a password in it that is not marked `sensitive` is printed in
    plans, in the logs of pipelines and by `terraform output`.

    Judged are variables and outputs that are called like passwords and tokens, and outputs that
    hold one. The names and ARNs of secrets may be shown; so may what a module hands to its caller
    if that is marked where it comes from. `ephemeral` values are never printed.

    Fix: set `sensitive = true`.

    ## Bad
    ```terraform
    variable "database_password" {  # <-- finding
      type = string
    }
    ```
    ```terraform
    resource "random_password" "admin" {
      length = 32
    }

    output "login" {  # <-- finding
      value = "admin:${random_password.admin.result}"
    }
    ```
    ## Good
    ```terraform
    variable "database_password" {
      type      = string
      sensitive = true
    }

    variable "manage_master_user_password" {
      type = bool
    }

    resource "aws_secretsmanager_secret" "database" {
      name = "shop/database"
    }

    output "database_secret" {
      value = aws_secretsmanager_secret.database.arn
    }
    ```
    ## Undecided
    ```terraform
    variable "database_secret" {
      type = string
    }
    ```
    """
    if not declared.is_marked and declared.is_secret():
        yield Finding(
            f"the {declared.kind} `{declared.name}` carries a secret and is not `sensitive`",
            at=declared.resource,
        )
