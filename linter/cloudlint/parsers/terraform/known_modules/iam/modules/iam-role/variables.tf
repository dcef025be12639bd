variable "create" {
  type    = bool
  default = true
}

variable "create_inline_policy" {
  type    = bool
  default = false
}

variable "create_instance_profile" {
  type    = bool
  default = false
}

variable "inline_policy_permissions" {
  type    = any
  default = null
}

variable "max_session_duration" {
  type    = number
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "override_inline_policy_documents" {
  type    = list(string)
  default = []
}

variable "path" {
  type    = string
  default = null
}

variable "permissions_boundary" {
  type    = string
  default = null
}

variable "policies" {
  type    = map(string)
  default = {}
}

variable "source_inline_policy_documents" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "trust_policy_permissions" {
  type    = any
  default = null
}

variable "use_name_prefix" {
  type    = bool
  default = true
}
