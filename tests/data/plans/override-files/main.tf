variable "size" {
  default     = 1
  description = "original"
}
resource "terraform_data" "box" {
  input            = { size = var.size, kind = "plain" }
  triggers_replace = ["a"]
}
locals {
  kept     = "kept"
  replaced = "original"
}
output "values" {
  value = [var.size, local.kept, local.replaced]
}
