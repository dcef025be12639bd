variable "lists" {
  type    = list(list(number))
  default = [[1, 2], [], ["3"]]
}
variable "mixed" {
  default = [1, "two", [3], { four = 4 }]
}
output "lists" {
  value = [for list in var.lists : sum(concat(list, [0]))]
}
output "mixed" {
  value = [var.mixed[0] + 1, var.mixed[1], var.mixed[2][0], var.mixed[3].four, length(var.mixed)]
}
output "concat" {
  value = concat(var.lists[0], ["x"])
}
output "sorted" {
  value = [sort(["b", "a"]), distinct([1, 1, 2]), setintersection([1, 2], [2, 3]), compact(["", "x", null])]
}
