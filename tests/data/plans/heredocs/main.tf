locals {
  name = "x"
  plain = <<EOT
  indented ${local.name}
    more
EOT
  flush = <<-EOT
    first
      second ${local.name}
    third
  EOT
  json = jsonencode({ a = "<b>&", n = 1.50, list = [1, null, true] })
}
output "values" {
  value = [local.plain, local.flush, local.json]
}
