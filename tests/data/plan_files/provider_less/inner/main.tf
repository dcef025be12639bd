variable "ids" {}

variable "mixed" {}

variable "first" {}

resource "terraform_data" "one" {
  input = var.ids[0]
}

resource "terraform_data" "several" {
  input = [var.mixed, var.first]
}

output "first" {
  value = terraform_data.one.output
}
