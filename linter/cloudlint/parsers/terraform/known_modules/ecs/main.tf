module "cluster" {
  source = "./modules/cluster"

  create                                 = var.create
  name                                   = var.cluster_name
  configuration                          = try(coalesce(var.cluster_configuration, var.cluster_configurations), null)
  setting                                = try(coalesce(var.cluster_setting, var.cluster_settings), null)
  create_cloudwatch_log_group            = var.create_cloudwatch_log_group
  cloudwatch_log_group_name              = var.cloudwatch_log_group_name
  cloudwatch_log_group_retention_in_days = var.cloudwatch_log_group_retention_in_days
  cloudwatch_log_group_kms_key_id        = var.cloudwatch_log_group_kms_key_id
  cloudwatch_log_group_tags              = var.cloudwatch_log_group_tags
  autoscaling_capacity_providers         = var.autoscaling_capacity_providers
  capacity_providers                     = var.capacity_providers
  cluster_capacity_providers             = var.cluster_capacity_providers
  default_capacity_provider_strategy     = var.default_capacity_provider_strategy
  default_capacity_provider_use_fargate  = var.default_capacity_provider_use_fargate
  fargate_capacity_providers             = var.fargate_capacity_providers
  create_task_exec_iam_role              = var.create_task_exec_iam_role
  task_exec_iam_role_name                = var.task_exec_iam_role_name
  task_exec_iam_role_tags                = var.task_exec_iam_role_tags
  tags                                   = merge(var.tags, var.cluster_tags)
}

module "service" {
  source = "./modules/service"

  for_each = { for key, service in merge(var.services) : key => service if var.create }

  alarms                             = try(each.value.alarms, null)
  assign_public_ip                   = try(each.value.assign_public_ip, null)
  autoscaling_max_capacity           = try(each.value.autoscaling_max_capacity, null)
  autoscaling_min_capacity           = try(each.value.autoscaling_min_capacity, null)
  autoscaling_policies               = try(each.value.autoscaling_policies, null)
  autoscaling_scheduled_actions      = try(each.value.autoscaling_scheduled_actions, null)
  availability_zone_rebalancing      = try(each.value.availability_zone_rebalancing, null)
  capacity_provider_strategy         = try(each.value.capacity_provider_strategy, null)
  cluster_arn                        = module.cluster.arn
  container_definitions              = try(each.value.container_definitions, null)
  cpu                                = try(each.value.cpu, 1024)
  create                             = try(each.value.create, null)
  create_security_group              = try(each.value.create_security_group, null)
  create_service                     = try(each.value.create_service, null)
  create_task_definition             = try(each.value.create_task_definition, null)
  create_task_exec_iam_role          = try(each.value.create_task_exec_iam_role, null)
  create_tasks_iam_role              = try(each.value.create_tasks_iam_role, null)
  deployment_circuit_breaker         = try(each.value.deployment_circuit_breaker, null)
  deployment_configuration           = try(each.value.deployment_configuration, null)
  deployment_controller              = try(each.value.deployment_controller, null)
  deployment_maximum_percent         = try(each.value.deployment_maximum_percent, 200)
  deployment_minimum_healthy_percent = try(each.value.deployment_minimum_healthy_percent, 66)
  desired_count                      = try(each.value.desired_count, 1)
  enable_autoscaling                 = try(each.value.enable_autoscaling, null)
  enable_ecs_managed_tags            = try(each.value.enable_ecs_managed_tags, null)
  enable_execute_command             = try(each.value.enable_execute_command, null)
  family                             = try(each.value.family, null)
  health_check_grace_period_seconds  = try(each.value.health_check_grace_period_seconds, null)
  ipc_mode                           = try(each.value.ipc_mode, null)
  launch_type                        = try(each.value.launch_type, null)
  load_balancer                      = try(each.value.load_balancer, null)
  memory                             = try(each.value.memory, 2048)
  name                               = try(each.value.name, each.key)
  network_mode                       = try(each.value.network_mode, null)
  pid_mode                           = try(each.value.pid_mode, null)
  propagate_tags                     = try(each.value.propagate_tags, null)
  requires_compatibilities           = try(each.value.requires_compatibilities, null)
  scheduling_strategy                = try(each.value.scheduling_strategy, null)
  security_group_egress_rules        = try(each.value.security_group_egress_rules, null)
  security_group_ids                 = try(each.value.security_group_ids, null)
  security_group_ingress_rules       = try(each.value.security_group_ingress_rules, null)
  security_group_name                = try(each.value.security_group_name, null)
  security_group_rules               = try(each.value.security_group_rules, {})
  security_group_tags                = try(each.value.security_group_tags, null)
  service_registries                 = try(each.value.service_registries, null)
  service_tags                       = try(each.value.service_tags, null)
  subnet_ids                         = try(each.value.subnet_ids, null)
  tags                               = merge(var.tags, try(each.value.tags, {}))
  task_definition_arn                = try(each.value.task_definition_arn, null)
  task_exec_iam_role_arn             = try(each.value.task_exec_iam_role_arn, null)
  task_exec_iam_role_name            = try(each.value.task_exec_iam_role_name, null)
  task_tags                          = try(each.value.task_tags, null)
  tasks_iam_role_arn                 = try(each.value.tasks_iam_role_arn, null)
  tasks_iam_role_name                = try(each.value.tasks_iam_role_name, null)
  tasks_iam_role_policies            = try(each.value.tasks_iam_role_policies, null)
  tasks_iam_role_statements          = try(each.value.tasks_iam_role_statements, null)
  volume                             = try(each.value.volume, null)
  vpc_id                             = try(each.value.vpc_id, null)
}

# Versions before 6 call these so.
variable "cluster_configurations" {
  type    = any
  default = null
}

variable "cluster_settings" {
  type    = any
  default = null
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
