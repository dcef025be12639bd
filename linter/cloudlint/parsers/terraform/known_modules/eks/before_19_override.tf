variable "cluster_encryption_config" {
  default = []
}

variable "cluster_endpoint_private_access" {
  default = false
}

variable "cluster_endpoint_public_access" {
  default = true
}

variable "create_kms_key" {
  default = false
}
