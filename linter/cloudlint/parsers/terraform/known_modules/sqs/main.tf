locals {
  name     = trimsuffix(coalesce(var.name, "queue"), ".fifo")
  suffix   = var.fifo_queue ? ".fifo" : ""
  dlq_name = try(coalesce(var.dlq_name), "${local.name}-dlq")
  dlq_key  = try(coalesce(var.dlq_kms_master_key_id, var.kms_master_key_id), null)
}

resource "aws_sqs_queue" "this" {
  count = var.create ? 1 : 0

  name                       = "${local.name}${local.suffix}"
  fifo_queue                 = var.fifo_queue
  delay_seconds              = var.delay_seconds
  kms_master_key_id          = var.kms_master_key_id
  sqs_managed_sse_enabled    = var.kms_master_key_id == null ? var.sqs_managed_sse_enabled : null
  message_retention_seconds  = var.message_retention_seconds
  receive_wait_time_seconds  = var.receive_wait_time_seconds
  visibility_timeout_seconds = var.visibility_timeout_seconds
  tags                       = var.tags
}

resource "aws_sqs_queue" "dlq" {
  count = var.create && var.create_dlq ? 1 : 0

  name                      = "${trimsuffix(local.dlq_name, ".fifo")}${local.suffix}"
  fifo_queue                = var.fifo_queue
  kms_master_key_id         = local.dlq_key
  sqs_managed_sse_enabled   = local.dlq_key == null ? var.dlq_sqs_managed_sse_enabled : null
  message_retention_seconds = try(coalesce(var.dlq_message_retention_seconds, var.message_retention_seconds), null)
  tags                      = merge(var.tags, var.dlq_tags)
}

resource "aws_sqs_queue_redrive_policy" "this" {
  count = var.create && !var.create_dlq && try(length(var.redrive_policy), 0) > 0 ? 1 : 0

  queue_url      = aws_sqs_queue.this[0].url
  redrive_policy = try(jsonencode(merge(var.redrive_policy)), var.redrive_policy)
}

resource "aws_sqs_queue_redrive_policy" "dlq" {
  count = var.create && var.create_dlq ? 1 : 0

  queue_url      = aws_sqs_queue.this[0].url
  redrive_policy = jsonencode(merge({ deadLetterTargetArn = aws_sqs_queue.dlq[0].arn, maxReceiveCount = 5 }, var.redrive_policy))
}

resource "aws_sqs_queue_redrive_allow_policy" "dlq" {
  count = var.create && var.create_dlq && var.create_dlq_redrive_allow_policy ? 1 : 0

  queue_url            = aws_sqs_queue.dlq[0].url
  redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.this[0].arn] })
}

data "aws_iam_policy_document" "this" {
  count = var.create && var.create_queue_policy ? 1 : 0

  source_policy_documents   = var.source_queue_policy_documents
  override_policy_documents = var.override_queue_policy_documents

  dynamic "statement" {
    for_each = flatten([for statements in var.queue_policy_statements[*] : try(values(statements), statements)])

    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(coalescelist(statement.value.resources), [aws_sqs_queue.this[0].arn])
      not_resources = try(statement.value.not_resources, null)
      principals    = try(flatten(statement.value.principals[*]), [])

      not_principals = try(flatten(statement.value.not_principals[*]), [])
      condition      = try(flatten(statement.value.condition[*]), flatten(statement.value.conditions[*]), [])
    }
  }
}

resource "aws_sqs_queue_policy" "this" {
  count = var.create && var.create_queue_policy ? 1 : 0

  queue_url = aws_sqs_queue.this[0].url
  policy    = data.aws_iam_policy_document.this[0].json
}
