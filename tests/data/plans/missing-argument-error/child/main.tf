variable "required" {
}
