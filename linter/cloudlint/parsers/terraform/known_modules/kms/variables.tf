variable "aliases" {
  type    = list(string)
  default = []
}

variable "create" {
  type    = bool
  default = true
}

variable "create_external" {
  type    = bool
  default = false
}

variable "create_replica" {
  type    = bool
  default = false
}

variable "create_replica_external" {
  type    = bool
  default = false
}

variable "customer_master_key_spec" {
  type    = string
  default = null
}

variable "deletion_window_in_days" {
  type    = number
  default = null
}

variable "description" {
  type    = string
  default = null
}

variable "enable_key_rotation" {
  type    = bool
  default = true
}

variable "is_enabled" {
  type    = bool
  default = null
}

variable "key_usage" {
  type    = string
  default = null
}

variable "multi_region" {
  type    = bool
  default = false
}

variable "policy" {
  type    = string
  default = null
}

variable "primary_key_arn" {
  type    = string
  default = null
}

variable "rotation_period_in_days" {
  type    = number
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}
