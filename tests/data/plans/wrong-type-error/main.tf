variable "size" {
  type    = number
  default = "large"
}
output "size" {
  value = var.size
}
