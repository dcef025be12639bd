locals {
  servers = [{ name = "a", disks = [{ size = 1 }, { size = 2 }] }, { name = "b", disks = [] }]
  single  = { name = "only" }
  nothing = null
}
output "names" {
  value = local.servers[*].name
}
output "sizes" {
  value = local.servers[*].disks[*].size
}
output "flat" {
  value = sum(flatten(local.servers[*].disks[*].size))
}
output "single" {
  value = local.single[*].name
}
output "nothing" {
  value = local.nothing[*]
}
