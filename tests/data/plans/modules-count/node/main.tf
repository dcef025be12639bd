variable "name" {}
resource "terraform_data" "disk" {
  count = 2
  input = "${var.name}/${count.index}"
}
output "name" {
  value = terraform_data.disk[0].input
}
output "ids" {
  value = terraform_data.disk[*].id
}
