variable "alarms" {
  type    = any
  default = null
}

variable "assign_public_ip" {
  type     = bool
  default  = false
  nullable = false
}

variable "autoscaling_max_capacity" {
  type     = number
  default  = 10
  nullable = false
}

variable "autoscaling_min_capacity" {
  type     = number
  default  = 1
  nullable = false
}

variable "autoscaling_policies" {
  type = any
  default = {
    cpu = {
      policy_type = "TargetTrackingScaling"

      target_tracking_scaling_policy_configuration = {
        predefined_metric_specification = {
          predefined_metric_type = "ECSServiceAverageCPUUtilization"
        }
      }
    }
    memory = {
      policy_type = "TargetTrackingScaling"

      target_tracking_scaling_policy_configuration = {
        predefined_metric_specification = {
          predefined_metric_type = "ECSServiceAverageMemoryUtilization"
        }
      }
    }
  }
  nullable = false
}

variable "autoscaling_scheduled_actions" {
  type    = any
  default = null
}

variable "availability_zone_rebalancing" {
  type    = string
  default = null
}

variable "capacity_provider_strategy" {
  type    = any
  default = null
}

variable "cluster_arn" {
  type     = string
  default  = ""
  nullable = false
}

variable "container_definitions" {
  type     = any
  default  = {}
  nullable = false
}

variable "cpu" {
  type    = number
  default = 1024
}

variable "create" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_security_group" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_service" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_task_definition" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_task_exec_iam_role" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_tasks_iam_role" {
  type     = bool
  default  = true
  nullable = false
}

variable "deployment_circuit_breaker" {
  type    = any
  default = null
}

variable "deployment_configuration" {
  type    = any
  default = null
}

variable "deployment_controller" {
  type    = any
  default = null
}

variable "deployment_maximum_percent" {
  type    = number
  default = 200
}

variable "deployment_minimum_healthy_percent" {
  type    = number
  default = 66
}

variable "desired_count" {
  type    = number
  default = 1
}

variable "enable_autoscaling" {
  type     = bool
  default  = true
  nullable = false
}

variable "enable_ecs_managed_tags" {
  type     = bool
  default  = true
  nullable = false
}

variable "enable_execute_command" {
  type     = bool
  default  = false
  nullable = false
}

variable "family" {
  type    = string
  default = null
}

variable "health_check_grace_period_seconds" {
  type    = number
  default = null
}

variable "ipc_mode" {
  type    = string
  default = null
}

variable "launch_type" {
  type     = string
  default  = "FARGATE"
  nullable = false
}

variable "load_balancer" {
  type    = any
  default = null
}

variable "memory" {
  type    = number
  default = 2048
}

variable "name" {
  type    = string
  default = ""
}

variable "network_mode" {
  type     = string
  default  = "awsvpc"
  nullable = false
}

variable "pid_mode" {
  type    = string
  default = null
}

variable "propagate_tags" {
  type    = string
  default = null
}

variable "requires_compatibilities" {
  type     = list(string)
  default  = ["FARGATE"]
  nullable = false
}

variable "scheduling_strategy" {
  type    = string
  default = null
}

variable "security_group_egress_rules" {
  type     = any
  default  = {}
  nullable = false
}

variable "security_group_ids" {
  type     = list(string)
  default  = []
  nullable = false
}

variable "security_group_ingress_rules" {
  type     = any
  default  = {}
  nullable = false
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

variable "service_registries" {
  type    = any
  default = null
}

variable "service_tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

variable "subnet_ids" {
  type     = list(string)
  default  = []
  nullable = false
}

variable "tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

variable "task_definition_arn" {
  type    = string
  default = null
}

variable "task_exec_iam_role_arn" {
  type    = string
  default = null
}

variable "task_exec_iam_role_name" {
  type    = string
  default = null
}

variable "task_tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

variable "tasks_iam_role_arn" {
  type    = string
  default = null
}

variable "tasks_iam_role_name" {
  type    = string
  default = null
}

variable "tasks_iam_role_policies" {
  type     = map(string)
  default  = {}
  nullable = false
}

variable "tasks_iam_role_statements" {
  type    = any
  default = null
}

variable "volume" {
  type    = any
  default = null
}

variable "vpc_id" {
  type    = string
  default = null
}
