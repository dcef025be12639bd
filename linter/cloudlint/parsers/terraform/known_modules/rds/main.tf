locals {
  is_replica        = var.replicate_source_db != null
  managed_password  = var.manage_master_user_password && !local.is_replica
  has_subnet_group  = var.create_db_subnet_group
  has_option_group  = var.create_db_option_group && var.engine != "postgres"
  has_log_groups    = var.create_cloudwatch_log_group && !var.instance_use_identifier_prefix
  parameter_group   = var.create_db_parameter_group ? one(aws_db_parameter_group.this[*].id) : var.parameter_group_name
  identifier_prefix = var.instance_use_identifier_prefix ? "${var.identifier}-" : null
}

resource "aws_db_instance" "this" {
  count = var.create_db_instance ? 1 : 0

  identifier        = var.instance_use_identifier_prefix ? null : var.identifier
  identifier_prefix = local.identifier_prefix

  engine                = local.is_replica ? null : var.engine
  engine_version        = var.engine_version
  instance_class        = var.instance_class
  allocated_storage     = var.allocated_storage
  max_allocated_storage = var.max_allocated_storage
  storage_type          = var.storage_type
  storage_encrypted     = var.storage_encrypted
  kms_key_id            = var.kms_key_id
  iops                  = var.iops

  db_name                             = var.db_name
  username                            = local.is_replica ? null : var.username
  password                            = local.managed_password ? null : var.password
  password_wo                         = local.managed_password ? null : var.password_wo
  manage_master_user_password         = local.managed_password ? true : null
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  port                                = var.port

  db_subnet_group_name   = local.has_subnet_group ? one(aws_db_subnet_group.this[*].id) : var.db_subnet_group_name
  parameter_group_name   = local.parameter_group
  option_group_name      = local.has_option_group ? one(aws_db_option_group.this[*].id) : var.option_group_name
  vpc_security_group_ids = var.vpc_security_group_ids
  publicly_accessible    = var.publicly_accessible
  ca_cert_identifier     = var.ca_cert_identifier

  availability_zone   = var.availability_zone
  multi_az            = var.multi_az
  replicate_source_db = var.replicate_source_db

  allow_major_version_upgrade = var.allow_major_version_upgrade
  auto_minor_version_upgrade  = var.auto_minor_version_upgrade
  apply_immediately           = var.apply_immediately
  maintenance_window          = var.maintenance_window

  backup_retention_period   = var.backup_retention_period
  backup_window             = var.backup_window
  copy_tags_to_snapshot     = var.copy_tags_to_snapshot
  delete_automated_backups  = var.delete_automated_backups
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = var.skip_final_snapshot
  final_snapshot_identifier = var.skip_final_snapshot ? null : "${var.final_snapshot_identifier_prefix}-${var.identifier}"
  snapshot_identifier       = var.snapshot_identifier

  monitoring_interval             = var.monitoring_interval
  performance_insights_enabled    = var.performance_insights_enabled
  performance_insights_kms_key_id = var.performance_insights_enabled ? var.performance_insights_kms_key_id : null
  enabled_cloudwatch_logs_exports = var.enabled_cloudwatch_logs_exports

  tags = merge(var.tags, var.db_instance_tags)
}

resource "aws_db_subnet_group" "this" {
  count = local.has_subnet_group ? 1 : 0

  name       = coalesce(var.db_subnet_group_name, var.identifier)
  subnet_ids = var.subnet_ids
  tags       = merge(var.tags, var.db_subnet_group_tags)
}

resource "aws_db_parameter_group" "this" {
  count = var.create_db_parameter_group ? 1 : 0

  name   = coalesce(var.parameter_group_name, var.identifier)
  family = var.family
  tags   = merge(var.tags, var.db_parameter_group_tags)

  dynamic "parameter" {
    for_each = flatten(var.parameters[*])

    content {
      name         = parameter.value.name
      value        = parameter.value.value
      apply_method = try(parameter.value.apply_method, null)
    }
  }
}

resource "aws_db_option_group" "this" {
  count = local.has_option_group ? 1 : 0

  name                 = coalesce(var.option_group_name, var.identifier)
  engine_name          = var.engine
  major_engine_version = var.major_engine_version
  tags                 = merge(var.tags, var.db_option_group_tags)
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = toset(local.has_log_groups ? var.enabled_cloudwatch_logs_exports : [])

  name              = "/aws/rds/instance/${var.identifier}/${each.value}"
  retention_in_days = var.cloudwatch_log_group_retention_in_days
  kms_key_id        = var.cloudwatch_log_group_kms_key_id
  tags              = merge(var.tags, var.cloudwatch_log_group_tags)
}

# Versions before 7 take the password itself.
variable "password" {
  type      = string
  default   = null
  sensitive = true
}
