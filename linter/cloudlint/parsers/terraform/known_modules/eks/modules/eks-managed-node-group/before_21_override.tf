variable "enable_monitoring" {
  default = true
}

variable "min_size" {
  default = 0
}
