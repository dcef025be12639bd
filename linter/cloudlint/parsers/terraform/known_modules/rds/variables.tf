variable "allocated_storage" {
  type    = number
  default = null
}

variable "allow_major_version_upgrade" {
  type    = bool
  default = false
}

variable "apply_immediately" {
  type    = bool
  default = false
}

variable "auto_minor_version_upgrade" {
  type    = bool
  default = true
}

variable "availability_zone" {
  type    = string
  default = null
}

variable "backup_retention_period" {
  type    = number
  default = null
}

variable "backup_window" {
  type    = string
  default = null
}

variable "ca_cert_identifier" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_kms_key_id" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_retention_in_days" {
  type    = number
  default = 7
}

variable "cloudwatch_log_group_tags" {
  type    = map(string)
  default = {}
}

variable "copy_tags_to_snapshot" {
  type    = bool
  default = true
}

variable "create_cloudwatch_log_group" {
  type    = bool
  default = false
}

variable "create_db_instance" {
  type    = bool
  default = true
}

variable "create_db_option_group" {
  type    = bool
  default = true
}

variable "create_db_parameter_group" {
  type    = bool
  default = true
}

variable "create_db_subnet_group" {
  type    = bool
  default = false
}

variable "db_instance_tags" {
  type    = map(string)
  default = {}
}

variable "db_name" {
  type    = string
  default = null
}

variable "db_option_group_tags" {
  type    = map(string)
  default = {}
}

variable "db_parameter_group_tags" {
  type    = map(string)
  default = {}
}

variable "db_subnet_group_name" {
  type    = string
  default = null
}

variable "db_subnet_group_tags" {
  type    = map(string)
  default = {}
}

variable "delete_automated_backups" {
  type    = bool
  default = true
}

variable "deletion_protection" {
  type    = bool
  default = false
}

variable "enabled_cloudwatch_logs_exports" {
  type    = list(string)
  default = []
}

variable "engine" {
  type    = string
  default = null
}

variable "engine_version" {
  type    = string
  default = null
}

variable "family" {
  type    = string
  default = null
}

variable "final_snapshot_identifier_prefix" {
  type    = string
  default = "final"
}

variable "iam_database_authentication_enabled" {
  type    = bool
  default = false
}

variable "identifier" {
  type = string
}

variable "instance_class" {
  type    = string
  default = null
}

variable "instance_use_identifier_prefix" {
  type    = bool
  default = false
}

variable "iops" {
  type    = number
  default = null
}

variable "kms_key_id" {
  type    = string
  default = null
}

variable "maintenance_window" {
  type    = string
  default = null
}

variable "major_engine_version" {
  type    = string
  default = null
}

variable "manage_master_user_password" {
  type    = bool
  default = true
}

variable "max_allocated_storage" {
  type    = number
  default = 0
}

variable "monitoring_interval" {
  type    = number
  default = 0
}

variable "multi_az" {
  type    = bool
  default = false
}

variable "option_group_name" {
  type    = string
  default = null
}

variable "parameter_group_name" {
  type    = string
  default = null
}

variable "parameters" {
  type    = any
  default = null
}

variable "password_wo" {
  type    = string
  default = null
}

variable "performance_insights_enabled" {
  type    = bool
  default = false
}

variable "performance_insights_kms_key_id" {
  type    = string
  default = null
}

variable "port" {
  type    = string
  default = null
}

variable "publicly_accessible" {
  type    = bool
  default = false
}

variable "replicate_source_db" {
  type    = string
  default = null
}

variable "skip_final_snapshot" {
  type    = bool
  default = false
}

variable "snapshot_identifier" {
  type    = string
  default = null
}

variable "storage_encrypted" {
  type    = bool
  default = true
}

variable "storage_type" {
  type    = string
  default = null
}

variable "subnet_ids" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "username" {
  type    = string
  default = null
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}
