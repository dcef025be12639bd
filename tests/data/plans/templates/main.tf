locals {
  users = { ann = ["admin", "ops"], bob = [] }
}
output "rendered" {
  value = templatefile("${path.module}/users.tftpl", { users = local.users, title = "Users" })
}
output "inline" {
  value = <<-EOT
    %{for name, roles in local.users~}
    ${name}: ${join("/", roles)}%{if length(roles) == 0} none%{endif}
    %{endfor~}
  EOT
}
output "object" {
  value = jsondecode(templatefile("${path.module}/policy.json.tftpl", { actions = ["s3:Get*", "s3:List*"], bucket = "logs" }))
}
