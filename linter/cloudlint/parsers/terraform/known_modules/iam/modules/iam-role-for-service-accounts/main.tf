resource "aws_iam_role" "this" {
  count = var.create ? 1 : 0

  name                 = var.use_name_prefix ? null : var.name
  name_prefix          = var.use_name_prefix ? "${var.name}-" : null
  path                 = var.path
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = { for key, arn in var.policies : key => arn if var.create }

  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}

data "aws_iam_policy_document" "this" {
  count = var.create && var.create_policy && length(merge(var.permissions)) > 0 ? 1 : 0

  source_policy_documents   = var.source_policy_documents
  override_policy_documents = var.override_policy_documents

  dynamic "statement" {
    for_each = merge(var.permissions)

    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(coalescelist(statement.value.resources), null)
      not_resources = try(statement.value.not_resources, null)
      principals    = try(flatten(statement.value.principals[*]), [])

      not_principals = try(flatten(statement.value.not_principals[*]), [])
      condition      = try(flatten(statement.value.condition[*]), flatten(statement.value.conditions[*]), [])
    }
  }
}

resource "aws_iam_policy" "this" {
  count = length(data.aws_iam_policy_document.this)

  name   = var.name
  policy = data.aws_iam_policy_document.this[0].json
}
