from collections.abc import Iterator

from cloudlint.concepts.accounts import Account
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    production_only=True,
    standard="A: Cost Optimisation, cost anomaly detection",
)
def missing_cost_anomaly_detection(
    account: Account,
    *,
    account_roots: list[str] = [],  # noqa: B006
) -> Iterator[Finding]:
    """A budget sees a runaway job at the end of the month, anomaly detection the day after.

    Judged are root modules of whole accounts: those that the option `account_roots` names by
    globs, and those that hold an organisation, an account's alias or password policy, Identity
    Center, an organisation's trail or billing resources.

    Fix: add an `aws_ce_anomaly_monitor` and an `aws_ce_anomaly_subscription` to it.

    ## Bad
    ```terraform
    resource "aws_ce_anomaly_monitor" "services" {  # <-- finding
      name              = "services"
      monitor_type      = "DIMENSIONAL"
      monitor_dimension = "SERVICE"
    }
    ```
    ## Good
    ```terraform
    resource "aws_ce_anomaly_monitor" "services" {
      name              = "services"
      monitor_type      = "DIMENSIONAL"
      monitor_dimension = "SERVICE"
    }

    resource "aws_ce_anomaly_subscription" "services" {
      name             = "services"
      frequency        = "DAILY"
      monitor_arn_list = [aws_ce_anomaly_monitor.services.arn]
    }
    ```
    ## Undecided
    ```terraform
    variable "watched" {
      type = bool
    }

    resource "aws_ce_anomaly_monitor" "services" {
      name              = "services"
      monitor_type      = "DIMENSIONAL"
      monitor_dimension = "SERVICE"
    }

    resource "aws_ce_anomaly_subscription" "services" {
      count = var.watched ? 1 : 0

      name             = "services"
      frequency        = "DAILY"
      monitor_arn_list = [aws_ce_anomaly_monitor.services.arn]
    }
    ```
    """
    if account.is_judged(account_roots) and not account.is_watched():
        yield Finding(
            f"{account} is that of an account, and nobody hears of unusual costs",
            at=account.place,
        )
