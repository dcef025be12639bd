from collections.abc import Iterator

from cloudlint.concepts.long_lived_keys import LongLivedKey
from cloudlint.policy import Finding, policy


@policy(
    severity="high",
    security=True,
    standard="A: IAM, roles, not users, for workloads; no long-lived access keys",
)
def long_lived_access_key(key: LongLivedKey) -> Iterator[Finding]:
    """A key that never expires works for whoever gets hold of it, until somebody notices; made by
    Terraform, it stands in the state as well.

    Access keys of IAM users and keys of Google service accounts are found, their kin at Azure, and
    IAM users without a password that are called like machines (`ci-deploy`, `/service/`). A user
    with a key is reported once, for the key. Keys that are switched off are none.

    Fix: let the workload assume a role (an instance profile, a task role, OIDC for pipelines,
    workload identity federation), and delete the key.

    ## Bad
    ```terraform
    resource "aws_iam_user" "uploader" {
      name = "uploader"
    }

    resource "aws_iam_access_key" "uploader" {  # <-- finding
      user = aws_iam_user.uploader.name
    }
    ```
    ```terraform
    resource "aws_iam_user" "deploy" {  # <-- finding
      name = "github-actions-deploy"
    }
    ```
    ```terraform
    resource "google_service_account_key" "exporter" {  # <-- finding
      service_account_id = "exporter"
    }
    ```
    ## Good
    ```terraform
    resource "aws_iam_user" "jane" {
      name = "jane"
    }

    resource "aws_iam_user_login_profile" "jane" {
      user = aws_iam_user.jane.name
    }

    resource "aws_iam_access_key" "former" {
      user   = aws_iam_user.jane.name
      status = "Inactive"
    }

    resource "aws_iam_role" "deploy" {
      name               = "github-actions-deploy"
      assume_role_policy = "{}"
    }
    ```
    ## Undecided
    ```terraform
    variable "status" {
      type = string
    }

    resource "aws_iam_access_key" "uploader" {
      user   = "uploader"
      status = var.status
    }
    ```
    """
    if key.in_use():
        yield Finding(f"{key} is {key.what}; it needs {key.instead}", at=key.resource)
