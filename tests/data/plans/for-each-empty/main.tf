variable "nothing" {
  type    = map(string)
  default = {}
}
resource "terraform_data" "never" {
  for_each = var.nothing
  input    = each.value
}
resource "terraform_data" "conditional" {
  for_each = length(var.nothing) > 0 ? toset(["x"]) : toset([])
  input    = each.key
}
output "shapes" {
  value = [
    length(terraform_data.never),
    values(terraform_data.never)[*].input,
    keys(terraform_data.conditional),
    merge(terraform_data.never, terraform_data.conditional),
  ]
}
