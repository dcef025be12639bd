variable "attributes" {
  type    = any
  default = []
}

variable "autoscaling_enabled" {
  type    = bool
  default = false
}

variable "autoscaling_read" {
  type    = map(string)
  default = {}
}

variable "autoscaling_write" {
  type    = map(string)
  default = {}
}

variable "billing_mode" {
  type    = string
  default = "PAY_PER_REQUEST"
}

variable "create_table" {
  type    = bool
  default = true
}

variable "deletion_protection_enabled" {
  type    = bool
  default = null
}

variable "global_secondary_indexes" {
  type    = any
  default = []
}

variable "hash_key" {
  type    = string
  default = null
}

variable "local_secondary_indexes" {
  type    = any
  default = []
}

variable "name" {
  type    = string
  default = null
}

variable "point_in_time_recovery_enabled" {
  type    = bool
  default = false
}

variable "range_key" {
  type    = string
  default = null
}

variable "read_capacity" {
  type    = number
  default = null
}

variable "replica_regions" {
  type    = any
  default = []
}

variable "server_side_encryption_enabled" {
  type    = bool
  default = false
}

variable "server_side_encryption_kms_key_arn" {
  type    = string
  default = null
}

variable "stream_enabled" {
  type    = bool
  default = false
}

variable "stream_view_type" {
  type    = string
  default = null
}

variable "table_class" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "ttl_attribute_name" {
  type    = string
  default = ""
}

variable "ttl_enabled" {
  type    = bool
  default = false
}

variable "write_capacity" {
  type    = number
  default = null
}
