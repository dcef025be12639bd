variable "environment" {
  default = "prod"
}
locals {
  settings = {
    dev  = { size = 1, ha = false }
    prod = { size = 3, ha = true }
  }
  current = local.settings[var.environment]
}
module "database" {
  source = "./database"
  count  = local.current.ha ? 2 : 1
  size   = local.current.size + count.index
}
module "debug" {
  source = "./database"
  count  = var.environment == "dev" ? 1 : 0
  size   = 0
}
output "sizes" {
  value = concat(module.database[*].size, module.debug[*].size)
}
