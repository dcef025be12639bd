variable "platform" {
  type = object({
    clusters = map(object({
      version = optional(string, "1.30")
      pools = optional(map(object({
        min    = optional(number, 1)
        max    = optional(number)
        labels = optional(map(string), { managed = "true" })
      })), { default = {} })
    }))
  })
  default = {
    clusters = {
      a = {}
      b = { version = 1.31, pools = { x = { min = 2, max = 5 }, y = { labels = { z = 1 } } } }
    }
  }
}
output "platform" {
  value = var.platform
}
output "pools" {
  value = merge([for name, cluster in var.platform.clusters : { for pool, settings in cluster.pools : "${name}/${pool}" => settings.min }]...)
}
