variable "tags" {
  type    = map(string)
  default = { Team = "x", Cost = 5 }
}
locals {
  tags = merge({ Name = "default" }, var.tags, { Team = "y" }, null)
}
resource "terraform_data" "tagged" {
  for_each = toset(["a", "b"])
  input    = merge(local.tags, { Name = each.key })
}
output "tags" {
  value = local.tags
}
output "names" {
  value = [for tagged in terraform_data.tagged : tagged.input["Name"]]
}
output "lookups" {
  value = [lookup(local.tags, "Team"), lookup(local.tags, "None", "?"), try(local.tags.None, "-"), can(local.tags.None)]
}
