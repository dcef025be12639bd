resource "terraform_data" "a" {
  input = "x"
}
locals {
  flag = terraform_data.a.output == "x"
}
output "either" {
  value = local.flag ? "left" : "right"
}
output "or_true" {
  value = local.flag || true
}
output "and_false" {
  value = local.flag && false
}
output "or_false" {
  value = local.flag || false
}
output "lists" {
  value = local.flag ? ["a"] : ["b", "c"]
}
output "negated" {
  value = !local.flag
}
