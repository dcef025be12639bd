variable "size" {
  default = 2
}
resource "terraform_data" "box" {
  input = { size = var.size, kind = "overridden" }
}
