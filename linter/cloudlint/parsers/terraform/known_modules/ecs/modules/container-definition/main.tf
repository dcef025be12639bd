locals {
  log_group_name = try(coalesce(var.cloudwatch_log_group_name, "/aws/ecs/${var.service}/${var.name}"), null)

  # What logs elsewhere says so in its options, which take the place of these.
  own_logs = { for name, setting in {
    logDriver = "awslogs"
    options   = { awslogs-group = local.log_group_name }
  } : name => setting if var.create_cloudwatch_log_group }

  # Before version 6 arguments are called in the style of Terraform.
  container = {
    name                   = var.name
    image                  = var.image
    command                = var.command
    entryPoint             = var.entrypoint
    cpu                    = var.cpu
    memory                 = var.memory
    memoryReservation      = try(coalesce(var.memoryReservation, var.memory_reservation), null)
    essential              = var.essential
    environment            = var.environment
    environmentFiles       = var.environmentFiles != null ? var.environmentFiles : var.environment_files
    secrets                = var.secrets
    portMappings           = var.portMappings != null ? var.portMappings : var.port_mappings
    mountPoints            = var.mountPoints != null ? var.mountPoints : var.mount_points
    dependsOn              = var.dependsOn != null ? var.dependsOn : var.dependencies
    dockerSecurityOptions  = var.dockerSecurityOptions != null ? var.dockerSecurityOptions : var.docker_security_options
    firelensConfiguration  = var.firelensConfiguration != null ? var.firelensConfiguration : var.firelens_configuration
    healthCheck            = var.healthCheck != null ? var.healthCheck : var.health_check
    linuxParameters        = var.linuxParameters != null ? var.linuxParameters : var.linux_parameters
    logConfiguration       = merge(local.own_logs, var.logConfiguration, var.log_configuration)
    privileged             = var.privileged
    readonlyRootFilesystem = var.readonly_root_filesystem != null ? var.readonly_root_filesystem : var.readonlyRootFilesystem
    stopTimeout            = var.stop_timeout != null ? var.stop_timeout : var.stopTimeout
    ulimits                = var.ulimits
    user                   = var.user
    volumesFrom            = var.volumesFrom != null ? var.volumesFrom : var.volumes_from
    workingDirectory       = var.workingDirectory != null ? var.workingDirectory : var.working_directory
  }
}

resource "aws_cloudwatch_log_group" "this" {
  count = var.create_cloudwatch_log_group && var.enable_cloudwatch_logging ? 1 : 0

  name              = var.cloudwatch_log_group_use_name_prefix ? null : local.log_group_name
  name_prefix       = var.cloudwatch_log_group_use_name_prefix ? "${local.log_group_name}-" : null
  log_group_class   = var.cloudwatch_log_group_class
  retention_in_days = var.cloudwatch_log_group_retention_in_days
  kms_key_id        = var.cloudwatch_log_group_kms_key_id
  tags              = var.tags
}
