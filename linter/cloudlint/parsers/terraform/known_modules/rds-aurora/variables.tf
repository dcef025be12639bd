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
  default = null
}

variable "autoscaling_enabled" {
  type    = bool
  default = false
}

variable "autoscaling_max_capacity" {
  type    = number
  default = 2
}

variable "autoscaling_min_capacity" {
  type    = number
  default = 0
}

variable "autoscaling_policy_name" {
  type    = string
  default = "target-metric"
}

variable "autoscaling_scale_in_cooldown" {
  type    = number
  default = 300
}

variable "autoscaling_scale_out_cooldown" {
  type    = number
  default = 300
}

variable "autoscaling_target_connections" {
  type    = number
  default = 700
}

variable "autoscaling_target_cpu" {
  type    = number
  default = 70
}

variable "availability_zones" {
  type    = list(string)
  default = null
}

variable "backup_retention_period" {
  type    = number
  default = null
}

variable "cluster_instance_class" {
  type    = string
  default = null
}

variable "cluster_monitoring_interval" {
  type    = number
  default = 0
}

variable "cluster_parameter_group_name" {
  type    = string
  default = null
}

variable "cluster_performance_insights_enabled" {
  type    = bool
  default = null
}

variable "cluster_scalability_type" {
  type    = string
  default = null
}

variable "cluster_tags" {
  type    = map(string)
  default = {}
}

variable "cluster_use_name_prefix" {
  type    = bool
  default = false
}

variable "copy_tags_to_snapshot" {
  type    = bool
  default = true
}

variable "create" {
  type    = bool
  default = true
}

variable "create_db_subnet_group" {
  type    = bool
  default = false
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "database_name" {
  type    = string
  default = null
}

variable "db_subnet_group_name" {
  type    = string
  default = ""
}

variable "deletion_protection" {
  type    = bool
  default = null
}

variable "enabled_cloudwatch_logs_exports" {
  type    = list(string)
  default = []
}

variable "engine" {
  type    = string
  default = null
}

variable "engine_mode" {
  type    = string
  default = "provisioned"
}

variable "engine_version" {
  type    = string
  default = null
}

variable "final_snapshot_identifier" {
  type    = string
  default = null
}

variable "global_cluster_identifier" {
  type    = string
  default = null
}

variable "iam_database_authentication_enabled" {
  type    = bool
  default = null
}

variable "instances" {
  type     = any
  default  = {}
  nullable = false
}

variable "instances_use_identifier_prefix" {
  type    = bool
  default = false
}

variable "is_primary_cluster" {
  type    = bool
  default = true
}

variable "kms_key_id" {
  type    = string
  default = null
}

variable "manage_master_user_password" {
  type    = bool
  default = true
}

variable "master_password_wo" {
  type    = string
  default = null
}

variable "master_username" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "port" {
  type    = string
  default = null
}

variable "predefined_metric_type" {
  type    = string
  default = "RDSReaderAverageCPUUtilization"
}

variable "preferred_backup_window" {
  type    = string
  default = null
}

variable "preferred_maintenance_window" {
  type    = string
  default = null
}

variable "replication_source_identifier" {
  type    = string
  default = null
}

variable "security_group_ingress_rules" {
  type     = any
  default  = {}
  nullable = false
}

variable "security_group_name" {
  type    = string
  default = ""
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "serverlessv2_scaling_configuration" {
  type    = any
  default = null
}

variable "shard_group" {
  type    = any
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

variable "source_region" {
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

variable "subnets" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "vpc_id" {
  type    = string
  default = ""
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}
