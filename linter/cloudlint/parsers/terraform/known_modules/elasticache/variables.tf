variable "apply_immediately" {
  type    = bool
  default = null
}

variable "at_rest_encryption_enabled" {
  type    = bool
  default = true
}

variable "auth_token" {
  type    = string
  default = null
}

variable "auto_minor_version_upgrade" {
  type    = bool
  default = null
}

variable "automatic_failover_enabled" {
  type    = bool
  default = null
}

variable "availability_zone" {
  type    = string
  default = null
}

variable "az_mode" {
  type    = string
  default = null
}

variable "cluster_id" {
  type    = string
  default = ""
}

variable "cluster_mode_enabled" {
  type    = bool
  default = false
}

variable "create" {
  type    = bool
  default = true
}

variable "create_cluster" {
  type    = bool
  default = false
}

variable "create_replication_group" {
  type    = bool
  default = true
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "create_subnet_group" {
  type    = bool
  default = true
}

variable "description" {
  type    = string
  default = null
}

variable "engine" {
  type    = string
  default = "redis"
}

variable "engine_version" {
  type    = string
  default = null
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "maintenance_window" {
  type    = string
  default = null
}

variable "multi_az_enabled" {
  type    = bool
  default = false
}

variable "node_type" {
  type    = string
  default = null
}

variable "num_cache_clusters" {
  type    = number
  default = null
}

variable "num_cache_nodes" {
  type    = number
  default = 1
}

variable "num_node_groups" {
  type    = number
  default = null
}

variable "port" {
  type    = number
  default = null
}

variable "preferred_availability_zones" {
  type    = list(string)
  default = []
}

variable "preferred_cache_cluster_azs" {
  type    = list(string)
  default = []
}

variable "replicas_per_node_group" {
  type    = number
  default = null
}

variable "replication_group_id" {
  type    = string
  default = null
}

variable "security_group_ids" {
  type    = list(string)
  default = []
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_rules" {
  type    = any
  default = {}
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "snapshot_retention_limit" {
  type    = number
  default = null
}

variable "snapshot_window" {
  type    = string
  default = null
}

variable "subnet_group_name" {
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

variable "transit_encryption_enabled" {
  type    = bool
  default = true
}

variable "user_group_ids" {
  type    = list(string)
  default = null
}

variable "vpc_id" {
  type    = string
  default = null
}
