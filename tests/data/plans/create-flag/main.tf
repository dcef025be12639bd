variable "create" {
  default = true
}
variable "name" {
  type    = string
  default = null
}
locals {
  create_role = var.create && var.name == null
  name        = coalesce(var.name, "generated")
}
resource "terraform_data" "role" {
  count = local.create_role ? 1 : 0
  input = local.name
}
resource "terraform_data" "attachment" {
  for_each = { for policy in ["a", "b"] : policy => policy if local.create_role }
  input    = "${terraform_data.role[0].input}/${each.value}"
}
output "arn" {
  value = try(terraform_data.role[0].input, null)
}
output "id" {
  value = try(terraform_data.role[0].id, var.name)
}
output "legacy" {
  value = element(concat(terraform_data.role[*].input, [""]), 0)
}
output "coalesced" {
  value = coalescelist(terraform_data.role[*].input, ["fallback"])
}
