variable "acl" {
  default = "private"
}

variable "block_public_acls" {
  default = false
}

variable "block_public_policy" {
  default = false
}

variable "ignore_public_acls" {
  default = false
}

variable "restrict_public_buckets" {
  default = false
}

variable "object_ownership" {
  default = "ObjectWriter"
}
