variable "instances" {
  type    = list(map(string))
  default = [{ name = "a", size = "big" }, { name = "b" }]
}
resource "terraform_data" "instance" {
  count = length(var.instances)
  input = {
    name = var.instances[count.index]["name"]
    size = lookup(var.instances[count.index], "size", "small")
  }
}
output "sizes" {
  value = zipmap(terraform_data.instance[*].input.name, terraform_data.instance[*].input.size)
}
