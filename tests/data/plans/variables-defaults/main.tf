variable "text" {
  type    = string
  default = 5
}
variable "number" {
  type    = number
  default = "12.50"
}
variable "flag" {
  type    = bool
  default = "true"
}
variable "list" {
  type    = list(string)
  default = [1, true, "x"]
}
variable "set" {
  type    = set(number)
  default = [3, 1, "2", 1]
}
variable "map" {
  type    = map(number)
  default = { a = "1", b = 2 }
}
variable "tuple" {
  type    = tuple([string, number])
  default = [1, "2"]
}
variable "any" {
  type    = any
  default = { a = [1, "x"] }
}
variable "any_list" {
  type    = list(any)
  default = [1, "x"]
}
variable "nothing" {
  type    = string
  default = null
}
output "all" {
  value = [var.text, var.number, var.flag, var.list, var.set, var.map, var.tuple, var.any, var.any_list, var.nothing]
}
