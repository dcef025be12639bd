locals {
  name = trimsuffix(coalesce(var.name, "topic"), ".fifo")
}

resource "aws_sns_topic" "this" {
  count = var.create ? 1 : 0

  name              = var.fifo_topic ? "${local.name}.fifo" : local.name
  fifo_topic        = var.fifo_topic
  display_name      = var.display_name
  delivery_policy   = var.delivery_policy
  kms_master_key_id = var.kms_master_key_id
  policy            = var.create_topic_policy ? null : var.topic_policy
  tracing_config    = var.tracing_config
  tags              = var.tags
}

resource "aws_sns_topic_subscription" "this" {
  for_each = { for key, subscription in var.subscriptions : key => subscription if var.create && var.create_subscription }

  topic_arn            = aws_sns_topic.this[0].arn
  protocol             = each.value.protocol
  endpoint             = each.value.endpoint
  filter_policy        = try(each.value.filter_policy, null)
  raw_message_delivery = try(each.value.raw_message_delivery, null)
  redrive_policy       = try(each.value.redrive_policy, null)
}

data "aws_iam_policy_document" "this" {
  count = var.create && var.create_topic_policy ? 1 : 0

  source_policy_documents   = var.source_topic_policy_documents
  override_policy_documents = var.override_topic_policy_documents

  dynamic "statement" {
    for_each = flatten([for statements in var.topic_policy_statements[*] : try(values(statements), statements)])

    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(coalescelist(statement.value.resources), [aws_sns_topic.this[0].arn])
      not_resources = try(statement.value.not_resources, null)
      principals    = try(flatten(statement.value.principals[*]), [])

      not_principals = try(flatten(statement.value.not_principals[*]), [])
      condition      = try(flatten(statement.value.condition[*]), flatten(statement.value.conditions[*]), [])
    }
  }
}

resource "aws_sns_topic_policy" "this" {
  count = var.create && var.create_topic_policy && try(length(var.topic_policy_statements), 0) > 0 ? 1 : 0

  arn    = aws_sns_topic.this[0].arn
  policy = data.aws_iam_policy_document.this[0].json
}
