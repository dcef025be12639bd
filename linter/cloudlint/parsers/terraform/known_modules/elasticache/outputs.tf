output "cluster_arn" {
  value = one(aws_elasticache_cluster.this[*].arn)
}

output "cluster_address" {
  value = one(aws_elasticache_cluster.this[*].cluster_address)
}

output "cluster_configuration_endpoint" {
  value = one(aws_elasticache_cluster.this[*].configuration_endpoint)
}

output "replication_group_arn" {
  value = one(aws_elasticache_replication_group.this[*].arn)
}

output "replication_group_id" {
  value = one(aws_elasticache_replication_group.this[*].id)
}

output "replication_group_primary_endpoint_address" {
  value = one(aws_elasticache_replication_group.this[*].primary_endpoint_address)
}

output "replication_group_reader_endpoint_address" {
  value = one(aws_elasticache_replication_group.this[*].reader_endpoint_address)
}

output "replication_group_configuration_endpoint_address" {
  value = one(aws_elasticache_replication_group.this[*].configuration_endpoint_address)
}

output "subnet_group_name" {
  value = local.subnet_group
}

output "security_group_arn" {
  value = one(aws_security_group.this[*].arn)
}

output "security_group_id" {
  value = one(aws_security_group.this[*].id)
}
