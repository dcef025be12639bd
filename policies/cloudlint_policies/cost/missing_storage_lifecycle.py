from collections.abc import Iterator

from cloudlint.concepts.base import unmet
from cloudlint.concepts.buckets import StoredObjects
from cloudlint.policy import Finding, policy


@policy(
    severity="low",
    standard="A: S3, lifecycle rules that move cold data and expire temporary objects",
)
def missing_storage_lifecycle(objects: StoredObjects) -> Iterator[Finding]:
    """What nothing expires in a bucket is paid for every month, seen or not.

    A bucket needs an enabled lifecycle rule; noncurrent versions have to expire where versions
    are kept, and incomplete uploads have to be aborted: neither shows in a listing. Buckets with
    an Intelligent-Tiering configuration are left alone.

    Fix: add an `aws_s3_bucket_lifecycle_configuration` with `noncurrent_version_expiration` and
    `abort_incomplete_multipart_upload`.

    ## Bad
    ```terraform
    resource "aws_s3_bucket" "media" {  # <-- finding
      bucket = "media"
    }
    ```
    ```terraform
    resource "aws_s3_bucket" "media" {
      bucket = "media"
    }

    resource "aws_s3_bucket_lifecycle_configuration" "media" {  # <-- finding
      bucket = aws_s3_bucket.media.id

      rule {
        id     = "archive"
        status = "Enabled"

        transition {
          days          = 90
          storage_class = "GLACIER"
        }
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_s3_bucket" "media" {
      bucket = "media"
    }

    resource "aws_s3_bucket_versioning" "media" {
      bucket = aws_s3_bucket.media.id

      versioning_configuration {
        status = "Enabled"
      }
    }

    resource "aws_s3_bucket_lifecycle_configuration" "media" {
      bucket = aws_s3_bucket.media.id

      rule {
        id     = "tidy"
        status = "Enabled"

        noncurrent_version_expiration {
          noncurrent_days = 60
        }

        abort_incomplete_multipart_upload {
          days_after_initiation = 7
        }
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "status" {
      type = string
    }

    resource "aws_s3_bucket" "media" {
      bucket = "media"
    }

    resource "aws_s3_bucket_lifecycle_configuration" "media" {
      bucket = aws_s3_bucket.media.id

      rule {
        id     = "tidy"
        status = var.status

        abort_incomplete_multipart_upload {
          days_after_initiation = 7
        }
      }
    }
    ```
    """
    failed = unmet(objects.upkeep())
    if failed:
        problems = ", ".join(requirement.problem for requirement in failed)
        yield Finding(f"{objects} keeps what nobody needs: {problems}", at=failed[0].at)
