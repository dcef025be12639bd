terraform {
  required_version = ">= 1.0"
}
module "child" {
  source     = "./child"
  depends_on = [terraform_data.first]
  value      = "x"
}
resource "terraform_data" "first" {}
output "value" {
  value      = module.child.value
  depends_on = [terraform_data.first]
}
