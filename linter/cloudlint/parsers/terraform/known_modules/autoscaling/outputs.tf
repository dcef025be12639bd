output "launch_template_id" {
  value = one(aws_launch_template.this[*].id)
}

output "launch_template_arn" {
  value = one(aws_launch_template.this[*].arn)
}

output "launch_template_name" {
  value = one(aws_launch_template.this[*].name)
}

output "launch_template_latest_version" {
  value = one(aws_launch_template.this[*].latest_version)
}

output "autoscaling_group_id" {
  value = one(aws_autoscaling_group.this[*].id)
}

output "autoscaling_group_name" {
  value = one(aws_autoscaling_group.this[*].name)
}

output "autoscaling_group_arn" {
  value = one(aws_autoscaling_group.this[*].arn)
}

output "autoscaling_group_min_size" {
  value = one(aws_autoscaling_group.this[*].min_size)
}

output "autoscaling_group_max_size" {
  value = one(aws_autoscaling_group.this[*].max_size)
}

output "autoscaling_group_desired_capacity" {
  value = one(aws_autoscaling_group.this[*].desired_capacity)
}

output "autoscaling_group_vpc_zone_identifier" {
  value = one(aws_autoscaling_group.this[*].vpc_zone_identifier)
}

output "autoscaling_policy_arns" {
  value = { for key, policy in aws_autoscaling_policy.this : key => policy.arn }
}

output "iam_role_name" {
  value = one(aws_iam_role.this[*].name)
}

output "iam_role_arn" {
  value = one(aws_iam_role.this[*].arn)
}

output "iam_instance_profile_arn" {
  value = local.profile_arn
}
