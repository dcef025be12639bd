module "child" {
  source = "./child"
}
output "value" {
  value = module.child.absent
}
