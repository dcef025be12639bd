locals {
  is_member       = var.replication_group_id != null
  has_group       = var.create && var.create_replication_group
  has_cluster     = var.create && var.create_cluster
  subnet_group    = var.create_subnet_group ? one(aws_elasticache_subnet_group.this[*].name) : var.subnet_group_name
  security_groups = concat(aws_security_group.this[*].id, var.security_group_ids)
}

resource "aws_elasticache_cluster" "this" {
  count = local.has_cluster ? 1 : 0

  cluster_id                   = var.cluster_id
  replication_group_id         = local.has_group ? one(aws_elasticache_replication_group.this[*].id) : var.replication_group_id
  engine                       = local.is_member ? null : var.engine
  engine_version               = local.is_member ? null : var.engine_version
  node_type                    = local.is_member ? null : var.node_type
  num_cache_nodes              = local.is_member ? null : var.num_cache_nodes
  az_mode                      = local.is_member ? null : var.az_mode
  availability_zone            = var.availability_zone
  preferred_availability_zones = var.preferred_availability_zones
  snapshot_retention_limit     = local.is_member ? null : var.snapshot_retention_limit
  snapshot_window              = local.is_member ? null : var.snapshot_window
  subnet_group_name            = local.is_member ? null : local.subnet_group
  security_group_ids           = local.is_member ? null : local.security_groups
  transit_encryption_enabled   = var.engine == "memcached" ? var.transit_encryption_enabled : null
  auto_minor_version_upgrade   = var.auto_minor_version_upgrade
  maintenance_window           = var.maintenance_window
  apply_immediately            = var.apply_immediately
  tags                         = var.tags
}

resource "aws_elasticache_replication_group" "this" {
  count = local.has_group ? 1 : 0

  replication_group_id        = var.replication_group_id
  description                 = coalesce(var.description, "Replication group")
  engine                      = var.engine
  engine_version              = var.engine_version
  node_type                   = var.node_type
  automatic_failover_enabled  = var.multi_az_enabled || var.cluster_mode_enabled ? true : var.automatic_failover_enabled
  multi_az_enabled            = var.multi_az_enabled
  num_cache_clusters          = var.cluster_mode_enabled ? null : var.num_cache_clusters
  num_node_groups             = var.cluster_mode_enabled ? var.num_node_groups : null
  replicas_per_node_group     = var.replicas_per_node_group
  preferred_cache_cluster_azs = var.preferred_cache_cluster_azs
  at_rest_encryption_enabled  = var.at_rest_encryption_enabled
  kms_key_id                  = var.at_rest_encryption_enabled ? var.kms_key_arn : null
  transit_encryption_enabled  = var.transit_encryption_enabled
  auth_token                  = var.auth_token
  user_group_ids              = var.user_group_ids
  snapshot_retention_limit    = var.snapshot_retention_limit
  snapshot_window             = var.snapshot_window
  subnet_group_name           = local.subnet_group
  security_group_ids          = local.security_groups
  auto_minor_version_upgrade  = var.auto_minor_version_upgrade
  maintenance_window          = var.maintenance_window
  apply_immediately           = var.apply_immediately
  tags                        = var.tags
}

resource "aws_elasticache_subnet_group" "this" {
  count = var.create && var.create_subnet_group ? 1 : 0

  name       = try(coalesce(var.subnet_group_name, var.cluster_id, var.replication_group_id), "elasticache")
  subnet_ids = var.subnet_ids
  tags       = var.tags
}

resource "aws_security_group" "this" {
  count = var.create && var.create_security_group ? 1 : 0

  name   = try(coalesce(var.security_group_name, var.cluster_id, var.replication_group_id), "elasticache")
  vpc_id = var.vpc_id
  tags   = merge(var.tags, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = {
    for key, rule in merge(var.security_group_rules) : key => rule
    if var.create && var.create_security_group && try(rule.type, "ingress") == "ingress"
  }

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  description                  = try(each.value.description, null)
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, var.port, null)
  to_port                      = try(each.value.to_port, var.port, null)
}
