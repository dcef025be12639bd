locals {
  has_bucket = var.create_bucket && !var.is_directory_bucket
  has_policy = local.has_bucket && (
    var.attach_policy || var.attach_deny_insecure_transport_policy || var.attach_require_latest_tls_policy
  )
}

resource "aws_s3_bucket" "this" {
  count = local.has_bucket ? 1 : 0

  bucket              = var.bucket
  bucket_prefix       = var.bucket_prefix
  force_destroy       = var.force_destroy
  object_lock_enabled = var.object_lock_enabled
  tags                = var.tags
}

resource "aws_s3_bucket_acl" "this" {
  count = local.has_bucket && var.acl != null ? 1 : 0

  bucket = aws_s3_bucket.this[0].id
  acl    = var.acl
}

resource "aws_s3_bucket_logging" "this" {
  count = local.has_bucket && length(var.logging) > 0 ? 1 : 0

  bucket        = aws_s3_bucket.this[0].id
  target_bucket = var.logging.target_bucket
  target_prefix = try(var.logging.target_prefix, null)
}

resource "aws_s3_bucket_versioning" "this" {
  count = local.has_bucket && length(var.versioning) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  versioning_configuration {
    status = try(
      tobool(var.versioning.enabled) ? "Enabled" : "Suspended",
      tobool(var.versioning.status) ? "Enabled" : "Suspended",
      var.versioning.status,
    )
    mfa_delete = try(tobool(var.versioning.mfa_delete) ? "Enabled" : "Disabled", null)
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count = local.has_bucket && length(var.server_side_encryption_configuration) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  dynamic "rule" {
    for_each = try(flatten(var.server_side_encryption_configuration.rule[*]), [])

    content {
      bucket_key_enabled                      = try(rule.value.bucket_key_enabled, null)
      apply_server_side_encryption_by_default = try(flatten(rule.value.apply_server_side_encryption_by_default[*]), [])
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count = local.has_bucket && length(var.lifecycle_rule) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  dynamic "rule" {
    for_each = var.lifecycle_rule

    content {
      id = try(rule.value.id, null)
      status = try(
        tobool(rule.value.enabled) ? "Enabled" : "Disabled",
        tobool(rule.value.status) ? "Enabled" : "Disabled",
        rule.value.status,
      )
      filter                        = try(flatten(rule.value.filter[*]), [])
      expiration                    = try(flatten(rule.value.expiration[*]), [])
      transition                    = try(flatten(rule.value.transition[*]), [])
      noncurrent_version_transition = try(flatten(rule.value.noncurrent_version_transition[*]), [])

      dynamic "noncurrent_version_expiration" {
        for_each = try(flatten(rule.value.noncurrent_version_expiration[*]), [])

        content {
          noncurrent_days = try(
            noncurrent_version_expiration.value.days,
            noncurrent_version_expiration.value.noncurrent_days,
            null,
          )
        }
      }

      dynamic "abort_incomplete_multipart_upload" {
        for_each = try(rule.value.abort_incomplete_multipart_upload_days[*], [])

        content {
          days_after_initiation = abort_incomplete_multipart_upload.value
        }
      }
    }
  }
}

resource "aws_s3_bucket_website_configuration" "this" {
  count = local.has_bucket && length(var.website) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket_cors_configuration" "this" {
  count = local.has_bucket && length(var.cors_rule) > 0 ? 1 : 0

  bucket    = aws_s3_bucket.this[0].id
  cors_rule = var.cors_rule
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  count = local.has_bucket && var.object_lock_enabled && try(var.object_lock_configuration.rule.default_retention, null) != null ? 1 : 0

  bucket = aws_s3_bucket.this[0].id
  rule   = [{ default_retention = var.object_lock_configuration.rule.default_retention[*] }]
}

resource "aws_s3_bucket_public_access_block" "this" {
  count = local.has_bucket && var.attach_public_policy ? 1 : 0

  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = var.block_public_acls
  block_public_policy     = var.block_public_policy
  ignore_public_acls      = var.ignore_public_acls
  restrict_public_buckets = var.restrict_public_buckets
}

resource "aws_s3_bucket_ownership_controls" "this" {
  count = local.has_bucket && var.control_object_ownership ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  rule {
    object_ownership = var.object_ownership
  }
}

data "aws_iam_policy_document" "this" {
  count = local.has_policy ? 1 : 0

  source_policy_documents = var.attach_policy ? [var.policy] : []

  dynamic "statement" {
    for_each = var.attach_deny_insecure_transport_policy ? [true] : []

    content {
      sid       = "denyInsecureTransport"
      effect    = "Deny"
      actions   = ["s3:*"]
      resources = [aws_s3_bucket.this[0].arn, "${aws_s3_bucket.this[0].arn}/*"]

      principals {
        type        = "*"
        identifiers = ["*"]
      }

      condition {
        test     = "Bool"
        variable = "aws:SecureTransport"
        values   = ["false"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.attach_require_latest_tls_policy ? [true] : []

    content {
      sid       = "denyOutdatedTLS"
      effect    = "Deny"
      actions   = ["s3:*"]
      resources = [aws_s3_bucket.this[0].arn, "${aws_s3_bucket.this[0].arn}/*"]

      principals {
        type        = "*"
        identifiers = ["*"]
      }

      condition {
        test     = "NumericLessThan"
        variable = "s3:TlsVersion"
        values   = ["1.2"]
      }
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  count = local.has_policy ? 1 : 0

  bucket = aws_s3_bucket.this[0].id
  policy = data.aws_iam_policy_document.this[0].json
}
