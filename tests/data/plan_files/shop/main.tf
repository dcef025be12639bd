variable "environment" {
  type = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.r6g.large"
  password       = "swordfish"
  multi_az       = false
}

resource "aws_db_instance" "replica" {
  instance_class      = "db.r6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
}

resource "aws_db_instance" "users" {
  engine         = "postgres"
  instance_class = "db.r6g.large"
}

resource "aws_rds_cluster" "baskets" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "baskets" {
  count              = 1
  cluster_identifier = aws_rds_cluster.baskets.id
  engine             = aws_rds_cluster.baskets.engine
  instance_class     = "db.r6g.large"
}

resource "aws_efs_file_system" "shared" {
  encrypted = true
}

resource "aws_efs_mount_target" "shared" {
  count          = 2
  file_system_id = aws_efs_file_system.shared.id
  subnet_id      = aws_subnet.private[count.index].id
}

resource "aws_iam_policy" "deploy" {
  name   = "deploy"
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    { name = "web", image = "nginx:1.27.3", essential = true },
  ])
}

resource "aws_lb_target_group" "web" {
  name   = "web"
  port   = 80
  vpc_id = aws_vpc.main.id
}

module "web" {
  source     = "./web"
  subnets    = aws_subnet.private[*].id
  target_arn = aws_lb_target_group.web.arn
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = module.web.group

  target_tracking_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
