variable "team" {}
variable "members" {
  type = set(string)
}
resource "terraform_data" "member" {
  for_each = var.members
  input    = "${var.team}/${each.value}"
}
output "members" {
  value = { for name, member in terraform_data.member : name => member.input }
}
