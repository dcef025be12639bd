locals {
  config = yamldecode(file("${path.module}/services.yaml"))
}
resource "terraform_data" "service" {
  for_each = { for service in local.config.services : service.name => service }
  input = {
    image = "${local.config.registry}/${each.key}:${try(each.value.tag, "latest")}"
    env   = { for key, value in lookup(each.value, "env", {}) : upper(key) => tostring(value) }
  }
}
output "images" {
  value = [for service in terraform_data.service : service.input.image]
}
