variable "create_security_group" {
  default = false
}
