variable "attach_repository_policy" {
  type    = bool
  default = true
}

variable "create" {
  type    = bool
  default = true
}

variable "create_lifecycle_policy" {
  type    = bool
  default = true
}

variable "create_repository" {
  type    = bool
  default = true
}

variable "create_repository_policy" {
  type    = bool
  default = true
}

variable "manage_registry_scanning_configuration" {
  type    = bool
  default = false
}

variable "registry_scan_rules" {
  type    = any
  default = null
}

variable "registry_scan_type" {
  type    = string
  default = "ENHANCED"
}

variable "repository_encryption_type" {
  type    = string
  default = null
}

variable "repository_force_delete" {
  type    = bool
  default = null
}

variable "repository_image_scan_on_push" {
  type    = bool
  default = true
}

variable "repository_image_tag_mutability" {
  type    = string
  default = "IMMUTABLE"
}

variable "repository_kms_key" {
  type    = string
  default = null
}

variable "repository_lifecycle_policy" {
  type    = string
  default = ""
}

variable "repository_name" {
  type    = string
  default = ""
}

variable "repository_policy" {
  type    = string
  default = null
}

variable "repository_type" {
  type    = string
  default = "private"
}

variable "tags" {
  type    = map(string)
  default = {}
}
