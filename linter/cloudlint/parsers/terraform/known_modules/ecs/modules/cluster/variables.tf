variable "capacity_providers" {
  type    = any
  default = null
}

variable "cluster_capacity_providers" {
  type    = list(string)
  default = []
}

variable "cloudwatch_log_group_kms_key_id" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_name" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_retention_in_days" {
  type    = number
  default = 90
}

variable "cloudwatch_log_group_tags" {
  type    = map(string)
  default = {}
}

variable "configuration" {
  type = any
  default = {
    execute_command_configuration = {
      log_configuration = {
        cloud_watch_log_group_name = "placeholder" # will use CloudWatch log group created by module
      }
    }
  }
}

variable "create" {
  type    = bool
  default = true
}

variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}

variable "create_task_exec_iam_role" {
  type    = bool
  default = false
}

variable "default_capacity_provider_strategy" {
  type    = any
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "setting" {
  type = any
  default = [
    {
      name  = "containerInsights"
      value = "enabled"
    }
  ]
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "task_exec_iam_role_name" {
  type    = string
  default = null
}

variable "task_exec_iam_role_tags" {
  type    = map(string)
  default = {}
}
