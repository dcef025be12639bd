locals {
  files = fileset(path.module, "policies/*.json")
}
resource "terraform_data" "policy" {
  for_each = local.files
  input    = jsondecode(file("${path.module}/${each.value}"))
}
output "names" {
  value = [for file in local.files : trimsuffix(basename(file), ".json")]
}
output "actions" {
  value = { for name, policy in terraform_data.policy : name => policy.input.Action }
}
output "hash" {
  value = filesha256("${path.module}/policies/read.json")
}
