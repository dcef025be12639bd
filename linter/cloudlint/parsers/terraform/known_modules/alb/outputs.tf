output "id" {
  value = one(aws_lb.this[*].id)
}

output "arn" {
  value = one(aws_lb.this[*].arn)
}

output "arn_suffix" {
  value = one(aws_lb.this[*].arn_suffix)
}

output "dns_name" {
  value = one(aws_lb.this[*].dns_name)
}

output "zone_id" {
  value = one(aws_lb.this[*].zone_id)
}

output "listeners" {
  value = aws_lb_listener.this
}

output "target_groups" {
  value = aws_lb_target_group.this
}

output "security_group_arn" {
  value = one(aws_security_group.this[*].arn)
}

output "security_group_id" {
  value = one(aws_security_group.this[*].id)
}

output "route53_records" {
  value = aws_route53_record.this
}

output "lb_id" {
  value = one(aws_lb.this[*].id)
}

output "lb_arn" {
  value = one(aws_lb.this[*].arn)
}

output "lb_arn_suffix" {
  value = one(aws_lb.this[*].arn_suffix)
}

output "lb_dns_name" {
  value = one(aws_lb.this[*].dns_name)
}

output "lb_zone_id" {
  value = one(aws_lb.this[*].zone_id)
}

output "target_group_arns" {
  value = values(aws_lb_target_group.this)[*].arn
}

output "target_group_names" {
  value = values(aws_lb_target_group.this)[*].name
}

output "http_tcp_listener_arns" {
  value = [for listener in aws_lb_listener.listed : listener.arn if listener.protocol != "HTTPS"]
}

output "https_listener_arns" {
  value = [for listener in aws_lb_listener.listed : listener.arn if listener.protocol == "HTTPS"]
}
