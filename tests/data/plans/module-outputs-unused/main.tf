module "a" {
  source = "./m"
  count  = 1
}
locals {
  ids = module.a[*].ids
}
output "ids" {
  value = length(flatten(local.ids))
}
output "type" {
  value = module.a[0].type
}
