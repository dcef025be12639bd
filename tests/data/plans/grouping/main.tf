locals {
  users = [
    { name = "ann", team = "red", age = 30 },
    { name = "bob", team = "blue", age = 20 },
    { name = "cy", team = "red", age = 40 },
  ]
}
output "teams" {
  value = { for user in local.users : user.team => user.name... }
}
output "oldest" {
  value = max(local.users[*].age...)
}
output "by_name" {
  value = { for user in local.users : user.name => merge(user, { senior = user.age > 25 }) }
}
output "indexed" {
  value = [for index, user in local.users : "${index}:${user.name}" if index % 2 == 0]
}
