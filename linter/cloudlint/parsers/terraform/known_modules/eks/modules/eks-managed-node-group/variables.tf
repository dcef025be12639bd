variable "ami_type" {
  type     = string
  default  = "AL2023_x86_64_STANDARD"
  nullable = false
}

variable "block_device_mappings" {
  type    = any
  default = null
}

variable "capacity_type" {
  type     = string
  default  = "ON_DEMAND"
  nullable = false
}

variable "cluster_name" {
  type    = string
  default = ""
}

variable "create" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_iam_role" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_launch_template" {
  type     = bool
  default  = true
  nullable = false
}

variable "desired_size" {
  type     = number
  default  = 1
  nullable = false
}

variable "disk_size" {
  type    = number
  default = null
}

variable "enable_monitoring" {
  type     = bool
  default  = false
  nullable = false
}

variable "iam_role_arn" {
  type    = string
  default = null
}

variable "instance_types" {
  type    = list(string)
  default = null
}

variable "key_name" {
  type    = string
  default = null
}

variable "kubernetes_version" {
  type    = string
  default = null
}

variable "labels" {
  type    = map(string)
  default = null
}

variable "launch_template_id" {
  type    = string
  default = ""
}

variable "max_size" {
  type     = number
  default  = 3
  nullable = false
}

variable "metadata_options" {
  type = any
  default = {
    http_endpoint               = "enabled"
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }
  nullable = false
}

variable "min_size" {
  type     = number
  default  = 1
  nullable = false
}

variable "name" {
  type    = string
  default = ""
}

variable "remote_access" {
  type    = any
  default = null
}

variable "subnet_ids" {
  type    = list(string)
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "update_config" {
  type = any
  default = {
    max_unavailable_percentage = 33
  }
  nullable = false
}

variable "use_custom_launch_template" {
  type     = bool
  default  = true
  nullable = false
}

variable "vpc_security_group_ids" {
  type     = list(string)
  default  = []
  nullable = false
}
