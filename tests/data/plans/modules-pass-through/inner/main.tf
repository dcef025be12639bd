variable "names" {
  type = set(string)
}
resource "terraform_data" "each" {
  for_each = var.names
  input    = each.value
}
output "names" {
  value = sort([for each in terraform_data.each : each.input])
}
