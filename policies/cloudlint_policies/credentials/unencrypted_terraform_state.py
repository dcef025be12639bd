from collections.abc import Iterator

from cloudlint.concepts.terraform_state import TerraformState
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    security=True,
    standard="R: remote state in S3; Security Controls, encryption at rest for S3",
)
def unencrypted_terraform_state(state: TerraformState) -> Iterator[Finding]:
    """State holds the passwords and keys of the infrastructure in plain text; without `encrypt`
    the backend does not ask for it to be encrypted where it is kept.

    S3 encrypts what nobody asks for with a key of its own, which whoever can read the bucket may
    use. A key in `kms_key_id` is used only with `encrypt = true`. A backend whose bucket or key is
    missing gets the rest from `-backend-config`, so that nobody can tell.

    Fix: set `encrypt = true`, and a `kms_key_id` of your own.

    ## Bad
    ```terraform
    terraform {
      backend "s3" {  # <-- finding
        bucket       = "shop-terraform-state"
        key          = "shop.tfstate"
        use_lockfile = true
      }
    }
    ```
    ```terraform
    terraform {
      backend "s3" {
        bucket  = "shop-terraform-state"
        key     = "shop.tfstate"
        encrypt = false  # <-- finding
      }
    }
    ```
    ## Good
    ```terraform
    terraform {
      backend "s3" {
        bucket       = "shop-terraform-state"
        key          = "shop.tfstate"
        encrypt      = true
        use_lockfile = true
      }
    }
    ```
    ```terraform
    terraform {
      backend "azurerm" {
        storage_account_name = "shopterraformstate"
        container_name       = "state"
        key                  = "shop.tfstate"
      }
    }
    ```
    ## Undecided
    ```terraform
    terraform {
      backend "s3" {}
    }
    ```
    """
    encrypted = state.encrypted
    if not encrypted:
        yield Finding(
            f"nothing asks for the state of {state} to be encrypted: `encrypt` is not true",
            at=encrypted,
        )
