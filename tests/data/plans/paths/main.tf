module "child" {
  source = "./modules/child"
}
output "paths" {
  value = [path.root, path.module, module.child.path, module.child.root]
}
output "file" {
  value = [file("${path.module}/hello.txt"), module.child.file]
}
