variable "token" {
  type      = string
  default   = "t"
  ephemeral = true
}
module "child" {
  source = "./child"
  token  = var.token
}
output "name" {
  value = module.child.name
}
