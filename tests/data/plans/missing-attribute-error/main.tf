locals {
  settings = { a = 1 }
}
output "b" {
  value = local.settings.b
}
