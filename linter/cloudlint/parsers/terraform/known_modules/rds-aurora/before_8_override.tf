variable "create_db_subnet_group" {
  default = true
}

variable "manage_master_user_password" {
  default = false
}
