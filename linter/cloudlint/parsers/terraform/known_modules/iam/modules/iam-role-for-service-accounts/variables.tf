variable "create" {
  type    = bool
  default = true
}

variable "create_policy" {
  type    = bool
  default = true
}

variable "max_session_duration" {
  type    = number
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "override_policy_documents" {
  type    = list(string)
  default = []
}

variable "path" {
  type    = string
  default = "/"
}

variable "permissions" {
  type    = any
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

variable "source_policy_documents" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "use_name_prefix" {
  type    = bool
  default = true
}
