variable "networks" {
  default = {
    core = { subnets = { a = 1, b = 2 } }
    edge = { subnets = { a = 3 } }
  }
}
locals {
  subnets = flatten([
    for network, settings in var.networks : [
      for subnet, number in settings.subnets : {
        network = network
        subnet  = subnet
        cidr    = cidrsubnet("10.0.0.0/16", 8, number)
      }
    ]
  ])
}
resource "terraform_data" "subnet" {
  for_each = { for subnet in local.subnets : "${subnet.network}.${subnet.subnet}" => subnet }
  input    = each.value.cidr
}
output "by_network" {
  value = { for subnet in local.subnets : subnet.network => subnet.cidr... }
}
