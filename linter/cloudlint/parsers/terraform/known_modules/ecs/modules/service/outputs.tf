output "id" {
  value = one(aws_ecs_service.this[*].id)
}

output "name" {
  value = one(aws_ecs_service.this[*].name)
}

output "task_definition_arn" {
  value = one(aws_ecs_task_definition.this[*].arn)
}

output "task_definition_revision" {
  value = one(aws_ecs_task_definition.this[*].revision)
}

output "task_definition_family" {
  value = one(aws_ecs_task_definition.this[*].family)
}

output "task_exec_iam_role_name" {
  value = one(aws_iam_role.task_exec[*].name)
}

output "task_exec_iam_role_arn" {
  value = try(aws_iam_role.task_exec[0].arn, var.task_exec_iam_role_arn)
}

output "tasks_iam_role_name" {
  value = one(aws_iam_role.tasks[*].name)
}

output "tasks_iam_role_arn" {
  value = try(aws_iam_role.tasks[0].arn, var.tasks_iam_role_arn)
}

output "autoscaling_policies" {
  value = aws_appautoscaling_policy.this
}

output "autoscaling_scheduled_actions" {
  value = aws_appautoscaling_scheduled_action.this
}

output "security_group_arn" {
  value = one(aws_security_group.this[*].arn)
}

output "security_group_id" {
  value = one(aws_security_group.this[*].id)
}
