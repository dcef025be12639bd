variable "sqs_managed_sse_enabled" {
  default = false
}
