locals {
  arn = "arn:aws:iam::123456789012:role/path/name"
}
output "parts" {
  value = [split(":", local.arn)[4], reverse(split("/", local.arn))[0], regex("role/(?P<rest>.*)", local.arn).rest, replace(local.arn, "/^arn:([^:]+):.*/", "$1")]
}
output "formats" {
  value = [format("%03d-%s-%.2f", 7, "x", 1.005), formatlist("%s/%d", ["a", "b"], [1, 2]), title("hello world"), substr("grüße", 1, 3), trim("  x ", " "), indent(2, "a\nb")]
}
output "escapes" {
  value = "tab\t quote\" $${dollar} %%{percent} \u00e9"
}
