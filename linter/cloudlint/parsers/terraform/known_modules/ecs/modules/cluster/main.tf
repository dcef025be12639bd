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

resource "aws_ecs_capacity_provider" "this" {
  for_each = { for key, provider in merge(var.capacity_providers) : key => provider if var.create }

  name = try(each.value.name, each.key)
  tags = merge(var.tags, try(each.value.tags, {}))

  dynamic "auto_scaling_group_provider" {
    for_each = try(each.value.auto_scaling_group_provider[*], [])

    content {
      auto_scaling_group_arn         = auto_scaling_group_provider.value.auto_scaling_group_arn
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
