output "value" {
  value = [var.absent, local.absent]
}
