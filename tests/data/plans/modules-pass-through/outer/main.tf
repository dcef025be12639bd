variable "subnets" {
  type = list(string)
}
variable "names" {
  type = set(string)
}
variable "whole" {}
module "inner" {
  source = "../inner"
  names  = var.names
}
resource "terraform_data" "target" {
  count = length(var.subnets)
  input = element(var.subnets, count.index)
}
output "names" {
  value = module.inner.names
}
output "subnets" {
  value = var.subnets
}
output "whole" {
  value = [for item in var.whole : item.input]
}
