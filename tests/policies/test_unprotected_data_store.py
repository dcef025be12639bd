from __future__ import annotations

import pytest

from cloudlint_policies.availability.unprotected_data_store import unprotected_data_store as policy
from judging import Judge


def resource(type_: str, body: str) -> str:
    return f'variable "v" {{}}\nresource "{type_}" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("type_", "body", "place"),
    [
        ("aws_db_instance", "", "2 resource"),
        ("aws_docdb_cluster", "deletion_protection = false", "3 deletion_protection = false"),
        ("aws_neptune_cluster", "deletion_protection = null", "3 deletion_protection = null"),
        (
            "aws_rds_cluster",
            "deletion_protection = var.v\nskip_final_snapshot = true",
            "4 skip_final_snapshot = true",
        ),
        ("aws_redshift_cluster", "skip_final_snapshot = true", "3 skip_final_snapshot = true"),
        ("aws_dynamodb_table", "", "2 resource"),
        ("aws_dsql_cluster", "deletion_protection_enabled = false", "3 deletion_protection"),
        ("aws_neptunegraph_graph", "deletion_protection = false", "3 deletion_protection"),
    ],
)
def test_missing_protection_is_found(judged: Judge, type_: str, body: str, place: str) -> None:
    (found,) = judged({"main.tf": resource(type_, body)}, policy).places
    assert found.startswith(f"main.tf:{place}")


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_rds_cluster", "deletion_protection = true"),
        ("aws_db_instance", 'replicate_source_db = "main"\nskip_final_snapshot = true'),
        ("aws_dynamodb_table", "deletion_protection_enabled = true"),
        ("aws_redshift_cluster", ""),
        ("aws_neptunegraph_graph", ""),
        ("aws_elasticache_replication_group", ""),
    ],
)
def test_protected_stores_and_replicas_are_silent(judged: Judge, type_: str, body: str) -> None:
    assert judged({"main.tf": resource(type_, body)}, policy).is_silent


def test_all_that_is_missing_is_one_finding(judged: Judge) -> None:
    text = resource("aws_db_instance", "skip_final_snapshot = true")
    outcome = judged({"main.tf": text}, policy)
    assert outcome.messages == [
        "aws_db_instance.x (database instance) can be deleted by mistake: `deletion_protection` "
        "is not set, `skip_final_snapshot` is true"
    ]
    assert [step.span.text for step in outcome.findings[0].related] == [
        "skip_final_snapshot = true"
    ]


def test_a_table_of_terraform_s_locks_is_left_alone(judged: Judge) -> None:
    text = 'variable "key" {}\nresource "aws_dynamodb_table" "t" {\n  hash_key = "LockID"\n}\n'
    assert judged({"main.tf": text}, policy).is_silent
    assert len(judged({"main.tf": text.replace("LockID", "id")}, policy).findings) == 1
    outcome = judged({"main.tf": text.replace('"LockID"', "var.key")}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.key has no value"])
