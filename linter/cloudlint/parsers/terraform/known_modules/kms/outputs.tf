output "key_arn" {
  value = local.key_arn
}

output "key_id" {
  value = local.key_id
}

output "key_policy" {
  value = one(aws_kms_key.this[*].policy)
}

output "aliases" {
  value = aws_kms_alias.this
}
