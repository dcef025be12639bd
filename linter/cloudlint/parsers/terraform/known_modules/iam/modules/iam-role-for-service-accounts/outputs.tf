output "arn" {
  value = one(aws_iam_role.this[*].arn)
}

output "name" {
  value = one(aws_iam_role.this[*].name)
}

output "unique_id" {
  value = one(aws_iam_role.this[*].unique_id)
}
