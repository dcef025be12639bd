variable "name" {
  type    = string
  default = "default"
}
variable "versioning" {
  type = object({
    enabled    = optional(bool, true)
    mfa_delete = optional(bool, false)
  })
  default = {}
}
variable "rules" {
  type    = any
  default = []
}
resource "terraform_data" "bucket" {
  input = { name = var.name, versioning = var.versioning }
}
resource "terraform_data" "rule" {
  for_each = { for rule in var.rules : rule.id => rule }
  input    = each.value
}
output "bucket" {
  value = terraform_data.bucket.input
}
