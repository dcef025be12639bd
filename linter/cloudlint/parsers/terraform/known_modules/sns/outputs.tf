output "topic_arn" {
  value = one(aws_sns_topic.this[*].arn)
}

output "topic_id" {
  value = one(aws_sns_topic.this[*].id)
}

output "topic_name" {
  value = one(aws_sns_topic.this[*].name)
}

output "subscriptions" {
  value = aws_sns_topic_subscription.this
}
