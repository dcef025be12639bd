resource "terraform_data" "a" {
  count = 0 - 1
}
