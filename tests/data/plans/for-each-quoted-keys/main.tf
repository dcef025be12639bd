resource "terraform_data" "odd" {
  for_each = {
    "with space"    = 1
    "with \"quote\"" = 2
    "dot.ted"       = 3
    "${"$"}{dollar}" = 4
    "back\\slash"   = 5
    "ünïcode"       = 6
  }
  input = each.value
}
output "sum" {
  value = sum([for odd in terraform_data.odd : odd.input])
}
