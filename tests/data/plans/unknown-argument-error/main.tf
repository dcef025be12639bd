module "child" {
  source = "./child"
  absent = 1
}
