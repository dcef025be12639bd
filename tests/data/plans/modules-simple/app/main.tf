variable "subnets" {
  type = list(string)
}
variable "id" {
  type = string
}
resource "terraform_data" "app" {
  count = length(var.subnets)
  input = "${var.subnets[count.index]} in ${var.id}"
}
resource "terraform_data" "first" {
  input = var.subnets[0]
}
output "summary" {
  value = "${length(terraform_data.app)} in ${join(", ", var.subnets)}"
}
