resource "terraform_data" "role" {
  for_each = toset(["a", "b"])
}
resource "terraform_data" "binding" {
  for_each = { for name, role in terraform_data.role : name => role.id }
  input    = { role = each.value, name = each.key }
}
output "names" {
  value = [for binding in terraform_data.binding : binding.input.name]
}
output "roles" {
  value = { for name, binding in terraform_data.binding : name => binding.input.role }
}
