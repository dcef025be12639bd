variable "access_logs" {
  type    = any
  default = null
}

variable "additional_target_group_attachments" {
  type    = any
  default = null
}

variable "associate_web_acl" {
  type    = bool
  default = false
}

variable "connection_logs" {
  type    = any
  default = null
}

variable "create" {
  type    = bool
  default = true
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "default_port" {
  type    = number
  default = 80
}

variable "default_protocol" {
  type    = string
  default = "HTTP"
}

variable "desync_mitigation_mode" {
  type    = string
  default = null
}

variable "drop_invalid_header_fields" {
  type    = bool
  default = true
}

variable "enable_cross_zone_load_balancing" {
  type    = bool
  default = true
}

variable "enable_deletion_protection" {
  type    = bool
  default = true
}

variable "enable_http2" {
  type    = bool
  default = null
}

variable "enable_waf_fail_open" {
  type    = bool
  default = null
}

variable "enable_zonal_shift" {
  type    = bool
  default = null
}

variable "idle_timeout" {
  type    = number
  default = null
}

variable "internal" {
  type    = bool
  default = null
}

variable "listeners" {
  type    = any
  default = {}
}

variable "load_balancer_type" {
  type    = string
  default = "application"
}

variable "name" {
  type    = string
  default = null
}

variable "name_prefix" {
  type    = string
  default = null
}

variable "preserve_host_header" {
  type    = bool
  default = null
}

variable "route53_records" {
  type    = any
  default = null
}

variable "security_group_egress_rules" {
  type    = any
  default = null
}

variable "security_group_ingress_rules" {
  type    = any
  default = null
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "security_groups" {
  type    = list(string)
  default = []
}

variable "subnet_mapping" {
  type    = any
  default = null
}

variable "subnets" {
  type    = list(string)
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "target_groups" {
  type    = any
  default = null
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "web_acl_arn" {
  type    = string
  default = null
}
