variable "replicas" {
  default = 3
}
resource "terraform_data" "worker" {
  count = var.replicas
  input = "worker-${count.index}"
}
resource "terraform_data" "none" {
  count = 0
  input = "never"
}
output "names" {
  value = terraform_data.worker[*].input
}
output "last" {
  value = terraform_data.worker[var.replicas - 1].input
}
output "how_many" {
  value = [length(terraform_data.worker), length(terraform_data.none)]
}
