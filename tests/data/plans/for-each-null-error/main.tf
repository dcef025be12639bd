variable "items" {
  type    = map(string)
  default = null
}
resource "terraform_data" "a" {
  for_each = var.items
}
