resource "terraform_data" "vpc" {
  for_each = { eu = "10.0.0.0/16", us = "10.1.0.0/16" }
  input    = each.value
}
resource "terraform_data" "subnet" {
  for_each = terraform_data.vpc
  input    = cidrsubnet(each.value.input, 8, 1)
}
output "subnets" {
  value = { for region, subnet in terraform_data.subnet : region => subnet.input }
}
output "vpc_ids" {
  value = { for region, vpc in terraform_data.vpc : region => vpc.id }
}
