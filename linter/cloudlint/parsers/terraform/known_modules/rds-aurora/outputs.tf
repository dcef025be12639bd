output "cluster_arn" {
  value = one(aws_rds_cluster.this[*].arn)
}

output "cluster_id" {
  value = one(aws_rds_cluster.this[*].id)
}

output "cluster_resource_id" {
  value = one(aws_rds_cluster.this[*].cluster_resource_id)
}

output "cluster_members" {
  value = one(aws_rds_cluster.this[*].cluster_members)
}

output "cluster_endpoint" {
  value = one(aws_rds_cluster.this[*].endpoint)
}

output "cluster_reader_endpoint" {
  value = one(aws_rds_cluster.this[*].reader_endpoint)
}

output "cluster_engine_version_actual" {
  value = one(aws_rds_cluster.this[*].engine_version_actual)
}

output "cluster_database_name" {
  value = var.database_name
}

output "cluster_port" {
  value = one(aws_rds_cluster.this[*].port)
}

output "cluster_master_username" {
  value = one(aws_rds_cluster.this[*].master_username)
}

output "cluster_master_password" {
  value = one(aws_rds_cluster.this[*].master_password)
}

output "cluster_master_user_secret" {
  value = one(aws_rds_cluster.this[*].master_user_secret)
}

output "cluster_hosted_zone_id" {
  value = one(aws_rds_cluster.this[*].hosted_zone_id)
}

output "cluster_instances" {
  value = aws_rds_cluster_instance.this
}

output "db_subnet_group_name" {
  value = local.subnet_group
}

output "security_group_id" {
  value = one(aws_security_group.this[*].id)
}
