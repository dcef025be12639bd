variable "create" {
  type    = bool
  default = true
}

variable "create_dlq" {
  type    = bool
  default = false
}

variable "create_dlq_redrive_allow_policy" {
  type    = bool
  default = true
}

variable "create_queue_policy" {
  type    = bool
  default = false
}

variable "delay_seconds" {
  type    = number
  default = null
}

variable "dlq_kms_master_key_id" {
  type    = string
  default = null
}

variable "dlq_message_retention_seconds" {
  type    = number
  default = null
}

variable "dlq_name" {
  type    = string
  default = null
}

variable "dlq_sqs_managed_sse_enabled" {
  type    = bool
  default = true
}

variable "dlq_tags" {
  type    = map(string)
  default = {}
}

variable "fifo_queue" {
  type    = bool
  default = false
}

variable "kms_master_key_id" {
  type    = string
  default = null
}

variable "message_retention_seconds" {
  type    = number
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "override_queue_policy_documents" {
  type    = list(string)
  default = []
}

variable "queue_policy_statements" {
  type    = any
  default = null
}

variable "receive_wait_time_seconds" {
  type    = number
  default = null
}

variable "redrive_policy" {
  type    = any
  default = {}
}

variable "source_queue_policy_documents" {
  type    = list(string)
  default = []
}

variable "sqs_managed_sse_enabled" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "visibility_timeout_seconds" {
  type    = number
  default = null
}
