variable "drop_invalid_header_fields" {
  default = false
}

variable "enable_cross_zone_load_balancing" {
  default = false
}

variable "enable_deletion_protection" {
  default = false
}
