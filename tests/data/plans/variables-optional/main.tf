variable "listeners" {
  type = map(object({
    port     = number
    protocol = optional(string, "HTTPS")
    tags     = optional(map(string), {})
    health = optional(object({
      path     = optional(string, "/")
      interval = optional(number, 30)
    }), {})
    extra = optional(list(string))
  }))
}
output "listeners" {
  value = var.listeners
}
output "paths" {
  value = { for name, listener in var.listeners : name => listener.health.path }
}
resource "terraform_data" "listener" {
  for_each = var.listeners
  input    = each.value
}
