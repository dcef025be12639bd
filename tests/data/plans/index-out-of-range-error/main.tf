resource "terraform_data" "a" {
  count = 1
}
output "value" {
  value = terraform_data.a[1].id
}
