"""S3's buckets: their lifecycle rules, by themselves and as blocks of the bucket.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cloudlint.concepts.base import (
    Requirement,
    any_of,
    exists_with,
    holds_any,
    is_absent,
    is_any_of,
    may_have_more,
)
from cloudlint.concepts.buckets import StoredObjects
from cloudlint.graph import Graph, Join, Resource, given
from cloudlint.values import Value

_RULES = "aws_s3_bucket_lifecycle_configuration"
_VERSIONING = "aws_s3_bucket_versioning"
_TIERING = "aws_s3_bucket_intelligent_tiering_configuration"


def stored_objects(graph: Graph) -> Iterator[StoredObjects]:
    """What every bucket holds."""
    for bucket in graph.of("aws_s3_bucket", "aws_s3_directory_bucket"):
        yield StoredObjects(bucket, partial(_upkeep, graph, bucket))


@dataclass(frozen=True, slots=True)
class _Rule:
    """A lifecycle rule; what it does is three-valued, and includes whether it is enabled."""

    enabled: Value
    expires_versions: Value
    aborts_uploads: Value


def _upkeep(graph: Graph, bucket: Resource) -> list[Requirement]:
    """One that has no rules needs nothing said about what they do."""
    place = bucket["lifecycle_rule"]
    rules = [_inline(rule) for rule in place]
    for configuration, belongs in _beside(graph, bucket, _RULES):
        place = configuration["lifecycle_rule"]
        rules += [_apart(rule, belongs) for rule in configuration["rule"]]
    elsewhere = _elsewhere(graph, bucket)
    enabled = elsewhere | any_of(rule.enabled for rule in rules)
    if enabled.truth() is False:
        return [Requirement(enabled, "it has no enabled lifecycle rule", place)]
    versions = ~_is_versioned(graph, bucket) | any_of(rule.expires_versions for rule in rules)
    uploads = any_of(rule.aborts_uploads for rule in rules)
    return [
        Requirement(enabled, "it has no enabled lifecycle rule", place),
        Requirement(elsewhere | versions, "noncurrent versions never expire", place),
        Requirement(elsewhere | uploads, "incomplete uploads are never aborted", place),
    ]


def _inline(rule: Value) -> _Rule:
    enabled = given(rule, "enabled", False)
    return _Rule(
        enabled,
        enabled & holds_any(rule["noncurrent_version_expiration"]),
        enabled & ~is_absent(rule["abort_incomplete_multipart_upload_days"]),
    )


def _apart(rule: Value, belongs: Value) -> _Rule:
    enabled = belongs & is_any_of(rule["status"], "Enabled")
    return _Rule(
        enabled,
        enabled & holds_any(rule["noncurrent_version_expiration"]),
        enabled & holds_any(rule["abort_incomplete_multipart_upload"]),
    )


def _beside(graph: Graph, bucket: Resource, type_: str) -> Iterator[tuple[Resource, Value]]:
    """The resources that configure a bucket, and whether they exist where it does."""
    for resource in graph.joined(bucket, Join(type_, "bucket", "bucket")):
        yield resource, exists_with(resource, bucket)


def _elsewhere(graph: Graph, bucket: Resource) -> Value:
    """Three-valued: whether S3 tiers the objects itself, or rules of an unknown bucket are for
    this one."""
    tiering = _beside(graph, bucket, _TIERING)
    verdict: Value = any_of(
        exists & is_any_of(tier.get("status", "Enabled"), "Enabled") for tier, exists in tiering
    )
    for type_ in (_RULES, _TIERING):
        verdict = verdict | may_have_more(graph, bucket, Join(type_, "bucket", "bucket"))
    return verdict


def _is_versioned(graph: Graph, bucket: Resource) -> Value:
    answers = [given(block, "enabled", False) for block in bucket["versioning"]]
    for resource, exists in _beside(graph, bucket, _VERSIONING):
        status = resource["versioning_configuration"][0]["status"]
        answers.append(exists & is_any_of(status, "Enabled"))
    answers.append(may_have_more(graph, bucket, Join(_VERSIONING, "bucket", "bucket")))
    return any_of(answers)
