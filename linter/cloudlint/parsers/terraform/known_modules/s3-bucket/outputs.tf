output "s3_bucket_id" {
  value = one(aws_s3_bucket.this[*].id)
}

output "s3_bucket_arn" {
  value = one(aws_s3_bucket.this[*].arn)
}

output "s3_bucket_bucket_domain_name" {
  value = one(aws_s3_bucket.this[*].bucket_domain_name)
}

output "s3_bucket_bucket_regional_domain_name" {
  value = one(aws_s3_bucket.this[*].bucket_regional_domain_name)
}

output "s3_bucket_hosted_zone_id" {
  value = one(aws_s3_bucket.this[*].hosted_zone_id)
}

output "s3_bucket_region" {
  value = one(aws_s3_bucket.this[*].region)
}

output "s3_bucket_policy" {
  value = one(aws_s3_bucket_policy.this[*].policy)
}

output "s3_bucket_tags" {
  value = var.tags
}
