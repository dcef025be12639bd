from __future__ import annotations

from cloudlint_policies.availability.cyclic_dead_letter_queue import (
    cyclic_dead_letter_queue as policy,
)
from judging import Judge


def queue(name: str, dead_letters: str) -> str:
    return (
        f'resource "aws_sqs_queue" "{name}" {{\n  name = "{name}"\n'
        f"  redrive_policy = jsonencode({{ deadLetterTargetArn = {dead_letters} }})\n}}\n"
    )


def test_a_queue_may_name_itself_by_text(judged: Judge) -> None:
    text = queue("orders", '"arn:aws:sqs:eu-west-1:111122223333:orders"')
    assert judged({"main.tf": text}, policy).messages == [
        "aws_sqs_queue.orders is its own dead letter queue"
    ]


def test_the_account_in_an_arn_does_not_matter(judged: Judge) -> None:
    identity = 'data "aws_caller_identity" "me" {}\n'
    arn = '"arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:orders"'
    assert len(judged({"main.tf": identity + queue("orders", arn)}, policy).findings) == 1


def test_a_ring_is_reported_once(judged: Judge) -> None:
    arns = [f'"arn:aws:sqs:eu-west-1:111122223333:{name}"' for name in "abc"]
    text = queue("a", arns[1]) + queue("b", arns[2]) + queue("c", arns[0]) + queue("d", arns[0])
    assert judged({"main.tf": text}, policy).messages == [
        "aws_sqs_queue.a is its own dead letter queue, through aws_sqs_queue.b, aws_sqs_queue.c"
    ]


def test_chains_and_foreign_queues_are_silent(judged: Judge) -> None:
    text = (
        queue("a", "aws_sqs_queue.b.arn")
        + queue("b", "aws_sqs_queue.c.arn")
        + queue("c", '"arn:aws:sqs:eu-west-1:111122223333:elsewhere"')
    )
    assert judged({"main.tf": text}, policy).is_silent


def test_a_document_that_is_no_json_is_undecided(judged: Judge) -> None:
    text = 'resource "aws_sqs_queue" "q" {\n  redrive_policy = "none"\n}\n'
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, len(outcome.undecided)) == ([], 1)


def test_a_ring_that_may_be_closed_is_undecided(judged: Judge) -> None:
    arns = [f'"arn:aws:sqs:eu-west-1:111122223333:{name}"' for name in "abc"]
    rest = queue("b", arns[2]) + queue("c", arns[0])
    text = 'variable "v" {}\n' + queue("a", arns[1]).replace('name = "a"', "name = var.v") + rest
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, set(outcome.undecided)) == ([], {"var.v has no value"})
    assert len(outcome.verdicts.undecided) == 3
