from collections.abc import Iterator

from cloudlint.concepts.messaging import Queue
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard="+: A dead letter queue ends the way of a message",
)
def cyclic_dead_letter_queue(queue: Queue) -> Iterator[Finding]:
    """Messages that fail go round in a ring for ever, and nobody ever sees them fail.

    A queue is its own dead letter queue, directly or through others. A ring is reported once.

    Fix: let the last dead letter queue have no `redrive_policy`.

    ## Bad
    ```terraform
    resource "aws_sqs_queue" "orders" {
      name = "orders"
    }

    resource "aws_sqs_queue" "failed" {
      name = "orders-failed"

      redrive_policy = jsonencode({
        deadLetterTargetArn = aws_sqs_queue.orders.arn
        maxReceiveCount     = 3
      })
    }

    resource "aws_sqs_queue_redrive_policy" "orders" {
      queue_url = aws_sqs_queue.orders.id

      redrive_policy = jsonencode({
        deadLetterTargetArn = aws_sqs_queue.failed.arn  # <-- finding
        maxReceiveCount     = 3
      })
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
        maxReceiveCount     = 3
      })
    }
    ```
    ## Undecided
    ```terraform
    variable "failed_queue_arn" {
      type = string
    }

    resource "aws_sqs_queue" "orders" {
      name = "orders"

      redrive_policy = jsonencode({
        deadLetterTargetArn = var.failed_queue_arn
        maxReceiveCount     = 3
      })
    }
    ```
    """
    ring = queue.ring()
    if ring is None:
        return
    others = ", ".join(str(other) for other in ring.queues[1:])
    through = f", through {others}" if others else ""
    yield Finding(f"{queue} is its own dead letter queue{through}", at=ring.at)
