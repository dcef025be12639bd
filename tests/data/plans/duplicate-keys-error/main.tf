output "value" {
  value = { for item in ["a", "b", "a"] : item => 1 }
}
