variable "cluster_enabled_log_types" {
  default = []
}
