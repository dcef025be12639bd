locals {
  nat_gateways = (
    var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.widest_tier
  )
  widest_tier = max(
    length(var.public_subnets),
    length(var.private_subnets),
    length(var.database_subnets),
    length(var.elasticache_subnets),
    length(var.redshift_subnets),
  )
  has_public  = var.create_vpc && length(var.public_subnets) > 0
  has_private = var.create_vpc && length(var.private_subnets) > 0

  database_tables = !var.create_database_subnet_route_table ? 0 : (
    var.single_nat_gateway || var.create_database_internet_gateway_route
    ? min(1, length(var.database_subnets))
    : length(var.database_subnets)
  )
  database_through_nat = (
    var.enable_nat_gateway
    && var.create_database_nat_gateway_route
    && !var.create_database_internet_gateway_route
  )
}

resource "aws_vpc" "this" {
  count = var.create_vpc ? 1 : 0

  cidr_block           = var.cidr
  instance_tenancy     = var.instance_tenancy
  enable_dns_hostnames = var.enable_dns_hostnames
  enable_dns_support   = var.enable_dns_support
  tags                 = merge({ Name = var.name }, var.tags, var.vpc_tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count = var.create_vpc ? length(var.secondary_cidr_blocks) : 0

  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_internet_gateway" "this" {
  count = local.has_public && var.create_igw ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = var.name }, var.tags, var.igw_tags)
}

resource "aws_subnet" "public" {
  count = var.create_vpc ? length(var.public_subnets) : 0

  vpc_id                  = aws_vpc.this[0].id
  cidr_block              = var.public_subnets[count.index]
  availability_zone       = element(var.azs, count.index)
  map_public_ip_on_launch = var.map_public_ip_on_launch
  tags = merge(
    { Name = try(var.public_subnet_names[count.index], "${var.name}-${var.public_subnet_suffix}") },
    var.tags,
    var.public_subnet_tags,
  )
}

resource "aws_route_table" "public" {
  count = !local.has_public ? 0 : var.create_multiple_public_route_tables ? length(var.public_subnets) : 1

  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.public_subnet_suffix}" }, var.tags, var.public_route_table_tags)
}

resource "aws_route_table_association" "public" {
  count = var.create_vpc ? length(var.public_subnets) : 0

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(aws_route_table.public[*].id, count.index)
}

resource "aws_route" "public_internet_gateway" {
  count = var.create_igw ? length(aws_route_table.public) : 0

  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_eip" "nat" {
  count = var.create_vpc && var.enable_nat_gateway && !var.reuse_nat_ips ? local.nat_gateways : 0

  domain = "vpc"
  tags   = merge({ Name = var.name }, var.tags, var.nat_eip_tags)
}

resource "aws_nat_gateway" "this" {
  count = var.create_vpc && var.enable_nat_gateway ? local.nat_gateways : 0

  allocation_id = element(var.reuse_nat_ips ? var.external_nat_ip_ids : aws_eip.nat[*].id, count.index)
  subnet_id     = element(aws_subnet.public[*].id, count.index)
  tags          = merge({ Name = var.name }, var.tags, var.nat_gateway_tags)
}

resource "aws_subnet" "private" {
  count = var.create_vpc ? length(var.private_subnets) : 0

  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.private_subnets[count.index]
  availability_zone = element(var.azs, count.index)
  tags = merge(
    { Name = try(var.private_subnet_names[count.index], "${var.name}-${var.private_subnet_suffix}") },
    var.tags,
    var.private_subnet_tags,
  )
}

resource "aws_route_table" "private" {
  count = local.has_private ? local.nat_gateways : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.private_subnet_suffix}" }, var.tags, var.private_route_table_tags)
}

resource "aws_route_table_association" "private" {
  count = var.create_vpc ? length(var.private_subnets) : 0

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = element(aws_route_table.private[*].id, count.index)
}

resource "aws_route" "private_nat_gateway" {
  count = (
    var.enable_nat_gateway && var.create_private_nat_gateway_route
    ? length(aws_route_table.private)
    : 0
  )

  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_subnet" "database" {
  count = var.create_vpc ? length(var.database_subnets) : 0

  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.database_subnets[count.index]
  availability_zone = element(var.azs, count.index)
  tags = merge(
    { Name = try(var.database_subnet_names[count.index], "${var.name}-${var.database_subnet_suffix}") },
    var.tags,
    var.database_subnet_tags,
  )
}

resource "aws_route_table" "database" {
  count = var.create_vpc ? local.database_tables : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.database_subnet_suffix}" }, var.tags, var.database_route_table_tags)
}

resource "aws_route_table_association" "database" {
  count = var.create_vpc ? length(var.database_subnets) : 0

  subnet_id      = aws_subnet.database[count.index].id
  route_table_id = element(coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id), count.index)
}

resource "aws_route" "database_internet_gateway" {
  count = (
    var.create_igw
    && var.create_database_internet_gateway_route
    && !var.create_database_nat_gateway_route
    ? length(aws_route_table.database)
    : 0
  )

  route_table_id         = aws_route_table.database[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count = local.database_through_nat ? length(aws_route_table.database) : 0

  route_table_id         = aws_route_table.database[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_db_subnet_group" "database" {
  count = (
    var.create_vpc && length(var.database_subnets) > 0 && var.create_database_subnet_group ? 1 : 0
  )

  name       = lower(coalesce(var.database_subnet_group_name, var.name))
  subnet_ids = aws_subnet.database[*].id
  tags       = merge(var.tags, var.database_subnet_group_tags)
}

resource "aws_subnet" "elasticache" {
  count = var.create_vpc ? length(var.elasticache_subnets) : 0

  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.elasticache_subnets[count.index]
  availability_zone = element(var.azs, count.index)
  tags = merge(
    { Name = try(var.elasticache_subnet_names[count.index], "${var.name}-${var.elasticache_subnet_suffix}") },
    var.tags,
    var.elasticache_subnet_tags,
  )
}

resource "aws_route_table" "elasticache" {
  count = var.create_vpc && length(var.elasticache_subnets) > 0 && var.create_elasticache_subnet_route_table ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.elasticache_subnet_suffix}" }, var.tags, var.elasticache_route_table_tags)
}

resource "aws_route_table_association" "elasticache" {
  count = var.create_vpc ? length(var.elasticache_subnets) : 0

  subnet_id      = aws_subnet.elasticache[count.index].id
  route_table_id = element(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), count.index)
}

resource "aws_elasticache_subnet_group" "elasticache" {
  count = (
    var.create_vpc && length(var.elasticache_subnets) > 0 && var.create_elasticache_subnet_group
    ? 1
    : 0
  )

  name       = coalesce(var.elasticache_subnet_group_name, var.name)
  subnet_ids = aws_subnet.elasticache[*].id
  tags       = merge(var.tags, var.elasticache_subnet_group_tags)
}

resource "aws_subnet" "redshift" {
  count = var.create_vpc ? length(var.redshift_subnets) : 0

  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.redshift_subnets[count.index]
  availability_zone = element(var.azs, count.index)
  tags = merge(
    { Name = try(var.redshift_subnet_names[count.index], "${var.name}-${var.redshift_subnet_suffix}") },
    var.tags,
    var.redshift_subnet_tags,
  )
}

resource "aws_route_table" "redshift" {
  count = var.create_vpc && length(var.redshift_subnets) > 0 && var.create_redshift_subnet_route_table ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.redshift_subnet_suffix}" }, var.tags, var.redshift_route_table_tags)
}

resource "aws_route_table_association" "redshift" {
  count = var.create_vpc ? length(var.redshift_subnets) : 0

  subnet_id = aws_subnet.redshift[count.index].id
  route_table_id = element(
    coalescelist(
      aws_route_table.redshift[*].id,
      var.enable_public_redshift ? aws_route_table.public[*].id : aws_route_table.private[*].id,
    ),
    count.index,
  )
}

resource "aws_redshift_subnet_group" "redshift" {
  count = (
    var.create_vpc && length(var.redshift_subnets) > 0 && var.create_redshift_subnet_group ? 1 : 0
  )

  name       = lower(coalesce(var.redshift_subnet_group_name, var.name))
  subnet_ids = aws_subnet.redshift[*].id
  tags       = merge(var.tags, var.redshift_subnet_group_tags)
}

resource "aws_subnet" "intra" {
  count = var.create_vpc ? length(var.intra_subnets) : 0

  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.intra_subnets[count.index]
  availability_zone = element(var.azs, count.index)
  tags = merge(
    { Name = try(var.intra_subnet_names[count.index], "${var.name}-${var.intra_subnet_suffix}") },
    var.tags,
    var.intra_subnet_tags,
  )
}

resource "aws_route_table" "intra" {
  count = !(var.create_vpc && length(var.intra_subnets) > 0) ? 0 : var.create_multiple_intra_route_tables ? length(var.intra_subnets) : 1

  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.intra_subnet_suffix}" }, var.tags, var.intra_route_table_tags)
}

resource "aws_route_table_association" "intra" {
  count = var.create_vpc ? length(var.intra_subnets) : 0

  subnet_id      = aws_subnet.intra[count.index].id
  route_table_id = element(aws_route_table.intra[*].id, count.index)
}

resource "aws_vpn_gateway" "this" {
  count = var.create_vpc && var.enable_vpn_gateway ? 1 : 0

  vpc_id            = aws_vpc.this[0].id
  availability_zone = var.vpn_gateway_az
  tags              = merge({ Name = var.name }, var.tags, var.vpn_gateway_tags)
}

resource "aws_default_security_group" "this" {
  count = var.create_vpc && var.manage_default_security_group ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  dynamic "ingress" {
    for_each = var.default_security_group_ingress

    content {
      self        = try(tobool(ingress.value.self), null)
      cidr_blocks = try(compact(split(",", ingress.value.cidr_blocks)), [])
      description = try(ingress.value.description, null)
      from_port   = try(tonumber(ingress.value.from_port), 0)
      to_port     = try(tonumber(ingress.value.to_port), 0)
      protocol    = try(ingress.value.protocol, "-1")
    }
  }

  dynamic "egress" {
    for_each = var.default_security_group_egress

    content {
      self        = try(tobool(egress.value.self), null)
      cidr_blocks = try(compact(split(",", egress.value.cidr_blocks)), [])
      description = try(egress.value.description, null)
      from_port   = try(tonumber(egress.value.from_port), 0)
      to_port     = try(tonumber(egress.value.to_port), 0)
      protocol    = try(egress.value.protocol, "-1")
    }
  }
}

resource "aws_default_route_table" "default" {
  count = var.create_vpc && var.manage_default_route_table ? 1 : 0

  default_route_table_id = aws_vpc.this[0].default_route_table_id
  route                  = var.default_route_table_routes
}

resource "aws_flow_log" "this" {
  count = var.create_vpc && var.enable_flow_log ? 1 : 0

  vpc_id                   = aws_vpc.this[0].id
  log_destination_type     = var.flow_log_destination_type
  log_destination          = local.logs_flow ? aws_cloudwatch_log_group.flow_log[0].arn : var.flow_log_destination_arn
  traffic_type             = var.flow_log_traffic_type
  max_aggregation_interval = var.flow_log_max_aggregation_interval
  tags                     = merge(var.tags, var.vpc_flow_log_tags)
}

locals {
  logs_flow = var.create_vpc && var.enable_flow_log && var.create_flow_log_cloudwatch_log_group && var.flow_log_destination_type != "s3"
}

resource "aws_cloudwatch_log_group" "flow_log" {
  count = local.logs_flow ? 1 : 0

  name              = "/aws/vpc-flow-log/${aws_vpc.this[0].id}"
  kms_key_id        = var.flow_log_cloudwatch_log_group_kms_key_id
  retention_in_days = var.flow_log_cloudwatch_log_group_retention_in_days
  tags              = merge(var.tags, var.vpc_flow_log_tags)
}
