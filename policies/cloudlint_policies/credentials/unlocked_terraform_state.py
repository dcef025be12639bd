from collections.abc import Iterator

from cloudlint.concepts.terraform_state import TerraformState
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    production_only=True,
    standard="R: remote state in S3 with DynamoDB locking",
)
def unlocked_terraform_state(state: TerraformState) -> Iterator[Finding]:
    """Without a lock two runs change the same state at the same time, and what the first one made
    is forgotten.

    The S3 backend locks with `use_lockfile` or, as before Terraform 1.10, with `dynamodb_table`;
    others that lock only when told how are judged too (`oss`, `http`). A backend whose bucket or
    key is missing gets the rest from `-backend-config`, so that nobody can tell.

    Fix: set `use_lockfile = true`.

    ## Bad
    ```terraform
    terraform {
      backend "s3" {  # <-- finding
        bucket  = "shop-terraform-state"
        key     = "shop.tfstate"
        encrypt = true
      }
    }
    ```
    ```terraform
    terraform {
      backend "s3" {
        bucket       = "shop-terraform-state"
        key          = "shop.tfstate"
        use_lockfile = false  # <-- finding
      }
    }
    ```
    ## Good
    ```terraform
    terraform {
      backend "s3" {
        bucket         = "shop-terraform-state"
        key            = "shop.tfstate"
        dynamodb_table = "shop-terraform-locks"
      }
    }
    ```
    ```terraform
    terraform {
      backend "gcs" {
        bucket = "shop-terraform-state"
      }
    }
    ```
    ## Undecided
    ```terraform
    terraform {
      backend "s3" {
        key = "shop.tfstate"
      }
    }
    ```
    """
    locked = state.locked
    if not locked:
        yield Finding(f"nothing locks the state of {state} in its `{state.backend}`", at=locked)
