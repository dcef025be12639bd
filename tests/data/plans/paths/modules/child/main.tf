output "path" {
  value = path.module
}
output "root" {
  value = path.root
}
output "file" {
  value = fileexists("${path.module}/here.txt") ? trimspace(file("${path.module}/here.txt")) : "absent"
}
