from __future__ import annotations

import pytest

from cloudlint_policies.availability.missing_dead_letter_queue import (
    missing_dead_letter_queue as policy,
)
from judging import Judge

QUEUE = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
FUNCTION = 'resource "aws_lambda_function" "f" {\n  function_name = "f"\n}\n'


def resource(type_: str, body: str) -> str:
    return f'resource "{type_}" "x" {{\n{body}\n}}\n'


def subscription(protocol: str, endpoint: str) -> str:
    body = f'protocol = "{protocol}"\nendpoint = {endpoint}\nredrive_policy = "{{}}"'
    return resource("aws_sns_topic_subscription", body)


@pytest.mark.parametrize(
    "text",
    [
        QUEUE
        + resource("aws_lambda_event_source_mapping", "event_source_arn = aws_sqs_queue.q.arn"),
        QUEUE + resource("aws_pipes_pipe", "source = aws_sqs_queue.q.arn"),
        QUEUE + subscription("sqs", "aws_sqs_queue.q.arn"),
        FUNCTION + subscription("lambda", "aws_lambda_function.f.arn"),
        FUNCTION
        + resource(
            "aws_cloudwatch_event_target",
            "arn = aws_lambda_function.f.arn\ndead_letter_config {\narn = aws_sqs_queue.y.arn\n}",
        ),
        resource("aws_sns_topic_subscription", 'protocol = "https"\nendpoint = "https://x"'),
        resource("aws_cloudwatch_event_target", 'rule = "nightly"'),
        resource("aws_scheduler_schedule", 'target {\narn = "x"\n}'),
    ],
)
def test_what_loses_messages_is_found_once(judged: Judge, text: str) -> None:
    assert len(judged({"main.tf": text}, policy).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        QUEUE,
        FUNCTION,
        FUNCTION
        + QUEUE
        + 'resource "aws_sqs_queue_redrive_allow_policy" "q" {\nqueue_url = aws_sqs_queue.q.id\n}\n'
        + resource("aws_lambda_event_source_mapping", "event_source_arn = aws_sqs_queue.q.arn"),
        QUEUE
        + 'resource "aws_sqs_queue_redrive_policy" "q" {\nqueue_url = aws_sqs_queue.q.id\n}\n'
        + resource("aws_lambda_event_source_mapping", "event_source_arn = aws_sqs_queue.q.arn"),
        FUNCTION
        + subscription("lambda", "aws_lambda_function.f.arn")
        + """
resource "aws_lambda_function_event_invoke_config" "f" {
  function_name = "f"
  destination_config {
    on_failure {
      destination = "arn"
    }
  }
}
""",
        resource("aws_sns_topic_subscription", 'protocol = "email"\nendpoint = "a@example.org"'),
        resource("aws_scheduler_schedule", 'target {\ndead_letter_config {\narn = "x"\n}\n}'),
    ],
)
def test_what_keeps_messages_or_is_not_used_is_silent(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_a_dead_letter_queue_needs_none_itself(judged: Judge) -> None:
    text = """
        resource "aws_sqs_queue" "failed" {
          name = "failed"
        }
        resource "aws_sqs_queue" "orders" {
          redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn })
        }
        resource "aws_lambda_event_source_mapping" "failed" {
          event_source_arn = aws_sqs_queue.failed.arn
        }
        """
    assert judged({"main.tf": text}, policy).is_silent


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_cloudwatch_metric_alarm", "alarm_actions = [aws_lambda_function.f.arn]"),
        ("aws_codecommit_trigger", "trigger {\ndestination_arn = aws_lambda_function.f.arn\n}"),
        ("aws_config_config_rule", "source {\nsource_identifier = aws_lambda_function.f.arn\n}"),
    ],
)
def test_what_calls_a_function_without_waiting(judged: Judge, type_: str, body: str) -> None:
    text = f"""
        resource "aws_lambda_function" "f" {{
        }}
        resource "{type_}" "x" {{
          {body}
        }}
        """
    assert len(judged({"main.tf": text}, policy).findings) == 1


def test_a_mapping_that_may_not_exist_is_undecided(judged: Judge) -> None:
    text = """
        variable "consume" {
          type = bool
        }
        resource "aws_sqs_queue" "orders" {
        }
        resource "aws_lambda_event_source_mapping" "orders" {
          count            = var.consume ? 1 : 0
          event_source_arn = aws_sqs_queue.orders.arn
        }
        """
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.consume has no value"])


def test_an_empty_policy_is_none(judged: Judge) -> None:
    text = """
    resource "aws_sqs_queue" "q" {
      redrive_policy = ""
    }
    resource "aws_lambda_event_source_mapping" "m" {
      event_source_arn = aws_sqs_queue.q.arn
      function_name    = "f"
    }
    """
    assert judged({"main.tf": text}, policy).places == ['main.tf:2 redrive_policy = ""']
