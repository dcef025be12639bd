output "dynamodb_table_arn" {
  value = one(aws_dynamodb_table.this[*].arn)
}

output "dynamodb_table_id" {
  value = one(aws_dynamodb_table.this[*].id)
}

output "dynamodb_table_stream_arn" {
  value = one(aws_dynamodb_table.this[*].stream_arn)
}

output "dynamodb_table_stream_label" {
  value = one(aws_dynamodb_table.this[*].stream_label)
}
