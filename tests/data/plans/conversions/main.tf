output "numbers" {
  value = [1 + "2", "3" * 2, tonumber("1e3"), 10 / 4, 7 % 3, -7 % 3, 1 / 3 == 1 / 3]
}
output "equality" {
  value = [1 == "1", "a" == "a", [1] == tolist([1]), tolist([1]) == tolist(["1"]), { a = 1 } == { a = 1 }, null == null, toset([1]) == toset([1])]
}
output "bools" {
  value = ["true" == true, tobool("false"), !"true" ? 1 : 2]
}
output "conditional_types" {
  value = [true ? 1 : "x", false ? ["a"] : [], true ? null : 5, true ? { a = 1 } : {}, true ? tolist([]) : ["a"]]
}
