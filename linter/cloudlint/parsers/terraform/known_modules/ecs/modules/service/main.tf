locals {
  is_daemon           = var.scheduling_strategy == "DAEMON" && var.launch_type != "FARGATE"
  has_service         = var.create && var.create_service
  has_task_definition = var.create && var.create_task_definition
  has_autoscaling     = var.create && var.enable_autoscaling && !local.is_daemon
  has_security_group  = var.create && var.create_security_group && var.network_mode == "awsvpc"
  has_tasks_role      = local.has_task_definition && var.create_tasks_iam_role
  has_execution_role  = local.has_task_definition && var.create_task_exec_iam_role

  # Before version 6 these might be lists.
  capacity_providers = try(merge(var.capacity_provider_strategy), { for at, block in var.capacity_provider_strategy : at => block })
  load_balancers     = try(merge(var.load_balancer), { for at, block in var.load_balancer : at => block })
  volumes            = try(merge(var.volume), { for at, block in var.volume : at => block })

  # Containers are described in the names of the API or, before version 6, in those of Terraform.
  containers = [
    for key, container in var.container_definitions : {
      name                   = try(container.name, key)
      image                  = try(container.image, null)
      command                = try(container.command, null)
      entryPoint             = try(container.entrypoint, null)
      cpu                    = try(container.cpu, null)
      memory                 = try(container.memory, null)
      memoryReservation      = try(container.memoryReservation, container.memory_reservation, null)
      essential              = try(container.essential, null)
      environment            = try(container.environment, [])
      environmentFiles       = try(container.environmentFiles, container.environment_files, null)
      secrets                = try(container.secrets, [])
      portMappings           = try(container.portMappings, container.port_mappings, [])
      mountPoints            = try(container.mountPoints, container.mount_points, [])
      dependsOn              = try(container.dependsOn, container.dependencies, null)
      healthCheck            = try(container.healthCheck, container.health_check, null)
      linuxParameters        = try(container.linuxParameters, container.linux_parameters, null)
      logConfiguration       = try(container.logConfiguration, container.log_configuration, null)
      privileged             = try(container.privileged, false)
      readonlyRootFilesystem = try(container.readonlyRootFilesystem, container.readonly_root_filesystem, true)
      stopTimeout            = try(container.stopTimeout, container.stop_timeout, 120)
      user                   = try(container.user, null)
      ulimits                = try(container.ulimits, null)
    }
  ]
}

resource "aws_ecs_service" "this" {
  count = local.has_service ? 1 : 0

  name                               = var.name
  cluster                            = var.cluster_arn
  task_definition                    = local.has_task_definition ? aws_ecs_task_definition.this[0].arn : var.task_definition_arn
  desired_count                      = local.is_daemon ? null : var.desired_count
  launch_type                        = var.capacity_provider_strategy == null ? var.launch_type : null
  scheduling_strategy                = local.is_daemon ? "DAEMON" : "REPLICA"
  availability_zone_rebalancing      = var.availability_zone_rebalancing
  deployment_maximum_percent         = local.is_daemon ? null : var.deployment_maximum_percent
  deployment_minimum_healthy_percent = local.is_daemon ? null : var.deployment_minimum_healthy_percent
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  enable_execute_command             = var.enable_execute_command
  enable_ecs_managed_tags            = var.enable_ecs_managed_tags
  propagate_tags                     = var.propagate_tags
  tags                               = merge(var.tags, var.service_tags)

  dynamic "alarms" {
    for_each = try(length(var.alarms), 0) > 0 ? [var.alarms] : []

    content {
      alarm_names = alarms.value.alarm_names
      enable      = try(alarms.value.enable, true)
      rollback    = try(alarms.value.rollback, true)
    }
  }

  dynamic "capacity_provider_strategy" {
    for_each = local.capacity_providers

    content {
      base              = try(capacity_provider_strategy.value.base, null)
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      weight            = try(capacity_provider_strategy.value.weight, 1)
    }
  }

  dynamic "deployment_circuit_breaker" {
    for_each = try(length(var.deployment_circuit_breaker), 0) > 0 ? [var.deployment_circuit_breaker] : []

    content {
      enable   = deployment_circuit_breaker.value.enable
      rollback = deployment_circuit_breaker.value.rollback
    }
  }

  dynamic "deployment_configuration" {
    for_each = try(length(var.deployment_configuration), 0) > 0 ? [var.deployment_configuration] : []

    content {
      strategy             = try(deployment_configuration.value.strategy, null)
      bake_time_in_minutes = try(deployment_configuration.value.bake_time_in_minutes, null)
    }
  }

  dynamic "deployment_controller" {
    for_each = try(length(var.deployment_controller), 0) > 0 ? [var.deployment_controller] : []

    content {
      type = try(deployment_controller.value.type, null)
    }
  }

  dynamic "load_balancer" {
    for_each = local.load_balancers

    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
    }
  }

  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" ? [var.subnet_ids] : []

    content {
      assign_public_ip = var.assign_public_ip
      security_groups  = concat(aws_security_group.this[*].id, var.security_group_ids)
      subnets          = network_configuration.value
    }
  }

  dynamic "service_registries" {
    for_each = try(length(var.service_registries), 0) > 0 ? [var.service_registries] : []

    content {
      registry_arn   = service_registries.value.registry_arn
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_ecs_task_definition" "this" {
  count = local.has_task_definition ? 1 : 0

  family                   = coalesce(var.family, var.name)
  container_definitions    = jsonencode(local.containers)
  cpu                      = var.cpu
  memory                   = var.memory
  network_mode             = var.network_mode
  ipc_mode                 = var.ipc_mode
  pid_mode                 = var.pid_mode
  requires_compatibilities = var.requires_compatibilities
  execution_role_arn       = try(aws_iam_role.task_exec[0].arn, var.task_exec_iam_role_arn)
  task_role_arn            = try(aws_iam_role.tasks[0].arn, var.tasks_iam_role_arn)
  tags                     = merge(var.tags, var.task_tags)

  dynamic "volume" {
    for_each = local.volumes

    content {
      name                     = try(volume.value.name, volume.key)
      host_path                = try(volume.value.host_path, null)
      efs_volume_configuration = try(volume.value.efs_volume_configuration[*], [])
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = { for key, container in var.container_definitions : key => container if local.has_task_definition }

  name              = try(each.value.cloudwatch_log_group_name, "/aws/ecs/${var.name}/${each.key}")
  retention_in_days = try(each.value.cloudwatch_log_group_retention_in_days, 14)
  kms_key_id        = try(each.value.cloudwatch_log_group_kms_key_id, null)
  tags              = var.tags
}

resource "aws_iam_role" "task_exec" {
  count = local.has_execution_role ? 1 : 0

  name               = coalesce(var.task_exec_iam_role_name, var.name)
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role" "tasks" {
  count = local.has_tasks_role ? 1 : 0

  name               = coalesce(var.tasks_iam_role_name, var.name)
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "tasks" {
  count = local.has_tasks_role && try(length(var.tasks_iam_role_statements), 0) > 0 ? 1 : 0

  dynamic "statement" {
    for_each = var.tasks_iam_role_statements

    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)

      dynamic "condition" {
        for_each = try(flatten(statement.value.condition[*]), statement.value.conditions, [])

        content {
          test     = condition.value.test
          values   = condition.value.values
          variable = condition.value.variable
        }
      }
    }
  }
}

resource "aws_iam_policy" "tasks" {
  count = length(data.aws_iam_policy_document.tasks)

  name   = coalesce(var.tasks_iam_role_name, var.name)
  policy = data.aws_iam_policy_document.tasks[0].json
}

resource "aws_iam_role_policy_attachment" "tasks" {
  for_each = { for key, arn in merge(var.tasks_iam_role_policies) : key => arn if local.has_tasks_role }

  role       = aws_iam_role.tasks[0].name
  policy_arn = each.value
}

resource "aws_appautoscaling_target" "this" {
  count = local.has_autoscaling ? 1 : 0

  min_capacity       = min(var.autoscaling_min_capacity, var.desired_count)
  max_capacity       = max(var.autoscaling_max_capacity, var.desired_count)
  resource_id        = "service/${element(split("/", var.cluster_arn), 1)}/${aws_ecs_service.this[0].name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "this" {
  for_each = { for key, policy in var.autoscaling_policies : key => policy if local.has_autoscaling }

  name               = try(each.value.name, each.key)
  policy_type        = try(each.value.policy_type, "TargetTrackingScaling")
  resource_id        = aws_appautoscaling_target.this[0].resource_id
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"

  dynamic "target_tracking_scaling_policy_configuration" {
    for_each = try(each.value.target_tracking_scaling_policy_configuration[*], [])

    content {
      target_value       = try(target_tracking_scaling_policy_configuration.value.target_value, 75)
      disable_scale_in   = try(target_tracking_scaling_policy_configuration.value.disable_scale_in, null)
      scale_in_cooldown  = try(target_tracking_scaling_policy_configuration.value.scale_in_cooldown, 300)
      scale_out_cooldown = try(target_tracking_scaling_policy_configuration.value.scale_out_cooldown, 60)

      dynamic "predefined_metric_specification" {
        for_each = try(target_tracking_scaling_policy_configuration.value.predefined_metric_specification[*], [])

        content {
          predefined_metric_type = predefined_metric_specification.value.predefined_metric_type
          resource_label         = try(predefined_metric_specification.value.resource_label, null)
        }
      }

      dynamic "customized_metric_specification" {
        for_each = try(target_tracking_scaling_policy_configuration.value.customized_metric_specification[*], [])

        content {
          metric_name = try(customized_metric_specification.value.metric_name, null)
          namespace   = try(customized_metric_specification.value.namespace, null)
          statistic   = try(customized_metric_specification.value.statistic, null)

          dynamic "metrics" {
            for_each = try(flatten(customized_metric_specification.value.metrics[*]), [])

            content {
              id          = metrics.value.id
              expression  = try(metrics.value.expression, null)
              metric_stat = try([{ metric = [metrics.value.metric_stat.metric], stat = metrics.value.metric_stat.stat }], [])
            }
          }
        }
      }
    }
  }

  dynamic "step_scaling_policy_configuration" {
    for_each = try(each.value.step_scaling_policy_configuration[*], [])

    content {
      adjustment_type = try(step_scaling_policy_configuration.value.adjustment_type, null)
      cooldown        = try(step_scaling_policy_configuration.value.cooldown, null)
      step_adjustment = try(step_scaling_policy_configuration.value.step_adjustment, [])
    }
  }

  dynamic "predictive_scaling_policy_configuration" {
    for_each = try(each.value.predictive_scaling_policy_configuration[*], [])

    content {
      mode = try(predictive_scaling_policy_configuration.value.mode, null)

      dynamic "metric_specification" {
        for_each = predictive_scaling_policy_configuration.value.metric_specification[*]

        content {
          target_value                            = try(metric_specification.value.target_value, null)
          predefined_metric_pair_specification    = try(metric_specification.value.predefined_metric_pair_specification[*], [])
          predefined_load_metric_specification    = try(metric_specification.value.predefined_load_metric_specification[*], [])
          predefined_scaling_metric_specification = try(metric_specification.value.predefined_scaling_metric_specification[*], [])

          customized_scaling_metric_specification = try([{
            metric_data_query = [for query in flatten(metric_specification.value.customized_scaling_metric_specification.metric_data_query[*]) : {
              expression  = try(query.expression, null)
              metric_stat = try([{ metric = [query.metric_stat.metric] }], [])
            }]
          }], [])
        }
      }
    }
  }
}

resource "aws_appautoscaling_scheduled_action" "this" {
  for_each = { for key, action in merge(var.autoscaling_scheduled_actions) : key => action if local.has_autoscaling }

  name               = try(each.value.name, each.key)
  resource_id        = aws_appautoscaling_target.this[0].resource_id
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
  schedule           = each.value.schedule

  scalable_target_action {
    min_capacity = try(each.value.min_capacity, null)
    max_capacity = try(each.value.max_capacity, null)
  }
}

resource "aws_security_group" "this" {
  count = local.has_security_group ? 1 : 0

  name   = coalesce(var.security_group_name, var.name)
  vpc_id = var.vpc_id
  tags   = merge(var.tags, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = { for key, rule in merge(var.security_group_ingress_rules) : key => rule if local.has_security_group }

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  description                  = try(each.value.description, null)
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, each.value.from_port, null)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = { for key, rule in merge(var.security_group_egress_rules) : key => rule if local.has_security_group }

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  description                  = try(each.value.description, null)
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, each.value.to_port, null)
  to_port                      = try(each.value.to_port, null)
}

# Versions before 6 take rules of both directions together.
resource "aws_security_group_rule" "this" {
  for_each = { for key, rule in var.security_group_rules : key => rule if local.has_security_group }

  security_group_id        = aws_security_group.this[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
  description              = try(each.value.description, null)
}

variable "security_group_rules" {
  type    = any
  default = {}
}
