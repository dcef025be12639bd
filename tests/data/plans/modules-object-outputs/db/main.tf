variable "settings" {
  type = object({ size = number, enabled = optional(bool, true) })
}
resource "terraform_data" "db" {
  count = var.settings.enabled ? 1 : 0
  input = { host = "db-${var.settings.size}", port = 5432 }
}
output "connection" {
  value = var.settings.enabled ? terraform_data.db[0].input : null
}
output "size" {
  value = var.settings.size
}
