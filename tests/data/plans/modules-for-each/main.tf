locals {
  teams = { red = ["ann", "bob"], blue = ["cy"] }
}
module "team" {
  source   = "./team"
  for_each = local.teams
  team     = each.key
  members  = each.value
}
output "all" {
  value = merge([for team in module.team : team.members]...)
}
output "sizes" {
  value = { for name, team in module.team : name => length(team.members) }
}
output "values" {
  value = values(module.team)[*].members
}
output "red" {
  value = module.team["red"].members.ann
}
