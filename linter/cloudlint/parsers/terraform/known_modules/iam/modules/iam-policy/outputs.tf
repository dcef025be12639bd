output "id" {
  value = one(aws_iam_policy.policy[*].id)
}

output "arn" {
  value = one(aws_iam_policy.policy[*].arn)
}

output "name" {
  value = one(aws_iam_policy.policy[*].name)
}

output "policy" {
  value = one(aws_iam_policy.policy[*].policy)
}
