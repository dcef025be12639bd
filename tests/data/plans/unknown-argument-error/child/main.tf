variable "present" {
  default = 1
}
