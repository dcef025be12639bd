terraform {
  required_providers {}
}
variable "value" {}
output "value" {
  value = var.value
}
