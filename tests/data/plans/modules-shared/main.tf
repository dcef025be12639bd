module "a" {
  source = "./label"
  parts  = ["a", "prod"]
}
module "b" {
  source    = "./label"
  parts     = concat(split("-", module.a.label), ["b"])
  separator = "_"
}
output "labels" {
  value = [module.a.label, module.b.label, module.b.upper]
}
