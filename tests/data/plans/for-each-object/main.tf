locals {
  rules = {
    ssh   = { port = 22, cidrs = ["10.0.0.0/8"] }
    https = { port = 443 }
  }
}
resource "terraform_data" "rule" {
  for_each = local.rules
  input = {
    port  = each.value.port
    cidrs = try(each.value.cidrs, ["0.0.0.0/0"])
    name  = title(each.key)
  }
}
output "open" {
  value = [for name, rule in terraform_data.rule : name if contains(rule.input.cidrs, "0.0.0.0/0")]
}
