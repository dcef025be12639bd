variable "single_nat" {
  default = true
}
variable "per_az" {
  default = false
}
variable "public" {
  default = ["10.0.0.0/24", "10.0.1.0/24"]
}
variable "private" {
  default = ["10.0.2.0/24", "10.0.3.0/24", "10.0.4.0/24"]
}
locals {
  nat_count = var.single_nat ? 1 : var.per_az ? 3 : max(length(var.public), length(var.private))
}
resource "terraform_data" "nat" {
  count = local.nat_count
  input = var.single_nat ? 0 : count.index
}
resource "terraform_data" "route" {
  count = length(var.private)
  input = element(terraform_data.nat[*].input, count.index)
}
resource "terraform_data" "by_id" {
  count = length(var.private)
  input = element(terraform_data.nat[*].id, count.index)
}
output "routes" {
  value = terraform_data.route[*].input
}
