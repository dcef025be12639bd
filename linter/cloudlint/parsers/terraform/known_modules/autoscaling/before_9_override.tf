variable "metadata_options" {
  default = {}
}
