variable "name" {
  type = string
}
resource "terraform_data" "node" {
  for_each = { for index in range(2) : "n${index}" => index }
  input    = "${var.name}-${each.key}"
}
output "endpoint" {
  value = "https://${var.name}.example.com"
}
output "ids" {
  value = values(terraform_data.node)[*].id
}
