variable "maybe" {
  type    = string
  default = null
}
resource "terraform_data" "a" {
  input            = var.maybe
  triggers_replace = var.maybe == null ? "none" : var.maybe
}
output "values" {
  value = [var.maybe, coalesce(var.maybe, "x"), try(var.maybe.x, "no"), var.maybe == null]
}
output "in_object" {
  value = { for key, value in { a = null, b = 1 } : key => value if value != null }
}
output "nothing" {
  value = null
}
