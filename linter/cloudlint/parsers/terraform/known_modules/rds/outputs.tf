output "db_instance_address" {
  value = one(aws_db_instance.this[*].address)
}

output "db_instance_arn" {
  value = one(aws_db_instance.this[*].arn)
}

output "db_instance_availability_zone" {
  value = one(aws_db_instance.this[*].availability_zone)
}

output "db_instance_endpoint" {
  value = one(aws_db_instance.this[*].endpoint)
}

output "db_instance_engine" {
  value = one(aws_db_instance.this[*].engine)
}

output "db_instance_identifier" {
  value = one(aws_db_instance.this[*].identifier)
}

output "db_instance_id" {
  value = one(aws_db_instance.this[*].id)
}

output "db_instance_resource_id" {
  value = one(aws_db_instance.this[*].resource_id)
}

output "db_instance_name" {
  value = one(aws_db_instance.this[*].db_name)
}

output "db_instance_username" {
  value = one(aws_db_instance.this[*].username)
}

output "db_instance_port" {
  value = one(aws_db_instance.this[*].port)
}

output "db_instance_master_user_secret_arn" {
  value = one(aws_db_instance.this[*].master_user_secret[0].secret_arn)
}

output "db_subnet_group_id" {
  value = one(aws_db_subnet_group.this[*].id)
}

output "db_subnet_group_arn" {
  value = one(aws_db_subnet_group.this[*].arn)
}

output "db_parameter_group_id" {
  value = one(aws_db_parameter_group.this[*].id)
}

output "db_parameter_group_arn" {
  value = one(aws_db_parameter_group.this[*].arn)
}

output "db_option_group_id" {
  value = one(aws_db_option_group.this[*].id)
}

output "db_option_group_arn" {
  value = one(aws_db_option_group.this[*].arn)
}

output "db_instance_cloudwatch_log_groups" {
  value = aws_cloudwatch_log_group.this
}
