variable "ingress" {
  type = list(object({
    port  = number
    cidrs = optional(list(string), ["0.0.0.0/0"])
    note  = optional(string)
  }))
  default = [{ port = 80 }, { port = 22, cidrs = ["10.0.0.0/8"], note = "vpn" }]
}
resource "terraform_data" "group" {
  input = {
    ingress = [for index, rule in var.ingress : {
      from  = rule.port
      to    = rule.port
      cidrs = rule.cidrs
      note  = coalesce(rule.note, "rule ${index}")
    }]
    egress = [for port in distinct(var.ingress[*].port) : port if port != 22]
  }
}
output "group" {
  value = terraform_data.group.input
}
