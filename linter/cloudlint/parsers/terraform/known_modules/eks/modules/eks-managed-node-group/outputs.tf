output "node_group_arn" {
  value = one(aws_eks_node_group.this[*].arn)
}

output "node_group_id" {
  value = one(aws_eks_node_group.this[*].id)
}

output "node_group_status" {
  value = one(aws_eks_node_group.this[*].status)
}

output "launch_template_id" {
  value = local.template_id
}

output "launch_template_arn" {
  value = one(aws_launch_template.this[*].arn)
}

output "iam_role_name" {
  value = one(aws_iam_role.this[*].name)
}

output "iam_role_arn" {
  value = try(aws_iam_role.this[0].arn, var.iam_role_arn)
}
