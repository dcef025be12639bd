variable "create_db_subnet_group" {
  default = true
}

variable "storage_encrypted" {
  default = false
}
