variable "parts" {
  type = list(string)
}
variable "separator" {
  default = "-"
}
locals {
  label = join(var.separator, compact(var.parts))
}
output "label" {
  value = local.label
}
output "upper" {
  value = upper(local.label)
}
