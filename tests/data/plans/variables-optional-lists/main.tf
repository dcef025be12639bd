variable "groups" {
  type = list(object({
    name  = string
    rules = optional(list(object({ port = number, open = optional(bool, false) })), [{ port = 22 }])
  }))
  default = [{ name = "a" }, { name = "b", rules = [{ port = 80, open = true }, { port = 81 }] }, { name = "c", rules = [] }]
}
variable "pair" {
  type    = tuple([object({ a = optional(string, "x") }), string])
  default = [{}, "y"]
}
variable "sets" {
  type    = set(object({ name = string, size = optional(number, 1) }))
  default = [{ name = "n" }, { name = "m", size = 2 }]
}
output "open" {
  value = flatten([for group in var.groups : [for rule in group.rules : "${group.name}${rule.port}" if rule.open]])
}
output "groups" {
  value = var.groups
}
output "pair" {
  value = var.pair
}
output "sets" {
  value = var.sets
}
