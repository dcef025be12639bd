from __future__ import annotations

from cloudlint_policies.availability.missing_point_in_time_recovery import (
    missing_point_in_time_recovery as policy,
)
from judging import Judge


def test_keyspaces_tables_are_judged_by_their_status(judged: Judge) -> None:
    text = """
        resource "aws_keyspaces_table" "on" {
          point_in_time_recovery {
            status = "ENABLED"
          }
        }
        resource "aws_keyspaces_table" "off" {
          point_in_time_recovery {
            status = "DISABLED"
          }
        }
        """
    assert judged({"main.tf": text}, policy).places == ['main.tf:8 status = "DISABLED"']


def test_blocks_that_may_not_be_there_are_undecided(judged: Judge) -> None:
    text = """
        variable "recovery" {
          type = list(bool)
        }
        resource "aws_dynamodb_table" "carts" {
          dynamic "point_in_time_recovery" {
            for_each = var.recovery
            content {
              enabled = true
            }
          }
        }
        """
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.recovery has no value"])


def test_relational_databases_are_not_judged(judged: Judge) -> None:
    assert judged({"main.tf": 'resource "aws_db_instance" "x" {\n}\n'}, policy).is_silent


def test_a_table_of_terraform_s_locks_is_left_alone(judged: Judge) -> None:
    text = 'variable "key" {}\nresource "aws_dynamodb_table" "t" {\n  hash_key = "LockID"\n}\n'
    assert judged({"main.tf": text}, policy).is_silent
    assert len(judged({"main.tf": text.replace("LockID", "id")}, policy).findings) == 1
    outcome = judged({"main.tf": text.replace('"LockID"', "var.key")}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.key has no value"])
