resource "terraform_data" "a" {}
output "text" {
  value = "prefix-${terraform_data.a.id}-suffix"
}
output "split" {
  value = split("-", "a-b-c")[1]
}
output "conditional" {
  value = terraform_data.a.id != "" ? "set" : "unset"
}
output "upper" {
  value = upper("x-${terraform_data.a.id}")
}
output "known_parts" {
  value = { id = terraform_data.a.id, name = "n" }.name
}
