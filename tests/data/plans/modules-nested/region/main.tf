variable "region" {}
module "cluster" {
  source = "./cluster"
  count  = var.region == "eu" ? 2 : 1
  name   = "${var.region}-${count.index}"
}
output "endpoints" {
  value = module.cluster[*].endpoint
}
output "ids" {
  value = flatten(module.cluster[*].ids)
}
