variable "services" {
  default = {
    web = { port = 80, public = true }
    api = { port = 8080, public = false }
  }
}
resource "terraform_data" "service" {
  for_each = var.services
  input    = "${each.key}:${each.value.port}"
}
resource "terraform_data" "public" {
  for_each = { for name, service in var.services : name => service if service.public }
  input    = each.value
}
output "all" {
  value = { for name, service in terraform_data.service : name => service.input }
}
output "values" {
  value = values(terraform_data.service)[*].input
}
output "keys" {
  value = keys(terraform_data.service)
}
output "one" {
  value = terraform_data.service["web"].input
}
