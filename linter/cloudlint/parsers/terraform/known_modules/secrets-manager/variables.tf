variable "block_public_policy" {
  type    = bool
  default = null
}

variable "create" {
  type    = bool
  default = true
}

variable "create_policy" {
  type    = bool
  default = false
}

variable "create_random_password" {
  type    = bool
  default = false
}

variable "description" {
  type    = string
  default = null
}

variable "enable_rotation" {
  type    = bool
  default = false
}

variable "kms_key_id" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "name_prefix" {
  type    = string
  default = null
}

variable "override_policy_documents" {
  type    = list(string)
  default = []
}

variable "policy_statements" {
  type    = any
  default = null
}

variable "recovery_window_in_days" {
  type    = number
  default = null
}

variable "rotation_lambda_arn" {
  type    = string
  default = ""
}

variable "rotation_rules" {
  type    = any
  default = null
}

variable "secret_binary" {
  type    = string
  default = null
}

variable "secret_string" {
  type    = string
  default = null
}

variable "source_policy_documents" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}
