from __future__ import annotations

import pytest

from cloudlint_policies.cost.missing_storage_lifecycle import missing_storage_lifecycle as policy
from judging import Judge

ABORT = "abort_incomplete_multipart_upload {\n days_after_initiation = 7\n }"
DAYS = "abort_incomplete_multipart_upload_days = 7"
EXPIRE = "noncurrent_version_expiration {\n noncurrent_days = 30\n }"
VERSIONS = """
resource "aws_s3_bucket_versioning" "v" {
  bucket = "b"
  versioning_configuration {
    status = "Enabled"
  }
}
"""
TIERING = """
resource "aws_s3_bucket_intelligent_tiering_configuration" "t" {
  bucket = aws_s3_bucket.b.id
  name   = "all"
}
"""


def bucket(more: str = "") -> str:
    return f'resource "aws_s3_bucket" "b" {{\n bucket = "b"\n {more}\n}}\n'


def rules(body: str, status: str = "Enabled", of: str = "aws_s3_bucket.b.id") -> str:
    return f"""
resource "aws_s3_bucket_lifecycle_configuration" "l" {{
  bucket = {of}
  rule {{
    id     = "x"
    status = "{status}"
    {body}
  }}
}}
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (bucket(), "no enabled lifecycle rule"),
        (bucket() + rules(ABORT, "Disabled"), "no enabled lifecycle rule"),
        (bucket() + rules(ABORT) + VERSIONS, "noncurrent versions never expire"),
        (bucket() + rules(EXPIRE) + VERSIONS, "incomplete uploads are never aborted"),
        (bucket() + rules("") + VERSIONS, "never expire, incomplete uploads are never aborted"),
        (bucket() + rules(ABORT, of='"other"'), "no enabled lifecycle rule"),
        (bucket("lifecycle_rule {\n enabled = true\n }"), "incomplete uploads"),
    ],
)
def test_what_is_kept_for_ever_is_found(judged: Judge, text: str, problem: str) -> None:
    (message,) = judged({"main.tf": text}, policy).messages
    assert problem in message


@pytest.mark.parametrize(
    "text",
    [
        bucket() + rules(ABORT),
        bucket() + rules(ABORT, of='"b"'),
        bucket() + rules(ABORT + "\n" + EXPIRE) + VERSIONS,
        bucket() + TIERING,
        bucket(
            "lifecycle_rule {\n enabled = true\n abort_incomplete_multipart_upload_days = 7\n }"
        ),
    ],
)
def test_what_is_tidied_up_is_fine(judged: Judge, text: str) -> None:
    assert judged({"main.tf": text}, policy).is_silent


def test_directory_buckets_are_judged(judged: Judge) -> None:
    text = bucket().replace("aws_s3_bucket", "aws_s3_directory_bucket")
    assert len(judged({"main.tf": text}, policy).findings) == 1
    tidied = text + rules(ABORT, of="aws_s3_directory_bucket.b.bucket")
    assert judged({"main.tf": tidied}, policy).is_silent


def test_rules_of_an_unknown_bucket_are_undecided(judged: Judge) -> None:
    text = bucket() + rules(ABORT, of="var.name") + 'variable "name" {}\n'
    outcome = judged({"main.tf": text}, policy)
    assert (outcome.findings, outcome.undecided) == ([], ["var.name has no value"])
