module "region" {
  source   = "./region"
  for_each = toset(["eu", "us"])
  region   = each.key
}
output "endpoints" {
  value = flatten([for region in module.region : region.endpoints])
}
output "ids" {
  value = { for name, region in module.region : name => length(region.ids) }
}
