from collections.abc import Iterator

from cloudlint.concepts.messaging import Handover, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    standard="S: Event-Driven Microservices, SQS as dead letter queue for failures",
)
def missing_dead_letter_queue(handover: Handover) -> Iterator[Finding]:
    """A message that cannot be handled is lost, or tried again for ever, without a trace.

    Judged are queues that a mapping, subscription, rule or pipe leads through, subscriptions of
    machines (not of people, by mail or text message), targets of rules and schedules, and
    functions that something in the configuration calls asynchronously. Dead letter queues need
    none of their own.

    Fix: give it a queue for what fails: `redrive_policy`, `dead_letter_config` or a failure
    destination; and an alarm on that queue.

    ## Bad
    ```terraform
    resource "aws_sqs_queue" "orders" {  # <-- finding
      name = "orders"
    }

    resource "aws_lambda_event_source_mapping" "orders" {
      event_source_arn = aws_sqs_queue.orders.arn
      function_name    = "orders"
    }
    ```
    ```terraform
    resource "aws_lambda_function" "thumbnails" {  # <-- finding
      function_name = "thumbnails"
    }

    resource "aws_s3_bucket_notification" "uploads" {
      bucket = "uploads"

      lambda_function {
        lambda_function_arn = aws_lambda_function.thumbnails.arn
        events              = ["s3:ObjectCreated:*"]
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_sqs_queue" "failed" {
      name = "orders-failed"
    }

    resource "aws_sqs_queue" "orders" {
      name = "orders"

      redrive_policy = jsonencode({
        deadLetterTargetArn = aws_sqs_queue.failed.arn
        maxReceiveCount     = 5
      })
    }

    resource "aws_lambda_event_source_mapping" "orders" {
      event_source_arn = aws_sqs_queue.orders.arn
      function_name    = "orders"
    }

    resource "aws_cloudwatch_event_target" "nightly" {
      rule = "nightly"
      arn  = aws_sqs_queue.orders.arn

      dead_letter_config {
        arn = aws_sqs_queue.failed.arn
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "redrive_policy" {
      type = string
    }

    resource "aws_sqs_queue" "orders" {
      name           = "orders"
      redrive_policy = var.redrive_policy
    }

    resource "aws_lambda_event_source_mapping" "orders" {
      event_source_arn = aws_sqs_queue.orders.arn
      function_name    = "orders"
    }
    ```
    """
    for requirement in unmet(handover.dead_letters()):
        yield Finding(
            f"{handover} ({handover.kind}) loses what it cannot hand on: {requirement.problem}",
            at=requirement.at,
        )
