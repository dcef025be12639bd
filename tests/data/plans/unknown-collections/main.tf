resource "terraform_data" "a" {
  count = 2
  input = count.index
}
locals {
  ids = terraform_data.a[*].id
}
output "concat" {
  value = concat(["x"], local.ids)
}
output "first" {
  value = concat(["x"], local.ids)[0]
}
output "joined" {
  value = join(",", local.ids)
}
output "map" {
  value = zipmap(["one", "two"], local.ids)
}
output "keys" {
  value = keys(zipmap(["one", "two"], local.ids))
}
output "merged" {
  value = merge({ a = 1, b = local.ids[0] }, { b = 2 })
}
output "lookup" {
  value = lookup({ a = local.ids[0], b = "y" }, "b", "z")
}
output "contains" {
  value = contains(concat(["x"], local.ids), "x")
}
output "reversed" {
  value = reverse(concat(["x"], local.ids))[2]
}
output "flat" {
  value = flatten([["a"], [local.ids]])
}
output "sliced" {
  value = slice(concat(local.ids, ["x", "y"]), 2, 4)
}
output "json" {
  value = jsonencode({ ids = local.ids })
}
output "decoded" {
  value = jsondecode(jsonencode({ a = 1, list = [1, 2] })).list
}
