from collections.abc import Iterator

from cloudlint.concepts.rotation import RotatedSecret, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    security=True,
    standard="A: RDS, rotate credentials; R: Security Controls, rotated automatically",
)
def unrotated_secret(secret: RotatedSecret) -> Iterator[Finding]:
    """A secret that never changes is known to everybody who ever saw it.

    Secrets of Secrets Manager ought to have a rotation, symmetric KMS keys `enable_key_rotation`,
    databases whose password is a variable `manage_master_user_password`. AWS cannot rotate
    asymmetric and HMAC keys, nor what is in a custom key store; secrets that a service owns are
    rotated by it. Entries called like what may be known (`github-app-id`, `smtp-username`) are left
    alone. A key that somebody else issues can be rotated where they have an interface for that.

    Fix: add an `aws_secretsmanager_secret_rotation`, set `enable_key_rotation`, or leave the
    password to RDS; where nobody can rotate it, suppress the finding with that as the reason.

    ## Bad
    ```terraform
    resource "aws_secretsmanager_secret" "payments" {  # <-- finding
      name = "shop/payments"
    }
    ```
    ```terraform
    resource "aws_kms_key" "data" {  # <-- finding
      description = "Data of the shop"
    }
    ```
    ```terraform
    variable "password" {
      type      = string
      sensitive = true
    }

    resource "aws_db_instance" "main" {
      password = var.password  # <-- finding
    }
    ```
    ## Good
    ```terraform
    resource "aws_secretsmanager_secret" "payments" {
      name = "shop/payments"
    }

    resource "aws_secretsmanager_secret_rotation" "payments" {
      secret_id           = aws_secretsmanager_secret.payments.id
      rotation_lambda_arn = aws_lambda_function.rotate.arn

      rotation_rules {
        automatically_after_days = 30
      }
    }

    resource "aws_lambda_function" "rotate" {
      function_name = "rotate"
      role          = "arn:aws:iam::123456789012:role/rotate"
    }

    resource "aws_kms_key" "data" {
      enable_key_rotation = true
    }

    resource "aws_kms_key" "signatures" {
      key_usage                = "SIGN_VERIFY"
      customer_master_key_spec = "ECC_NIST_P256"
    }

    resource "aws_db_instance" "main" {
      manage_master_user_password = true
    }
    ```
    ## Undecided
    ```terraform
    variable "rotate" {
      type = bool
    }

    resource "aws_kms_key" "data" {
      enable_key_rotation = var.rotate
    }
    ```
    """
    for requirement in unmet(secret.rotation()):
        yield Finding(f"{secret} is not rotated: {requirement.problem}", at=requirement.at)
