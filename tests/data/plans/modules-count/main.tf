module "node" {
  source = "./node"
  count  = 2
  name   = "node-${count.index}"
}
module "off" {
  source = "./node"
  count  = 0
  name   = "off"
}
output "names" {
  value = module.node[*].name
}
output "second" {
  value = module.node[1].name
}
output "off" {
  value = [length(module.off), one(module.off[*].name), try(module.off[0].name, "none")]
}
output "for" {
  value = [for node in module.node : upper(node.name)]
}
