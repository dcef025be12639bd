resource "terraform_data" "a" {
  input = "known"
}
resource "terraform_data" "b" {
  input = terraform_data.a.id
}
resource "terraform_data" "c" {
  input = { id = terraform_data.a.id, text = "id is ${terraform_data.a.id}", input = terraform_data.a.input }
}
output "known" {
  value = terraform_data.a.input
}
output "unknown" {
  value = terraform_data.a.output
}
output "mixed" {
  value = [terraform_data.a.id, "x", terraform_data.c.input.input]
}
output "length" {
  value = length([terraform_data.a.id, terraform_data.b.id])
}
output "through" {
  value = terraform_data.c.input.text
}
