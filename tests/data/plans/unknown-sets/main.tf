resource "terraform_data" "a" {
  count = 2
}
output "set" {
  value = toset([for a in terraform_data.a : a.id])
}
output "length" {
  value = length(toset(["a", "b"]))
}
output "union" {
  value = setunion(["a"], ["b"])
}
