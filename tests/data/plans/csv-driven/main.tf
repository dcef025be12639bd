locals {
  users = csvdecode(<<-CSV
    name,team,admin
    ann,red,true
    bob,blue,false
  CSV
  )
}
resource "terraform_data" "user" {
  for_each = { for user in local.users : user.name => user }
  input    = each.value.admin == "true" ? "${each.value.team}-admin" : each.value.team
}
output "users" {
  value = { for name, user in terraform_data.user : name => user.input }
}
