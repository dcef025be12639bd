variable "computed_egress_rules" {
  type    = list(string)
  default = []
}

variable "computed_egress_with_cidr_blocks" {
  type    = any
  default = []
}

variable "computed_egress_with_ipv6_cidr_blocks" {
  type    = any
  default = []
}

variable "computed_egress_with_self" {
  type    = any
  default = []
}

variable "computed_egress_with_source_security_group_id" {
  type    = any
  default = []
}

variable "computed_ingress_rules" {
  type    = list(string)
  default = []
}

variable "computed_ingress_with_cidr_blocks" {
  type    = any
  default = []
}

variable "computed_ingress_with_ipv6_cidr_blocks" {
  type    = any
  default = []
}

variable "computed_ingress_with_self" {
  type    = any
  default = []
}

variable "computed_ingress_with_source_security_group_id" {
  type    = any
  default = []
}

variable "create" {
  type    = bool
  default = true
}

variable "create_sg" {
  type    = bool
  default = true
}

variable "description" {
  type    = string
  default = "Security Group managed by Terraform"
}

variable "egress_cidr_blocks" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "egress_ipv6_cidr_blocks" {
  type    = list(string)
  default = ["::/0"]
}

variable "egress_prefix_list_ids" {
  type    = list(string)
  default = []
}

variable "egress_rules" {
  type    = list(string)
  default = []
}

variable "egress_with_cidr_blocks" {
  type    = any
  default = []
}

variable "egress_with_ipv6_cidr_blocks" {
  type    = any
  default = []
}

variable "egress_with_self" {
  type    = any
  default = []
}

variable "egress_with_source_security_group_id" {
  type    = any
  default = []
}

variable "ingress_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "ingress_ipv6_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "ingress_prefix_list_ids" {
  type    = list(string)
  default = []
}

variable "ingress_rules" {
  type    = list(string)
  default = []
}

variable "ingress_with_cidr_blocks" {
  type    = any
  default = []
}

variable "ingress_with_ipv6_cidr_blocks" {
  type    = any
  default = []
}

variable "ingress_with_self" {
  type    = any
  default = []
}

variable "ingress_with_source_security_group_id" {
  type    = any
  default = []
}

variable "name" {
  type    = string
  default = null
}

variable "security_group_id" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "use_name_prefix" {
  type    = bool
  default = true
}

variable "vpc_id" {
  type    = string
  default = null
}
