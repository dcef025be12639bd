variable "enable_monitoring" {
  default = true
}

variable "metadata_options" {
  default = {
    http_endpoint               = "enabled"
    http_put_response_hop_limit = 2
    http_tokens                 = "required"
  }
}

variable "min_size" {
  default = 0
}
