locals {
  replaced = "overridden"
}
variable "size" {
  default = 3
}
output "values" {
  value = ["output overridden", var.size, local.kept, local.replaced]
}
