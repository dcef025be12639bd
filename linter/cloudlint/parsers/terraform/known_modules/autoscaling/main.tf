locals {
  launch_template_id = var.create_launch_template ? one(aws_launch_template.this[*].id) : var.launch_template_id
  group_tags         = merge(var.tags, { Name = coalesce(var.instance_name, var.name) }, var.autoscaling_group_tags)
  profile_arn        = var.create_iam_instance_profile ? one(aws_iam_instance_profile.this[*].arn) : var.iam_instance_profile_arn
}

resource "aws_autoscaling_group" "this" {
  count = var.create ? 1 : 0

  name                      = var.use_name_prefix ? null : var.name
  name_prefix               = var.use_name_prefix ? "${var.name}-" : null
  min_size                  = var.min_size
  max_size                  = var.max_size
  desired_capacity          = var.desired_capacity
  availability_zones        = var.availability_zones
  vpc_zone_identifier       = var.vpc_zone_identifier
  target_group_arns         = var.target_group_arns
  load_balancers            = var.load_balancers
  health_check_type         = var.health_check_type
  health_check_grace_period = var.health_check_grace_period
  default_instance_warmup   = var.default_instance_warmup
  capacity_rebalance        = var.capacity_rebalance
  max_instance_lifetime     = var.max_instance_lifetime
  protect_from_scale_in     = var.protect_from_scale_in
  suspended_processes       = var.suspended_processes
  termination_policies      = var.termination_policies
  enabled_metrics           = var.enabled_metrics

  dynamic "initial_lifecycle_hook" {
    for_each = flatten(var.initial_lifecycle_hooks[*])

    content {
      name                 = initial_lifecycle_hook.value.name
      lifecycle_transition = initial_lifecycle_hook.value.lifecycle_transition
    }
  }

  dynamic "launch_template" {
    for_each = var.use_mixed_instances_policy ? [] : [local.launch_template_id]

    content {
      id = launch_template.value
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = var.use_mixed_instances_policy ? [var.mixed_instances_policy] : []

    content {
      instances_distribution = try(mixed_instances_policy.value.instances_distribution[*], [])

      launch_template {
        override = try(flatten(mixed_instances_policy.value.launch_template.override[*]), flatten(mixed_instances_policy.value.override[*]), [])

        launch_template_specification {
          launch_template_id = local.launch_template_id
        }
      }
    }
  }

  dynamic "instance_refresh" {
    for_each = try(length(var.instance_refresh), 0) > 0 ? [var.instance_refresh] : []

    content {
      strategy    = instance_refresh.value.strategy
      preferences = try(instance_refresh.value.preferences[*], [])
      triggers    = try(instance_refresh.value.triggers, null)
    }
  }

  dynamic "warm_pool" {
    for_each = try(length(var.warm_pool), 0) > 0 ? [var.warm_pool] : []

    content {
      pool_state = try(warm_pool.value.pool_state, null)
      min_size   = try(warm_pool.value.min_size, null)
    }
  }

  dynamic "tag" {
    for_each = local.group_tags

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = !contains(var.autoscaling_group_tags_not_propagate_at_launch, tag.key)
    }
  }

  lifecycle {
    ignore_changes = [load_balancers, target_group_arns]
  }
}

resource "aws_launch_template" "this" {
  count = var.create_launch_template ? 1 : 0

  name                   = coalesce(var.launch_template_name, var.name)
  image_id               = var.image_id
  instance_type          = var.instance_type
  key_name               = var.key_name
  user_data              = var.user_data
  ebs_optimized          = var.ebs_optimized
  vpc_security_group_ids = length(flatten(var.network_interfaces[*])) > 0 ? [] : var.security_groups
  tags                   = merge(var.tags, var.launch_template_tags)

  iam_instance_profile {
    arn = local.profile_arn
  }

  dynamic "tag_specifications" {
    for_each = flatten(var.tag_specifications[*])

    content {
      resource_type = try(tag_specifications.value.resource_type, null)
      tags          = merge(var.tags, try(tag_specifications.value.tags, {}))
    }
  }

  dynamic "block_device_mappings" {
    for_each = flatten(var.block_device_mappings[*])

    content {
      device_name = try(block_device_mappings.value.device_name, null)
      ebs         = try(block_device_mappings.value.ebs[*], [])
    }
  }

  dynamic "instance_market_options" {
    for_each = try(length(var.instance_market_options), 0) > 0 ? [var.instance_market_options] : []

    content {
      market_type  = try(instance_market_options.value.market_type, null)
      spot_options = try(instance_market_options.value.spot_options[*], [])
    }
  }

  dynamic "metadata_options" {
    for_each = try(length(var.metadata_options), 0) > 0 ? [var.metadata_options] : []

    content {
      http_endpoint               = try(metadata_options.value.http_endpoint, "enabled")
      http_tokens                 = try(metadata_options.value.http_tokens, "required")
      http_put_response_hop_limit = try(metadata_options.value.http_put_response_hop_limit, 1)
    }
  }

  dynamic "monitoring" {
    for_each = var.enable_monitoring ? [true] : []

    content {
      enabled = monitoring.value
    }
  }

  dynamic "network_interfaces" {
    for_each = flatten(var.network_interfaces[*])

    content {
      associate_public_ip_address = try(network_interfaces.value.associate_public_ip_address, null)
      security_groups             = try(network_interfaces.value.security_groups, [])
      subnet_id                   = try(network_interfaces.value.subnet_id, null)
    }
  }
}

resource "aws_autoscaling_traffic_source_attachment" "this" {
  for_each = { for key, source in merge(var.traffic_source_attachments) : key => source if var.create }

  autoscaling_group_name = aws_autoscaling_group.this[0].name

  traffic_source {
    identifier = each.value.traffic_source_identifier
    type       = try(each.value.traffic_source_type, "elbv2")
  }
}

resource "aws_autoscaling_schedule" "this" {
  for_each = { for key, schedule in merge(var.schedules) : key => schedule if var.create }

  autoscaling_group_name = aws_autoscaling_group.this[0].name
  scheduled_action_name  = each.key
  min_size               = try(each.value.min_size, null)
  max_size               = try(each.value.max_size, null)
  desired_capacity       = try(each.value.desired_capacity, null)
  recurrence             = try(each.value.recurrence, null)
}

resource "aws_autoscaling_policy" "this" {
  for_each = { for key, policy in merge(var.scaling_policies) : key => policy if var.create }

  name                      = try(each.value.name, each.key)
  autoscaling_group_name    = aws_autoscaling_group.this[0].name
  policy_type               = try(each.value.policy_type, null)
  adjustment_type           = try(each.value.adjustment_type, null)
  scaling_adjustment        = try(each.value.scaling_adjustment, null)
  cooldown                  = try(each.value.cooldown, null)
  estimated_instance_warmup = try(each.value.estimated_instance_warmup, null)
  step_adjustment           = try(flatten(each.value.step_adjustment[*]), [])

  dynamic "target_tracking_configuration" {
    for_each = try(each.value.target_tracking_configuration[*], [])

    content {
      target_value                    = target_tracking_configuration.value.target_value
      disable_scale_in                = try(target_tracking_configuration.value.disable_scale_in, null)
      predefined_metric_specification = try(target_tracking_configuration.value.predefined_metric_specification[*], [])

      dynamic "customized_metric_specification" {
        for_each = try(target_tracking_configuration.value.customized_metric_specification[*], [])

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

  dynamic "predictive_scaling_configuration" {
    for_each = try(each.value.predictive_scaling_configuration[*], [])

    content {
      mode = try(predictive_scaling_configuration.value.mode, null)

      dynamic "metric_specification" {
        for_each = predictive_scaling_configuration.value.metric_specification[*]

        content {
          target_value                            = metric_specification.value.target_value
          predefined_metric_pair_specification    = try(metric_specification.value.predefined_metric_pair_specification[*], [])
          predefined_scaling_metric_specification = try(metric_specification.value.predefined_scaling_metric_specification[*], [])
          predefined_load_metric_specification    = try(metric_specification.value.predefined_load_metric_specification[*], [])
        }
      }
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_instance_profile ? 1 : 0

  name = coalesce(var.iam_role_name, var.name)
  tags = merge(var.tags, var.iam_role_tags)
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for key, arn in var.iam_role_policies : key => arn if var.create && var.create_iam_instance_profile }

  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}

resource "aws_iam_instance_profile" "this" {
  count = var.create && var.create_iam_instance_profile ? 1 : 0

  role = aws_iam_role.this[0].name
}

# Versions before 8 attach load balancers by these.
variable "target_group_arns" {
  type    = list(string)
  default = null
}

variable "load_balancers" {
  type    = list(string)
  default = null
}
