variable "cidr" {}
resource "terraform_data" "network" {
  input = var.cidr
}
output "subnets" {
  value = [for number in range(3) : cidrsubnet(var.cidr, 8, number)]
}
output "id" {
  value = terraform_data.network.id
}
