variable "backup_retention_period" {
  default = 1
}

variable "skip_final_snapshot" {
  default = true
}
