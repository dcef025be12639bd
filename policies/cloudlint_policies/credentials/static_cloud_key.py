from collections.abc import Iterator

from cloudlint.concepts.secrets import Secret
from cloudlint.policy import Finding, Severity, policy


@policy(
    severity="critical",
    security=True,
    standard="A: Quality Standards, no credentials in Dockerfiles, images, Git history, or "
    "environment files committed to source",
)
def static_cloud_key(secret: Secret) -> Iterator[Finding]:
    """A cloud key in the source opens the account to whoever reads the repository, its history or
    an image made from it.

    Access keys of AWS, keys of Google service accounts, client secrets and account keys of Azure
    are found by their format: in provider blocks, `user_data`, variables and their files,
    environments, Dockerfiles, compose files and `.env`. The keys that the providers print in
    their documentation open nothing; where one stands, a real one is meant to follow, which is
    of severity low.

    Fix: revoke the key, then give the workload a role (an instance profile, a task role, OIDC) or
    let it read the key from a secret store.

    ## Bad
    ```terraform
    provider "aws" {
      region     = "eu-west-1"
      access_key = "AKIAR7DCEQ4MSKN2TJX5"  # <-- finding
      secret_key = "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"  # <-- finding
    }
    ```
    ```terraform
    variable "uploader_key_id" {
      type = string
    }

    resource "aws_instance" "worker" {
      user_data = base64encode("export AWS_ACCESS_KEY_ID=${var.uploader_key_id}")
    }
    ```
    ```tfvars with
    uploader_key_id = "AKIAR7DCEQ4MSKN2TJX5"  # <-- finding
    ```
    ```dockerfile
    FROM amazon/aws-cli:2.17.0
    ENV AWS_REGION=eu-west-1 \\
        AWS_ACCESS_KEY_ID=AKIAR7DCEQ4MSKN2TJX5  # <-- finding
    ```
    ```compose
    services:
      worker:
        image: worker:1.4.0
        environment:
          AWS_SECRET_ACCESS_KEY: q9Tf3LwZ0bVxK7mRjN2dYc8/HsPaG5uEoXi1+Bv4  # <-- finding
    ```
    ```dotenv
    AWS_REGION=eu-west-1
    AWS_SECRET_ACCESS_KEY=q9Tf3LwZ0bVxK7mRjN2dYc8/HsPaG5uEoXi1+Bv4  # <-- finding
    ```
    ## Good
    ```terraform
    variable "access_key" {
      type      = string
      sensitive = true
    }

    provider "aws" {
      alias      = "partner"
      access_key = var.access_key
      secret_key = data.aws_ssm_parameter.partner.value
    }

    data "aws_ssm_parameter" "partner" {
      name = "/partner/aws/secret-access-key"
    }
    ```
    ```compose
    services:
      worker:
        image: worker:1.4.0
        environment:
          AWS_ACCESS_KEY_ID: ${AWS_ACCESS_KEY_ID:?}
          AWS_SECRET_ACCESS_KEY: <your secret key>
    ```
    ## Undecided
    ```terraform
    variable "suffix" {
      type = string
    }

    provider "aws" {
      access_key = "AKIAR7DCEQ${var.suffix}"
    }
    ```
    """
    if not secret.kind.is_cloud_key:
        return
    if secret.is_example:
        yield Finding(
            f"`{secret.name}` holds the example of {secret.kind.value} from the provider's "
            "documentation; a real one must never take its place",
            at=secret.literal,
            severity=Severity.LOW,
            also=secret.uses,
        )
        return
    yield Finding(
        f"`{secret.name}` holds {secret.description}",
        at=secret.literal,
        also=secret.uses,
        secrets=[secret.literal],
    )
