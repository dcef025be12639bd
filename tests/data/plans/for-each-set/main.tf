resource "terraform_data" "zone" {
  for_each = toset(["b", "a", "c", "a"])
  input    = [each.key, each.value]
}
output "sorted" {
  value = [for zone in terraform_data.zone : zone.input[0]]
}
output "same" {
  value = alltrue([for zone in terraform_data.zone : zone.input[0] == zone.input[1]])
}
