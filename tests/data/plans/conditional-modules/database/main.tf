variable "size" {
  type = number
}
resource "terraform_data" "db" {
  input = pow(2, var.size)
}
output "size" {
  value = terraform_data.db.input
}
