resource "terraform_data" "box" {
  count = 1
  input = "original"
}
