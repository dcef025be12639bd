resource "aws_ecs_cluster" "this" {
  count = var.create ? 1 : 0

  name = var.name
  tags = var.tags

  dynamic "setting" {
    for_each = flatten(var.setting[*])

    content {
      name  = setting.value.name
      value = setting.value.value
    }
  }

  dynamic "configuration" {
    for_each = try(length(var.configuration), 0) > 0 ? [var.configuration] : []

    content {
      execute_command_configuration = try(configuration.value.execute_command_configuration[*], [])
      managed_storage_configuration = try(configuration.value.managed_storage_configuration[*], [])
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  count = var.create && var.create_cloudwatch_log_group ? 1 : 0

  name              = coalesce(var.cloudwatch_log_group_name, "/aws/ecs/${var.name}")
  retention_in_days = var.cloudwatch_log_group_retention_in_days
  kms_key_id        = var.cloudwatch_log_group_kms_key_id
  tags              = merge(var.tags, var.cloudwatch_log_group_tags)
}

locals {
  own_providers = merge(
    { for key, provider in merge(var.autoscaling_capacity_providers) : key => { name = try(provider.name, key), tags = try(provider.tags, {}), auto_scaling_group_provider = provider } },
    var.capacity_providers,
  )
  shared_out = merge(
    { for key, provider in merge(var.fargate_capacity_providers) : key => provider if var.default_capacity_provider_use_fargate },
    { for key, provider in merge(var.autoscaling_capacity_providers) : key => provider if !var.default_capacity_provider_use_fargate },
  )
  default_strategy = concat(
    [for key, share in try(merge(var.default_capacity_provider_strategy), var.default_capacity_provider_strategy) : { capacity_provider = try(coalesce(share.name, share.capacity_provider), key), base = try(share.base, null), weight = try(coalesce(share.weight, 1), 1) }],
    [for key, provider in local.shared_out : { capacity_provider = try(provider.name, key), base = try(provider.default_capacity_provider_strategy.base, null), weight = try(provider.default_capacity_provider_strategy.weight, null) }],
  )
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  count = var.create ? 1 : 0

  cluster_name                       = aws_ecs_cluster.this[0].name
  capacity_providers                 = concat(var.cluster_capacity_providers, [for provider in aws_ecs_capacity_provider.this : provider.name], keys(merge(var.fargate_capacity_providers)))
  default_capacity_provider_strategy = local.default_strategy
}

resource "aws_ecs_capacity_provider" "this" {
  for_each = { for key, provider in local.own_providers : key => provider if var.create }

  name = try(each.value.name, each.key)
  tags = merge(var.tags, try(each.value.tags, {}))

  dynamic "auto_scaling_group_provider" {
    for_each = try(each.value.auto_scaling_group_provider[*], [])

    content {
      auto_scaling_group_arn         = auto_scaling_group_provider.value.auto_scaling_group_arn
      managed_draining               = try(auto_scaling_group_provider.value.managed_draining, "ENABLED")
      managed_termination_protection = try(auto_scaling_group_provider.value.managed_termination_protection, "DISABLED")
      managed_scaling                = try(auto_scaling_group_provider.value.managed_scaling[*], [])
    }
  }
}

resource "aws_iam_role" "task_exec" {
  count = var.create && var.create_task_exec_iam_role ? 1 : 0

  name = coalesce(var.task_exec_iam_role_name, var.name)
  tags = merge(var.tags, var.task_exec_iam_role_tags)
}

# Versions before 7 name capacity providers by these, those before 6 with their share.
variable "autoscaling_capacity_providers" {
  type    = any
  default = {}
}

variable "default_capacity_provider_use_fargate" {
  type    = bool
  default = true
}

variable "fargate_capacity_providers" {
  type    = any
  default = {}
}
