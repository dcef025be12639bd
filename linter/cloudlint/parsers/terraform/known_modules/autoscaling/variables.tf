variable "autoscaling_group_tags" {
  type    = map(string)
  default = {}
}

variable "autoscaling_group_tags_not_propagate_at_launch" {
  type    = list(string)
  default = []
}

variable "availability_zones" {
  type    = list(string)
  default = null
}

variable "block_device_mappings" {
  type    = any
  default = null
}

variable "capacity_rebalance" {
  type    = bool
  default = null
}

variable "create" {
  type    = bool
  default = true
}

variable "create_iam_instance_profile" {
  type    = bool
  default = false
}

variable "create_launch_template" {
  type    = bool
  default = true
}

variable "default_instance_warmup" {
  type    = number
  default = null
}

variable "desired_capacity" {
  type    = number
  default = null
}

variable "ebs_optimized" {
  type    = bool
  default = null
}

variable "enable_monitoring" {
  type    = bool
  default = true
}

variable "enabled_metrics" {
  type    = list(string)
  default = []
}

variable "health_check_grace_period" {
  type    = number
  default = null
}

variable "health_check_type" {
  type    = string
  default = null
}

variable "iam_instance_profile_arn" {
  type    = string
  default = null
}

variable "iam_role_name" {
  type    = string
  default = null
}

variable "iam_role_policies" {
  type    = map(string)
  default = {}
}

variable "iam_role_tags" {
  type    = map(string)
  default = {}
}

variable "image_id" {
  type    = string
  default = null
}

variable "initial_lifecycle_hooks" {
  type    = any
  default = null
}

variable "instance_market_options" {
  type    = any
  default = null
}

variable "instance_name" {
  type    = string
  default = ""
}

variable "instance_refresh" {
  type    = any
  default = null
}

variable "instance_type" {
  type    = string
  default = null
}

variable "key_name" {
  type    = string
  default = null
}

variable "launch_template_id" {
  type    = string
  default = null
}

variable "launch_template_name" {
  type    = string
  default = ""
}

variable "launch_template_tags" {
  type    = map(string)
  default = {}
}

variable "max_instance_lifetime" {
  type    = number
  default = null
}

variable "max_size" {
  type    = number
  default = null
}

variable "metadata_options" {
  type = any
  default = {
    http_endpoint               = "enabled"
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }
}

variable "min_size" {
  type    = number
  default = null
}

variable "mixed_instances_policy" {
  type    = any
  default = null
}

variable "name" {
  type = string
}

variable "network_interfaces" {
  type    = any
  default = null
}

variable "protect_from_scale_in" {
  type    = bool
  default = false
}

variable "scaling_policies" {
  type    = any
  default = null
}

variable "schedules" {
  type    = any
  default = null
}

variable "security_groups" {
  type    = list(string)
  default = []
}

variable "suspended_processes" {
  type    = list(string)
  default = []
}

variable "tag_specifications" {
  type    = any
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "termination_policies" {
  type    = list(string)
  default = []
}

variable "traffic_source_attachments" {
  type    = any
  default = null
}

variable "use_mixed_instances_policy" {
  type    = bool
  default = false
}

variable "use_name_prefix" {
  type    = bool
  default = true
}

variable "user_data" {
  type    = string
  default = null
}

variable "vpc_zone_identifier" {
  type    = list(string)
  default = null
}

variable "warm_pool" {
  type    = any
  default = null
}
