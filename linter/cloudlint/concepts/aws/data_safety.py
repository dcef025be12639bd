"""How AWS's data stores are backed up, and what keeps them from being deleted.

Defaults are those of the AWS provider, v5 and v6, and where it has none those of AWS's API
references, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.base import Requirement, is_absent, is_any_of
from cloudlint.concepts.data_stores import Backups
from cloudlint.graph import Resource, given
from cloudlint.values import Origin, Undecided, Value, known

_RETENTION = {
    "aws_db_instance": ("backup_retention_period", 0),
    "aws_rds_cluster": ("backup_retention_period", 1),
    "aws_docdb_cluster": ("backup_retention_period", 1),
    "aws_docdbelastic_cluster": ("backup_retention_period", 1),
    "aws_neptune_cluster": ("backup_retention_period", 1),
}
"""Databases: what says for how many days backups are kept, and the default."""

_SNAPSHOTS = {
    "aws_elasticache_replication_group": ("snapshot_retention_limit", 0),
    "aws_elasticache_cluster": ("snapshot_retention_limit", 0),
    "aws_elasticache_serverless_cache": ("snapshot_retention_limit", None),
    "aws_memorydb_cluster": ("snapshot_retention_limit", 0),
    "aws_redshift_cluster": ("automated_snapshot_retention_period", 1),
}
"""The same for stores of which there only have to be snapshots at all; None where neither the
provider nor AWS says what happens by default."""

_SOURCES = {
    "aws_db_instance": "replicate_source_db",
    "aws_elasticache_cluster": "replication_group_id",
    "aws_elasticache_replication_group": "global_replication_group_id",
    "aws_neptune_cluster": "replication_source_identifier",
    "aws_rds_cluster": "replication_source_identifier",
}
"""Arguments that make a store a copy of another."""

_OWN_DATA = (
    "master_username",
    "replication_source_identifier",
    "restore_to_point_in_time",
    "s3_import",
    "snapshot_identifier",
)
"""Where a cluster has its data from, if not from the primary of its global database."""


def backups(resource: Resource) -> Backups | None:
    """The automatic backups of a store; None for what has no such thing."""
    graded = resource.type in _RETENTION
    found = _RETENTION.get(resource.type) or _SNAPSHOTS.get(resource.type)
    if found is None or _is_memcached(resource):
        return None
    argument, default = found
    elsewhere = _is_copy(resource) | _is_secondary(resource)
    if default is None and is_absent(resource[argument]).truth() is True:
        reason = f"leaves `{argument}` to AWS, which does not say what it does"
        raise Undecided(Origin(resource.address, reason, resource.span))
    if elsewhere.truth() is not True and _inherits(resource, argument):
        reason = f"takes `{argument}` from what it is restored from"
        raise Undecided(Origin(resource.address, reason, resource.span))
    days = resource[argument] if default is None else resource.get(argument, default)
    return Backups(days, argument, graded, elsewhere)


def _is_copy(resource: Resource) -> Value:
    """Three-valued: whether a store is a copy of another."""
    argument = _SOURCES.get(resource.type)
    return known(False) if argument is None else ~is_absent(resource[argument])


def _is_secondary(resource: Resource) -> Value:
    """Three-valued: whether a cluster has its data from the primary of a global database."""
    secondary = ~is_absent(resource["global_cluster_identifier"])
    for argument in _OWN_DATA:
        secondary = secondary & is_absent(resource[argument])
    return secondary


def _is_memcached(resource: Resource) -> bool:
    if not resource.type.startswith("aws_elasticache_"):
        return False
    return bool(is_any_of(resource.get("engine", "redis"), "memcached"))


def _inherits(resource: Resource, argument: str) -> bool:
    """Whether an instance is restored and does not say for how long backups are kept."""
    restored = ("snapshot_identifier", "restore_to_point_in_time")
    return (
        resource.type == "aws_db_instance"
        and is_absent(resource[argument]).truth() is True
        and any(is_absent(resource[name]).truth() is not True for name in restored)
    )


def point_in_time(resource: Resource) -> list[Requirement]:
    """What it takes to restore a table as it was at any second."""
    if resource.type not in ("aws_dynamodb_table", "aws_keyspaces_table"):
        return []
    blocks, locks = resource["point_in_time_recovery"], _holds_locks(resource)
    if locks.truth() is True:
        return []
    if not len(blocks):
        return [Requirement(locks, "it has no `point_in_time_recovery`", blocks)]
    if resource.type == "aws_keyspaces_table":
        status = given(blocks[0], "status", "DISABLED")
        return [Requirement(is_any_of(status, "ENABLED"), f"its `status` is {status}", status)]
    enabled = given(blocks[0], "enabled", False)
    return [Requirement(locks | enabled, "`point_in_time_recovery` is not enabled", enabled)]


def _holds_locks(resource: Resource) -> Value:
    """Three-valued: whether a table holds nothing but the locks of Terraform's states, which its
    S3 backend keeps by this key."""
    if resource.type != "aws_dynamodb_table":
        return known(False)
    return is_any_of(resource["hash_key"], "LockID")


_PROTECTION = {
    "aws_db_instance": ("deletion_protection", False),
    "aws_docdb_cluster": ("deletion_protection", False),
    "aws_dsql_cluster": ("deletion_protection_enabled", False),
    "aws_dynamodb_table": ("deletion_protection_enabled", False),
    "aws_neptune_cluster": ("deletion_protection", False),
    "aws_neptunegraph_graph": ("deletion_protection", True),
    "aws_rds_cluster": ("deletion_protection", False),
}
"""What protects a store from being deleted, and the default."""
_FINAL_SNAPSHOT = (
    "aws_db_instance",
    "aws_docdb_cluster",
    "aws_neptune_cluster",
    "aws_rds_cluster",
    "aws_redshift_cluster",
)


def safeguards(resource: Resource) -> list[Requirement]:
    """What keeps a store from being deleted by mistake, or at least its data; a copy of another
    store and a table of locks need nothing."""
    return list(_safeguards(resource))


def _safeguards(resource: Resource) -> Iterator[Requirement]:
    copy = _is_copy(resource) | _holds_locks(resource)
    if resource.type in _PROTECTION:
        argument, default = _PROTECTION[resource.type]
        protected = resource.get(argument, default)
        absent = is_absent(resource[argument]).truth()
        problem = f"`{argument}` is not set" if absent else f"`{argument}` is false"
        yield Requirement(copy | protected, problem, protected)
    if resource.type in _FINAL_SNAPSHOT:
        skipped = resource.get("skip_final_snapshot", False)
        yield Requirement(copy | ~skipped, "`skip_final_snapshot` is true", skipped)
