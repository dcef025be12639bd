variable "allowed_triggers" {
  type    = map(any)
  default = {}
}

variable "architectures" {
  type    = list(string)
  default = null
}

variable "attach_policies" {
  type    = bool
  default = false
}

variable "attach_policy" {
  type    = bool
  default = false
}

variable "attach_policy_json" {
  type    = bool
  default = false
}

variable "attach_policy_jsons" {
  type    = bool
  default = false
}

variable "attach_policy_statements" {
  type    = bool
  default = false
}

variable "authorization_type" {
  type    = string
  default = "NONE"
}

variable "cloudwatch_logs_kms_key_id" {
  type    = string
  default = null
}

variable "cloudwatch_logs_retention_in_days" {
  type    = number
  default = null
}

variable "cloudwatch_logs_tags" {
  type    = map(string)
  default = {}
}

variable "code_signing_config_arn" {
  type    = string
  default = null
}

variable "create" {
  type    = bool
  default = true
}

variable "create_async_event_config" {
  type    = bool
  default = false
}

variable "create_current_version_allowed_triggers" {
  type    = bool
  default = true
}

variable "create_function" {
  type    = bool
  default = true
}

variable "create_lambda_function_url" {
  type    = bool
  default = false
}

variable "create_layer" {
  type    = bool
  default = false
}

variable "create_role" {
  type    = bool
  default = true
}

variable "create_unqualified_alias_allowed_triggers" {
  type    = bool
  default = true
}

variable "dead_letter_target_arn" {
  type    = string
  default = null
}

variable "description" {
  type    = string
  default = ""
}

variable "destination_on_failure" {
  type    = string
  default = null
}

variable "destination_on_success" {
  type    = string
  default = null
}

variable "environment_variables" {
  type    = map(string)
  default = {}
}

variable "event_source_mapping" {
  type    = any
  default = {}
}

variable "function_name" {
  type    = string
  default = ""
}

variable "function_tags" {
  type    = map(string)
  default = {}
}

variable "handler" {
  type    = string
  default = ""
}

variable "image_uri" {
  type    = string
  default = null
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "lambda_at_edge" {
  type    = bool
  default = false
}

variable "lambda_role" {
  type    = string
  default = ""
}

variable "layers" {
  type    = list(string)
  default = null
}

variable "logging_log_group" {
  type    = string
  default = null
}

variable "maximum_event_age_in_seconds" {
  type    = number
  default = null
}

variable "maximum_retry_attempts" {
  type    = number
  default = null
}

variable "memory_size" {
  type    = number
  default = 128
}

variable "package_type" {
  type    = string
  default = "Zip"
}

variable "policies" {
  type    = list(string)
  default = []
}

variable "policy" {
  type    = string
  default = null
}

variable "policy_json" {
  type    = string
  default = null
}

variable "policy_jsons" {
  type    = list(string)
  default = []
}

variable "policy_statements" {
  type    = any
  default = {}
}

variable "publish" {
  type    = bool
  default = false
}

variable "reserved_concurrent_executions" {
  type    = number
  default = -1
}

variable "role_name" {
  type    = string
  default = null
}

variable "role_permissions_boundary" {
  type    = string
  default = null
}

variable "role_tags" {
  type    = map(string)
  default = {}
}

variable "runtime" {
  type    = string
  default = ""
}

variable "snap_start" {
  type    = bool
  default = false
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "timeout" {
  type    = number
  default = 3
}

variable "tracing_mode" {
  type    = string
  default = null
}

variable "use_existing_cloudwatch_log_group" {
  type    = bool
  default = false
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = null
}

variable "vpc_subnet_ids" {
  type    = list(string)
  default = null
}
