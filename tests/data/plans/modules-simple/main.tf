module "network" {
  source = "./network"
  cidr   = "10.0.0.0/16"
}
module "app" {
  source  = "./app"
  subnets = module.network.subnets
  id      = module.network.id
}
output "app" {
  value = module.app.summary
}
output "whole" {
  value = module.network
}
