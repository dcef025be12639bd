module "db" {
  source   = "./db"
  for_each = { main = { size = 10 }, replica = { size = 5, enabled = false } }
  settings = each.value
}
output "endpoints" {
  value = { for name, db in module.db : name => db.connection.host if db.connection != null }
}
output "try" {
  value = try(module.db["replica"].connection.host, "none")
}
output "sizes" {
  value = [for db in module.db : db.size]
}
