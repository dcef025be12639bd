from collections.abc import Iterator

from cloudlint.concepts.accounts import Account, Budget
from cloudlint.concepts.base import Requirement, any_of, unmet
from cloudlint.policy import Finding, policy
from cloudlint.values import Value

_SHARES = ["50", "80", "100"]


@policy(
    severity="low",
    production_only=True,
    standard="A: Quality Standards, billing alerts at 50%, 80% and 100% of the monthly budget",
)
def missing_budget_alerts(
    account: Account,
    *,
    account_roots: list[str] = [],  # noqa: B006
    thresholds: list[str] = _SHARES,
) -> Iterator[Finding]:
    """Without a budget that raises the alarm in time, the bill is the first to tell.

    Judged are root modules of whole accounts: those that the option `account_roots` names by
    globs, and those that hold an organisation, an account's alias or password policy, Identity
    Center, an organisation's trail or billing resources. All budgets of a root count together.

    Fix: add an `aws_budgets_budget` with a `notification` at each of 50, 80 and 100 %.

    ## Bad
    ```terraform
    resource "aws_iam_account_alias" "shop" {  # <-- finding
      account_alias = "shop"
    }
    ```
    ```terraform
    resource "aws_budgets_budget" "month" {
      name         = "month"
      budget_type  = "COST"
      limit_amount = "1000"
      limit_unit   = "USD"
      time_unit    = "MONTHLY"

      notification {  # <-- finding
        comparison_operator        = "GREATER_THAN"
        threshold                  = 100
        threshold_type             = "PERCENTAGE"
        notification_type          = "ACTUAL"
        subscriber_email_addresses = ["finance@example.com"]
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_budgets_budget" "month" {
      name         = "month"
      budget_type  = "COST"
      limit_amount = "1000"
      limit_unit   = "USD"
      time_unit    = "MONTHLY"

      notification {
        comparison_operator        = "GREATER_THAN"
        threshold                  = 50
        threshold_type             = "PERCENTAGE"
        notification_type          = "ACTUAL"
        subscriber_email_addresses = ["finance@example.com"]
      }

      notification {
        comparison_operator        = "GREATER_THAN"
        threshold                  = 80
        threshold_type             = "PERCENTAGE"
        notification_type          = "ACTUAL"
        subscriber_email_addresses = ["finance@example.com"]
      }

      notification {
        comparison_operator        = "GREATER_THAN"
        threshold                  = 100
        threshold_type             = "PERCENTAGE"
        notification_type          = "ACTUAL"
        subscriber_email_addresses = ["finance@example.com"]
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "share" {
      type = number
    }

    resource "aws_budgets_budget" "month" {
      name         = "month"
      budget_type  = "COST"
      limit_amount = "1000"
      limit_unit   = "USD"
      time_unit    = "MONTHLY"

      notification {
        comparison_operator        = "GREATER_THAN"
        threshold                  = 50
        threshold_type             = "PERCENTAGE"
        notification_type          = "ACTUAL"
        subscriber_email_addresses = ["finance@example.com"]
      }

      notification {
        comparison_operator        = "GREATER_THAN"
        threshold                  = 80
        threshold_type             = "PERCENTAGE"
        notification_type          = "ACTUAL"
        subscriber_email_addresses = ["finance@example.com"]
      }

      notification {
        comparison_operator        = "GREATER_THAN"
        threshold                  = var.share
        threshold_type             = "PERCENTAGE"
        notification_type          = "ACTUAL"
        subscriber_email_addresses = ["finance@example.com"]
      }
    }
    ```
    """
    if not account.is_judged(account_roots):
        return
    budgets = account.budgets()
    if not budgets:
        yield Finding(f"{account} is that of an account, and has no budget", at=account.place)
        return
    place = budgets[0].place
    failed = unmet([Requirement(_alerted(budgets, int(s)), f"{s} %", place) for s in thresholds])
    if failed:
        shares = ", ".join(requirement.problem for requirement in failed)
        yield Finding(f"no budget of {account} alerts at {shares}", at=place)


def _alerted(budgets: list[Budget], share: int) -> Value:
    return any_of(budget.alerts(share) for budget in budgets)
