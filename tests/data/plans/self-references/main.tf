resource "terraform_data" "a" {
  count = 3
  input = count.index == 0 ? "head" : "tail-${count.index}"
}
resource "terraform_data" "b" {
  for_each = { for index, a in terraform_data.a : tostring(index) => a.input }
  input    = "${each.key}=${each.value}"
}
output "indexed" {
  value = [for a in terraform_data.a : a.input][0]
}
output "legacy" {
  value = terraform_data.a.*.input
}
output "legacy_index" {
  value = terraform_data.a.1.input
}
output "map_splat" {
  value = values(terraform_data.b).*.input
}
