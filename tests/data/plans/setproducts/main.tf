locals {
  pairs = setproduct(["dev", "prod"], ["eu", "us"])
}
resource "terraform_data" "env" {
  for_each = { for pair in local.pairs : join("-", pair) => { env = pair[0], region = pair[1] } }
  input    = each.value
}
output "pairs" {
  value = local.pairs
}
