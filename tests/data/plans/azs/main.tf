variable "azs" {
  default = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}
variable "subnets" {
  default = 5
}
resource "terraform_data" "subnet" {
  count = var.subnets
  input = {
    az   = element(var.azs, count.index)
    cidr = cidrsubnet("10.0.0.0/16", 4, count.index)
  }
}
output "by_az" {
  value = { for subnet in terraform_data.subnet : subnet.input.az => subnet.input.cidr... }
}
output "zones" {
  value = length(distinct(terraform_data.subnet[*].input.az))
}
output "wrapped" {
  value = [for index in range(4) : element(var.azs, index)]
}
