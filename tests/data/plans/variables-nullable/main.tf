module "child" {
  source       = "./child"
  nullable     = null
  not_nullable = null
  required     = null
}
output "child" {
  value = module.child.values
}
