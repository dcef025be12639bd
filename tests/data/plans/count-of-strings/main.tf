variable "size" {
  default = "2"
}
resource "terraform_data" "node" {
  count = var.size
  input = count.index * 10
}
resource "terraform_data" "flag" {
  count = length([for node in terraform_data.node : node if node.input > 0])
  input = count.index
}
output "inputs" {
  value = [for node in terraform_data.node : node.input]
}
