module "bare" {
  source = "./bucket"
}
module "named" {
  source     = "./bucket"
  name       = "logs"
  versioning = { enabled = false }
}
output "buckets" {
  value = [module.bare.bucket, module.named.bucket]
}
