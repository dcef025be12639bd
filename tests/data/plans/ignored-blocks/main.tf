terraform {
  required_version = ">= 1.5"
}
resource "terraform_data" "new" {
  input = 1
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [input]
    precondition {
      condition     = var.validated == 5
      error_message = "never"
    }
  }
}
moved {
  from = terraform_data.old
  to   = terraform_data.new
}
removed {
  from = terraform_data.gone
  lifecycle {
    destroy = false
  }
}
check "health" {
  assert {
    condition     = terraform_data.new.input == 1
    error_message = "not one"
  }
}
variable "validated" {
  default = 5
  validation {
    condition     = var.validated > 1
    error_message = "too small"
  }
}
output "value" {
  value = [terraform_data.new.input, var.validated]
  precondition {
    condition     = var.validated > 0
    error_message = "never"
  }
}
