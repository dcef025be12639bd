variable "additional_security_group_ids" {
  type    = list(string)
  default = []
}

variable "authentication_mode" {
  type    = string
  default = "API_AND_CONFIG_MAP"
}

variable "cloudwatch_log_group_kms_key_id" {
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

variable "cluster_tags" {
  type    = map(string)
  default = {}
}

variable "compute_config" {
  type    = any
  default = null
}

variable "control_plane_subnet_ids" {
  type    = list(string)
  default = []
}

variable "create" {
  type    = bool
  default = true
}

variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}

variable "create_iam_role" {
  type    = bool
  default = true
}

variable "create_kms_key" {
  type    = bool
  default = true
}

variable "create_node_security_group" {
  type    = bool
  default = true
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "deletion_protection" {
  type    = bool
  default = null
}

variable "eks_managed_node_groups" {
  type    = any
  default = null
}

variable "enable_irsa" {
  type    = bool
  default = true
}

variable "enable_kms_key_rotation" {
  type    = bool
  default = true
}

variable "enabled_log_types" {
  type    = list(string)
  default = ["audit", "api", "authenticator"]
}

variable "encryption_config" {
  type    = any
  default = {}
}

variable "endpoint_private_access" {
  type    = bool
  default = true
}

variable "endpoint_public_access" {
  type    = bool
  default = false
}

variable "endpoint_public_access_cidrs" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "fargate_profiles" {
  type    = any
  default = null
}

variable "iam_role_arn" {
  type    = string
  default = null
}

variable "iam_role_name" {
  type    = string
  default = null
}

variable "iam_role_tags" {
  type    = map(string)
  default = {}
}

variable "kms_key_deletion_window_in_days" {
  type    = number
  default = null
}

variable "kubernetes_version" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "node_security_group_additional_rules" {
  type    = any
  default = {}
}

variable "node_security_group_tags" {
  type    = map(string)
  default = {}
}

variable "security_group_additional_rules" {
  type    = any
  default = {}
}

variable "self_managed_node_groups" {
  type    = any
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

variable "vpc_id" {
  type    = string
  default = null
}
