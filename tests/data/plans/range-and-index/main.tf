locals {
  letters = ["a", "b", "c"]
}
output "ranges" {
  value = [range(3), range(1, 4), range(10, 0, -3), [for index in range(length(local.letters)) : local.letters[length(local.letters) - 1 - index]]]
}
output "indices" {
  value = { for index, letter in local.letters : letter => index }
}
output "found" {
  value = index(local.letters, "b")
}
output "chunks" {
  value = chunklist(local.letters, 2)
}
