from __future__ import annotations

import pytest

from cloudlint_policies.availability.short_backup_retention import short_backup_retention as policy
from judging import Judge


def resource(type_: str, body: str) -> str:
    return f'resource "{type_}" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("type_", "body", "place"),
    [
        ("aws_db_instance", "", "1 resource"),
        ("aws_db_instance", "backup_retention_period = 6", "2 backup_retention_period = 6"),
        ("aws_rds_cluster", "", "1 resource"),
        ("aws_rds_cluster", "snapshot_identifier = var.s", "1 resource"),
        ("aws_docdb_cluster", "backup_retention_period = 5", "2 backup_retention_period = 5"),
        ("aws_neptune_cluster", "", "1 resource"),
        ("aws_elasticache_replication_group", "", "1 resource"),
        ("aws_elasticache_cluster", 'engine = "redis"', "1 resource"),
        ("aws_memorydb_cluster", "snapshot_retention_limit = 0", "2 snapshot_retention_limit = 0"),
        (
            "aws_redshift_cluster",
            "automated_snapshot_retention_period = 0",
            "2 automated_snapshot_retention_period = 0",
        ),
    ],
)
def test_short_retention_is_found(judged: Judge, type_: str, body: str, place: str) -> None:
    (found,) = judged({"main.tf": resource(type_, body)}, policy).places
    assert found.startswith(f"main.tf:{place}")


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_db_instance", "backup_retention_period = 7"),
        ("aws_db_instance", 'replicate_source_db = "main"'),
        ("aws_rds_cluster", 'replication_source_identifier = "arn:aws:rds:x"'),
        ("aws_rds_cluster", "global_cluster_identifier = aws_rds_global_cluster.g.id"),
        ("aws_elasticache_replication_group", "snapshot_retention_limit = 1"),
        ("aws_elasticache_replication_group", 'global_replication_group_id = "g"'),
        ("aws_elasticache_cluster", 'engine = "memcached"'),
        ("aws_elasticache_cluster", 'replication_group_id = "g"'),
        ("aws_redshift_cluster", ""),
        ("aws_dynamodb_table", ""),
    ],
)
def test_copies_and_what_is_backed_up_are_silent(judged: Judge, type_: str, body: str) -> None:
    other = 'resource "aws_rds_global_cluster" "g" {\n}\n'
    assert judged({"main.tf": resource(type_, body) + other}, policy).is_silent


def test_what_a_snapshot_decides_is_undecided(judged: Judge) -> None:
    outcome = judged(
        {"main.tf": resource("aws_db_instance", 'snapshot_identifier = "before-migration"')}, policy
    )
    assert outcome.findings == []
    assert outcome.undecided == [
        "aws_db_instance.x takes `backup_retention_period` from what it is restored from"
    ]


def test_a_default_that_nobody_documents_is_undecided(judged: Judge) -> None:
    outcome = judged({"main.tf": resource("aws_elasticache_serverless_cache", "")}, policy)
    assert outcome.findings == []
    (reason,) = outcome.undecided
    assert "leaves `snapshot_retention_limit` to AWS" in reason


def test_the_days_are_an_option(judged: Judge) -> None:
    text = resource("aws_db_instance", "backup_retention_period = 10")
    options = {policy.name: {"days": 14}}
    assert judged({"main.tf": text}, policy, options=options).messages == [
        "aws_db_instance.x (database instance) has backups for fewer than 14 days: "
        "`backup_retention_period` is 10"
    ]


def test_no_backups_are_called_so(judged: Judge) -> None:
    assert judged({"main.tf": resource("aws_db_instance", "")}, policy).messages == [
        "aws_db_instance.x (database instance) has no backups: `backup_retention_period` is 0"
    ]


def test_other_environments_are_not_judged(judged: Judge) -> None:
    assert judged({"dev/main.tf": resource("aws_db_instance", "")}, policy).is_silent
