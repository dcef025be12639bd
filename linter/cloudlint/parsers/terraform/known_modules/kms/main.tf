resource "aws_kms_key" "this" {
  count = var.create && !var.create_external && !var.create_replica && !var.create_replica_external ? 1 : 0

  description              = var.description
  customer_master_key_spec = var.customer_master_key_spec
  key_usage                = var.key_usage
  deletion_window_in_days  = var.deletion_window_in_days
  enable_key_rotation      = var.enable_key_rotation
  rotation_period_in_days  = var.rotation_period_in_days
  is_enabled               = var.is_enabled
  multi_region             = var.multi_region
  policy                   = var.policy
  tags                     = var.tags
}

resource "aws_kms_external_key" "this" {
  count = var.create && var.create_external ? 1 : 0

  description             = var.description
  deletion_window_in_days = var.deletion_window_in_days
  multi_region            = var.multi_region
  policy                  = var.policy
  tags                    = var.tags
}

resource "aws_kms_replica_key" "this" {
  count = var.create && var.create_replica ? 1 : 0

  description             = var.description
  deletion_window_in_days = var.deletion_window_in_days
  primary_key_arn         = var.primary_key_arn
  policy                  = var.policy
  tags                    = var.tags
}

resource "aws_kms_alias" "this" {
  for_each = { for alias in var.aliases : alias => alias if var.create }

  name          = "alias/${each.value}"
  target_key_id = local.key_id
}

locals {
  key_id  = try(aws_kms_key.this[0].key_id, aws_kms_external_key.this[0].id, aws_kms_replica_key.this[0].key_id, null)
  key_arn = try(aws_kms_key.this[0].arn, aws_kms_external_key.this[0].arn, aws_kms_replica_key.this[0].arn, null)
}
