resource "terraform_data" "x" {
  for_each = toset(["p", "q"])
  input    = each.key
}
output "ids" {
  value = [for x in terraform_data.x : x.id]
}
output "type" {
  value = { for key, x in terraform_data.x : key => "${x.input}-${key}" }
}
output "broken" {
  value = "unused"
}
