variable "subnets" {
  type = list(string)
}

variable "target_arn" {
  type = string
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = var.subnets
  target_group_arns   = [var.target_arn]
}

output "group" {
  value = aws_autoscaling_group.web.name
}
