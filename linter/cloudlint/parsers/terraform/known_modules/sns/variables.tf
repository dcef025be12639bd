variable "create" {
  type    = bool
  default = true
}

variable "create_subscription" {
  type    = bool
  default = true
}

variable "create_topic_policy" {
  type    = bool
  default = true
}

variable "delivery_policy" {
  type    = string
  default = null
}

variable "display_name" {
  type    = string
  default = null
}

variable "fifo_topic" {
  type    = bool
  default = false
}

variable "kms_master_key_id" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "override_topic_policy_documents" {
  type    = list(string)
  default = []
}

variable "source_topic_policy_documents" {
  type    = list(string)
  default = []
}

variable "subscriptions" {
  type    = any
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "topic_policy" {
  type    = string
  default = null
}

variable "topic_policy_statements" {
  type    = any
  default = null
}

variable "tracing_config" {
  type    = string
  default = null
}
