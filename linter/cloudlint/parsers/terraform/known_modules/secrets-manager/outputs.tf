output "secret_arn" {
  value = one(aws_secretsmanager_secret.this[*].arn)
}

output "secret_id" {
  value = one(aws_secretsmanager_secret.this[*].id)
}

output "secret_name" {
  value = one(aws_secretsmanager_secret.this[*].name)
}

output "secret_string" {
  value = one(aws_secretsmanager_secret_version.this[*].secret_string)
}

output "secret_version_id" {
  value = one(aws_secretsmanager_secret_version.this[*].version_id)
}
