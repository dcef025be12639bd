output "repository_name" {
  value = one(aws_ecr_repository.this[*].name)
}

output "repository_arn" {
  value = one(concat(aws_ecr_repository.this[*].arn, aws_ecrpublic_repository.this[*].arn))
}

output "repository_registry_id" {
  value = one(concat(aws_ecr_repository.this[*].registry_id, aws_ecrpublic_repository.this[*].registry_id))
}

output "repository_url" {
  value = one(concat(aws_ecr_repository.this[*].repository_url, aws_ecrpublic_repository.this[*].repository_uri))
}
