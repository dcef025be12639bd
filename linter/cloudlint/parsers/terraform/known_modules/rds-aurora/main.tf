locals {
  is_serverless_v1 = var.engine_mode == "serverless"
  has_managed      = var.manage_master_user_password && var.global_cluster_identifier == null
  has_password     = var.is_primary_cluster && !local.has_managed
  port             = coalesce(var.port, var.engine == "aurora-postgresql" ? 5432 : 3306)
  subnet_group     = var.create_db_subnet_group ? one(aws_db_subnet_group.this[*].name) : var.db_subnet_group_name
  instance_class   = try(coalesce(var.cluster_instance_class, var.instance_class), null)
  replicas         = { for number in range(var.replica_count) : tostring(number + 1) => {} }
  instances        = merge(local.replicas, var.instances)
}

resource "aws_rds_cluster" "this" {
  count = var.create ? 1 : 0

  cluster_identifier        = var.cluster_use_name_prefix ? null : var.name
  cluster_identifier_prefix = var.cluster_use_name_prefix ? "${var.name}-" : null
  engine                    = var.engine
  engine_mode               = var.cluster_scalability_type == "limitless" ? "" : var.engine_mode
  engine_version            = var.engine_version
  cluster_scalability_type  = var.cluster_scalability_type
  availability_zones        = var.availability_zones
  database_name             = var.is_primary_cluster ? var.database_name : null
  allocated_storage         = var.allocated_storage
  db_cluster_instance_class = var.allocated_storage == null ? null : local.instance_class

  global_cluster_identifier     = var.global_cluster_identifier
  source_region                 = var.source_region
  replication_source_identifier = var.replication_source_identifier

  master_username                     = var.is_primary_cluster ? var.master_username : null
  master_password                     = local.has_password ? var.master_password : null
  master_password_wo                  = local.has_password ? var.master_password_wo : null
  manage_master_user_password         = local.has_managed ? true : null
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  port                                = local.port

  db_subnet_group_name            = local.subnet_group
  vpc_security_group_ids          = concat(aws_security_group.this[*].id, var.vpc_security_group_ids)
  db_cluster_parameter_group_name = var.cluster_parameter_group_name
  enabled_cloudwatch_logs_exports = var.enabled_cloudwatch_logs_exports

  storage_encrypted = var.storage_encrypted
  storage_type      = var.storage_type
  kms_key_id        = var.kms_key_id

  backup_retention_period      = var.backup_retention_period
  preferred_backup_window      = var.preferred_backup_window
  preferred_maintenance_window = var.preferred_maintenance_window
  copy_tags_to_snapshot        = var.copy_tags_to_snapshot
  deletion_protection          = var.deletion_protection
  skip_final_snapshot          = var.skip_final_snapshot
  final_snapshot_identifier    = var.final_snapshot_identifier
  snapshot_identifier          = var.snapshot_identifier
  apply_immediately            = var.apply_immediately
  allow_major_version_upgrade  = var.allow_major_version_upgrade

  dynamic "serverlessv2_scaling_configuration" {
    for_each = var.engine_mode == "provisioned" && try(length(var.serverlessv2_scaling_configuration), 0) > 0 ? [var.serverlessv2_scaling_configuration] : []

    content {
      min_capacity = try(serverlessv2_scaling_configuration.value.min_capacity, null)
      max_capacity = try(serverlessv2_scaling_configuration.value.max_capacity, null)
    }
  }

  tags = merge(var.tags, var.cluster_tags)
}

resource "aws_rds_shard_group" "this" {
  count = var.create && var.shard_group != null ? 1 : 0

  db_cluster_identifier     = aws_rds_cluster.this[0].id
  db_shard_group_identifier = var.shard_group.identifier
  compute_redundancy        = try(var.shard_group.compute_redundancy, null)
  max_acu                   = var.shard_group.max_acu
}

resource "aws_rds_cluster_instance" "this" {
  for_each = { for key, instance in local.instances : key => instance if var.create && !local.is_serverless_v1 }

  cluster_identifier   = aws_rds_cluster.this[0].id
  identifier           = var.instances_use_identifier_prefix ? null : try(each.value.identifier, "${var.name}-${each.key}")
  engine               = var.engine
  engine_version       = var.engine_version
  instance_class       = try(coalesce(each.value.instance_class, local.instance_class), null)
  availability_zone    = try(each.value.availability_zone, null)
  promotion_tier       = try(each.value.promotion_tier, null)
  publicly_accessible  = try(each.value.publicly_accessible, null)
  db_subnet_group_name = local.subnet_group

  auto_minor_version_upgrade   = try(each.value.auto_minor_version_upgrade, null)
  apply_immediately            = try(coalesce(each.value.apply_immediately, var.apply_immediately), null)
  performance_insights_enabled = try(coalesce(each.value.performance_insights_enabled, var.cluster_performance_insights_enabled), null)
  monitoring_interval          = try(coalesce(each.value.monitoring_interval, var.cluster_monitoring_interval), null)
  preferred_maintenance_window = var.preferred_maintenance_window
  copy_tags_to_snapshot        = try(each.value.copy_tags_to_snapshot, true)

  tags = merge(var.tags, try(each.value.tags, {}))
}

resource "aws_appautoscaling_target" "this" {
  count = var.create && var.autoscaling_enabled && !local.is_serverless_v1 ? 1 : 0

  min_capacity       = var.autoscaling_min_capacity
  max_capacity       = var.autoscaling_max_capacity
  resource_id        = "cluster:${aws_rds_cluster.this[0].cluster_identifier}"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  service_namespace  = "rds"
}

resource "aws_appautoscaling_policy" "this" {
  count = length(aws_appautoscaling_target.this)

  name               = var.autoscaling_policy_name
  policy_type        = "TargetTrackingScaling"
  resource_id        = "cluster:${aws_rds_cluster.this[0].cluster_identifier}"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  service_namespace  = "rds"

  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = var.predefined_metric_type
    }

    scale_in_cooldown  = var.autoscaling_scale_in_cooldown
    scale_out_cooldown = var.autoscaling_scale_out_cooldown
    target_value       = var.predefined_metric_type == "RDSReaderAverageCPUUtilization" ? var.autoscaling_target_cpu : var.autoscaling_target_connections
  }
}

resource "aws_db_subnet_group" "this" {
  count = var.create && var.create_db_subnet_group ? 1 : 0

  name       = coalesce(var.db_subnet_group_name, var.name)
  subnet_ids = var.subnets
  tags       = var.tags
}

resource "aws_security_group" "this" {
  count = var.create && var.create_security_group ? 1 : 0

  name   = coalesce(var.security_group_name, var.name)
  vpc_id = var.vpc_id
  tags   = merge(var.tags, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = { for key, rule in merge(var.security_group_ingress_rules) : key => rule if var.create && var.create_security_group }

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  description                  = try(each.value.description, null)
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(coalesce(each.value.from_port, local.port), local.port)
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port, local.port), local.port)
}

# Versions before 10 call these so.
resource "aws_security_group_rule" "this" {
  for_each = { for key, rule in var.security_group_rules : key => rule if var.create && var.create_security_group }

  security_group_id        = aws_security_group.this[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = try(each.value.from_port, local.port)
  to_port                  = try(each.value.to_port, local.port)
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
  description              = try(each.value.description, null)
}

variable "security_group_rules" {
  type    = any
  default = {}
}

variable "master_password" {
  type      = string
  default   = null
  sensitive = true
}

variable "instance_class" {
  type    = string
  default = null
}

# Versions before 6 count instances instead of naming them.
variable "replica_count" {
  type    = number
  default = 0
}
