resource "terraform_data" "source" {
  count = 2
  input = "subnet-${count.index}"
}
module "outer" {
  source  = "./outer"
  subnets = terraform_data.source[*].id
  names   = terraform_data.source[*].input
  whole   = terraform_data.source
}
output "names" {
  value = module.outer.names
}
output "subnets" {
  value = module.outer.subnets
}
output "whole" {
  value = module.outer.whole
}
