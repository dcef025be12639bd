locals {
  a = local.b
  b = "${local.c}!"
  c = [for x in [1] : local.a]
}
output "a" {
  value = local.a
}
