variable "environment" {
  default = "prod"
}

variable "password" {
  default   = "hunter2"
  sensitive = true
}

locals {
  first = terraform_data.base[0].id
}

resource "terraform_data" "base" {
  count = 2
  input = { index = count.index, password = var.password, names = ["a", var.environment] }
}

resource "terraform_data" "each" {
  for_each         = { x = 1, y = 2 }
  input            = [terraform_data.base[0].id, terraform_data.base[1].id, each.key]
  triggers_replace = [for base in terraform_data.base : base.id]
}

module "inner" {
  source   = "./inner"
  for_each = toset(["k", "l"])
  ids      = terraform_data.base[*].id
  mixed    = terraform_data.each[each.key == "k" ? "x" : "y"].id
  first    = local.first
}

resource "terraform_data" "output" {
  input = module.inner["k"].first
}

resource "terraform_data" "text" {
  input = { name = "${terraform_data.output.id}-x", size = 1.5 }
}

resource "terraform_data" "chained" {
  for_each = terraform_data.each
  input    = each.value.id
}
