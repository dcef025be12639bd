variable "password" {
  default   = "hunter2"
  sensitive = true
}
resource "terraform_data" "db" {
  input = { user = "admin", password = var.password }
}
output "url" {
  value     = "postgres://admin:${var.password}@db"
  sensitive = true
}
output "user" {
  value = nonsensitive(terraform_data.db.input.user)
}
output "length" {
  value = nonsensitive(length(var.password))
}
