output "lambda_function_arn" {
  value = one(aws_lambda_function.this[*].arn)
}

output "lambda_function_arn_static" {
  value = one(aws_lambda_function.this[*].arn)
}

output "lambda_function_name" {
  value = one(aws_lambda_function.this[*].function_name)
}

output "lambda_function_invoke_arn" {
  value = one(aws_lambda_function.this[*].invoke_arn)
}

output "lambda_function_qualified_arn" {
  value = one(aws_lambda_function.this[*].qualified_arn)
}

output "lambda_function_version" {
  value = one(aws_lambda_function.this[*].version)
}

output "lambda_function_url" {
  value = one(aws_lambda_function_url.this[*].function_url)
}

output "lambda_role_arn" {
  value = one(aws_iam_role.lambda[*].arn)
}

output "lambda_role_name" {
  value = one(aws_iam_role.lambda[*].name)
}

output "lambda_cloudwatch_log_group_arn" {
  value = one(aws_cloudwatch_log_group.lambda[*].arn)
}

output "lambda_cloudwatch_log_group_name" {
  value = one(aws_cloudwatch_log_group.lambda[*].name)
}
