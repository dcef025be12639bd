locals {
  a = local.b + 1
  b = local.c * 2
  c = length(local.d)
  d = split(",", local.e)
  e = "x,y,z"
}
locals {
  f = { for index, item in local.d : item => index + local.a }
}
output "values" {
  value = [local.a, local.b, local.c, local.d, local.f]
}
