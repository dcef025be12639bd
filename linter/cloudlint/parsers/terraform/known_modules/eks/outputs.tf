output "cluster_arn" {
  value = one(aws_eks_cluster.this[*].arn)
}

output "cluster_certificate_authority_data" {
  value = one(aws_eks_cluster.this[*].certificate_authority[0].data)
}

output "cluster_endpoint" {
  value = one(aws_eks_cluster.this[*].endpoint)
}

output "cluster_id" {
  value = one(aws_eks_cluster.this[*].cluster_id)
}

output "cluster_name" {
  value = one(aws_eks_cluster.this[*].name)
}

output "cluster_oidc_issuer_url" {
  value = one(aws_eks_cluster.this[*].identity[0].oidc[0].issuer)
}

output "cluster_version" {
  value = one(aws_eks_cluster.this[*].version)
}

output "cluster_status" {
  value = one(aws_eks_cluster.this[*].status)
}

output "kms_key_arn" {
  value = one(aws_kms_key.this[*].arn)
}

output "kms_key_id" {
  value = one(aws_kms_key.this[*].key_id)
}

output "cluster_security_group_arn" {
  value = one(aws_security_group.cluster[*].arn)
}

output "cluster_security_group_id" {
  value = one(aws_security_group.cluster[*].id)
}

output "node_security_group_arn" {
  value = one(aws_security_group.node[*].arn)
}

output "node_security_group_id" {
  value = one(aws_security_group.node[*].id)
}

output "oidc_provider_arn" {
  value = one(aws_iam_openid_connect_provider.oidc_provider[*].arn)
}

output "cluster_iam_role_name" {
  value = one(aws_iam_role.this[*].name)
}

output "cluster_iam_role_arn" {
  value = one(aws_iam_role.this[*].arn)
}

output "cloudwatch_log_group_name" {
  value = one(aws_cloudwatch_log_group.this[*].name)
}

output "cloudwatch_log_group_arn" {
  value = one(aws_cloudwatch_log_group.this[*].arn)
}

output "fargate_profiles" {
  value = aws_eks_fargate_profile.fargate_profile
}

output "eks_managed_node_groups" {
  value = module.eks_managed_node_group
}
