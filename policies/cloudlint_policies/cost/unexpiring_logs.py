from collections.abc import Iterator

from cloudlint.concepts.base import at_least
from cloudlint.concepts.logs import LogGroup
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="+: nothing is kept for ever unasked")
def unexpiring_logs(logs: LogGroup) -> Iterator[Finding]:
    """Logs that nothing deletes are paid for every month from then on.

    A log group without `retention_in_days`, or with 0, keeps its logs for ever.

    Fix: set `retention_in_days`; export what has to be kept longer to S3.

    ## Bad
    ```terraform
    resource "aws_cloudwatch_log_group" "web" {  # <-- finding
      name = "/ecs/web"
    }
    ```
    ## Good
    ```terraform
    resource "aws_cloudwatch_log_group" "web" {
      name              = "/ecs/web"
      retention_in_days = 30
    }
    ```
    ## Undecided
    ```terraform
    variable "days" {
      type = number
    }

    resource "aws_cloudwatch_log_group" "web" {
      name              = "/ecs/web"
      retention_in_days = var.days
    }
    ```
    """
    if ~at_least(logs.retention, 1):
        yield Finding(f"{logs} keeps its logs for ever", at=logs.retention)
