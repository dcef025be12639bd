variable "replica_count" {
  default = 1
}
