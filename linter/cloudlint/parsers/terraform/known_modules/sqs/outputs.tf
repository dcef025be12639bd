output "queue_id" {
  value = one(aws_sqs_queue.this[*].id)
}

output "queue_arn" {
  value = one(aws_sqs_queue.this[*].arn)
}

output "queue_arn_static" {
  value = one(aws_sqs_queue.this[*].arn)
}

output "queue_url" {
  value = one(aws_sqs_queue.this[*].url)
}

output "queue_name" {
  value = one(aws_sqs_queue.this[*].name)
}

output "dead_letter_queue_id" {
  value = one(aws_sqs_queue.dlq[*].id)
}

output "dead_letter_queue_arn" {
  value = one(aws_sqs_queue.dlq[*].arn)
}

output "dead_letter_queue_url" {
  value = one(aws_sqs_queue.dlq[*].url)
}

output "dead_letter_queue_name" {
  value = one(aws_sqs_queue.dlq[*].name)
}
