variable "nullable" {
  default = "default"
}
variable "not_nullable" {
  default  = "default"
  nullable = false
}
variable "required" {
  type = string
}
variable "absent" {
  type    = object({ a = optional(string, "b") })
  default = {}
}
output "values" {
  value = [var.nullable, var.not_nullable, var.required, var.absent]
}
