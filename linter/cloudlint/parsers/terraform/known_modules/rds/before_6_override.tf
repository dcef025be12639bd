variable "manage_master_user_password" {
  default = false
}
