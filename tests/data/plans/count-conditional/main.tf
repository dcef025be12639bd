variable "enabled" {
  type    = bool
  default = true
}
variable "disabled" {
  type    = bool
  default = false
}
resource "terraform_data" "on" {
  count = var.enabled ? 1 : 0
  input = { on = var.enabled }
}
resource "terraform_data" "off" {
  count = var.disabled ? 1 : 0
  input = { on = var.disabled }
}
output "on" {
  value = one(terraform_data.on[*].input)
}
output "off" {
  value = one(terraform_data.off[*].input)
}
output "joined" {
  value = concat(terraform_data.on[*].input, terraform_data.off[*].input)
}
output "fallback" {
  value = try(terraform_data.off[0].input, terraform_data.on[0].input)
}
