locals {
  # Protocol and ports of the rules that are most in use by name.
  rules = {
    all-all                = ["-1", -1, -1]
    all-tcp                = ["tcp", 0, 65535]
    all-udp                = ["udp", 0, 65535]
    all-icmp               = ["icmp", -1, -1]
    http-80-tcp            = ["tcp", 80, 80]
    http-8080-tcp          = ["tcp", 8080, 8080]
    https-443-tcp          = ["tcp", 443, 443]
    https-8443-tcp         = ["tcp", 8443, 8443]
    ssh-tcp                = ["tcp", 22, 22]
    rdp-tcp                = ["tcp", 3389, 3389]
    rdp-udp                = ["udp", 3389, 3389]
    winrm-http-tcp         = ["tcp", 5985, 5985]
    winrm-https-tcp        = ["tcp", 5986, 5986]
    mysql-tcp              = ["tcp", 3306, 3306]
    postgresql-tcp         = ["tcp", 5432, 5432]
    mssql-tcp              = ["tcp", 1433, 1433]
    oracle-db-tcp          = ["tcp", 1521, 1521]
    redis-tcp              = ["tcp", 6379, 6379]
    memcached-tcp          = ["tcp", 11211, 11211]
    mongodb-27017-tcp      = ["tcp", 27017, 27017]
    redshift-tcp           = ["tcp", 5439, 5439]
    elasticsearch-rest-tcp = ["tcp", 9200, 9200]
    elasticsearch-java-tcp = ["tcp", 9300, 9300]
    kafka-broker-tcp       = ["tcp", 9092, 9092]
    kafka-broker-tls-tcp   = ["tcp", 9094, 9094]
    nfs-tcp                = ["tcp", 2049, 2049]
    dns-tcp                = ["tcp", 53, 53]
    dns-udp                = ["udp", 53, 53]
    ntp-udp                = ["udp", 123, 123]
    ldap-tcp               = ["tcp", 389, 389]
    ldaps-tcp              = ["tcp", 636, 636]
    smtp-tcp               = ["tcp", 25, 25]
    kubernetes-api-tcp     = ["tcp", 6443, 6443]
    grafana-tcp            = ["tcp", 3000, 3000]
    prometheus-http-tcp    = ["tcp", 9090, 9090]
  }

  group_id = var.create_sg ? try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, null) : var.security_group_id
}

resource "aws_security_group" "this" {
  count = var.create && var.create_sg && !var.use_name_prefix ? 1 : 0

  name        = var.name
  description = var.description
  vpc_id      = var.vpc_id
  tags        = merge({ Name = var.name }, var.tags)
}

resource "aws_security_group" "this_name_prefix" {
  count = var.create && var.create_sg && var.use_name_prefix ? 1 : 0

  name_prefix = "${var.name}-"
  description = var.description
  vpc_id      = var.vpc_id
  tags        = merge({ Name = var.name }, var.tags)
}

resource "aws_security_group_rule" "ingress_rules" {
  count = var.create ? length(var.ingress_rules) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = local.rules[var.ingress_rules[count.index]][0]
  from_port         = local.rules[var.ingress_rules[count.index]][1]
  to_port           = local.rules[var.ingress_rules[count.index]][2]
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "ingress_with_cidr_blocks" {
  count = var.create ? length(var.ingress_with_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = try(var.ingress_with_cidr_blocks[count.index].protocol, local.rules[var.ingress_with_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.ingress_with_cidr_blocks[count.index].from_port), local.rules[var.ingress_with_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.ingress_with_cidr_blocks[count.index].to_port), local.rules[var.ingress_with_cidr_blocks[count.index].rule][2])
  cidr_blocks       = try(compact(split(",", var.ingress_with_cidr_blocks[count.index].cidr_blocks)), var.ingress_cidr_blocks)
  description       = try(var.ingress_with_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "ingress_with_ipv6_cidr_blocks" {
  count = var.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = try(var.ingress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[var.ingress_with_ipv6_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.ingress_with_ipv6_cidr_blocks[count.index].from_port), local.rules[var.ingress_with_ipv6_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.ingress_with_ipv6_cidr_blocks[count.index].to_port), local.rules[var.ingress_with_ipv6_cidr_blocks[count.index].rule][2])
  ipv6_cidr_blocks  = try(compact(split(",", var.ingress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks)), var.ingress_ipv6_cidr_blocks)
  description       = try(var.ingress_with_ipv6_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "ingress_with_source_security_group_id" {
  count = var.create ? length(var.ingress_with_source_security_group_id) : 0

  security_group_id        = local.group_id
  type                     = "ingress"
  protocol                 = try(var.ingress_with_source_security_group_id[count.index].protocol, local.rules[var.ingress_with_source_security_group_id[count.index].rule][0])
  from_port                = try(tonumber(var.ingress_with_source_security_group_id[count.index].from_port), local.rules[var.ingress_with_source_security_group_id[count.index].rule][1])
  to_port                  = try(tonumber(var.ingress_with_source_security_group_id[count.index].to_port), local.rules[var.ingress_with_source_security_group_id[count.index].rule][2])
  source_security_group_id = var.ingress_with_source_security_group_id[count.index].source_security_group_id
  description              = try(var.ingress_with_source_security_group_id[count.index].description, null)
}

resource "aws_security_group_rule" "ingress_with_self" {
  count = var.create ? length(var.ingress_with_self) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = try(var.ingress_with_self[count.index].protocol, local.rules[var.ingress_with_self[count.index].rule][0])
  from_port         = try(tonumber(var.ingress_with_self[count.index].from_port), local.rules[var.ingress_with_self[count.index].rule][1])
  to_port           = try(tonumber(var.ingress_with_self[count.index].to_port), local.rules[var.ingress_with_self[count.index].rule][2])
  self              = try(tobool(var.ingress_with_self[count.index].self), true)
  description       = try(var.ingress_with_self[count.index].description, null)
}

resource "aws_security_group_rule" "computed_ingress_rules" {
  count = var.create ? length(var.computed_ingress_rules) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = local.rules[var.computed_ingress_rules[count.index]][0]
  from_port         = local.rules[var.computed_ingress_rules[count.index]][1]
  to_port           = local.rules[var.computed_ingress_rules[count.index]][2]
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_ingress_with_cidr_blocks" {
  count = var.create ? length(var.computed_ingress_with_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = try(var.computed_ingress_with_cidr_blocks[count.index].protocol, local.rules[var.computed_ingress_with_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.computed_ingress_with_cidr_blocks[count.index].from_port), local.rules[var.computed_ingress_with_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.computed_ingress_with_cidr_blocks[count.index].to_port), local.rules[var.computed_ingress_with_cidr_blocks[count.index].rule][2])
  cidr_blocks       = try(compact(split(",", var.computed_ingress_with_cidr_blocks[count.index].cidr_blocks)), var.ingress_cidr_blocks)
  description       = try(var.computed_ingress_with_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "computed_ingress_with_ipv6_cidr_blocks" {
  count = var.create ? length(var.computed_ingress_with_ipv6_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[var.computed_ingress_with_ipv6_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.computed_ingress_with_ipv6_cidr_blocks[count.index].from_port), local.rules[var.computed_ingress_with_ipv6_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.computed_ingress_with_ipv6_cidr_blocks[count.index].to_port), local.rules[var.computed_ingress_with_ipv6_cidr_blocks[count.index].rule][2])
  ipv6_cidr_blocks  = try(compact(split(",", var.computed_ingress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks)), var.ingress_ipv6_cidr_blocks)
  description       = try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "computed_ingress_with_source_security_group_id" {
  count = var.create ? length(var.computed_ingress_with_source_security_group_id) : 0

  security_group_id        = local.group_id
  type                     = "ingress"
  protocol                 = try(var.computed_ingress_with_source_security_group_id[count.index].protocol, local.rules[var.computed_ingress_with_source_security_group_id[count.index].rule][0])
  from_port                = try(tonumber(var.computed_ingress_with_source_security_group_id[count.index].from_port), local.rules[var.computed_ingress_with_source_security_group_id[count.index].rule][1])
  to_port                  = try(tonumber(var.computed_ingress_with_source_security_group_id[count.index].to_port), local.rules[var.computed_ingress_with_source_security_group_id[count.index].rule][2])
  source_security_group_id = var.computed_ingress_with_source_security_group_id[count.index].source_security_group_id
  description              = try(var.computed_ingress_with_source_security_group_id[count.index].description, null)
}

resource "aws_security_group_rule" "computed_ingress_with_self" {
  count = var.create ? length(var.computed_ingress_with_self) : 0

  security_group_id = local.group_id
  type              = "ingress"
  protocol          = try(var.computed_ingress_with_self[count.index].protocol, local.rules[var.computed_ingress_with_self[count.index].rule][0])
  from_port         = try(tonumber(var.computed_ingress_with_self[count.index].from_port), local.rules[var.computed_ingress_with_self[count.index].rule][1])
  to_port           = try(tonumber(var.computed_ingress_with_self[count.index].to_port), local.rules[var.computed_ingress_with_self[count.index].rule][2])
  self              = try(tobool(var.computed_ingress_with_self[count.index].self), true)
  description       = try(var.computed_ingress_with_self[count.index].description, null)
}

resource "aws_security_group_rule" "egress_rules" {
  count = var.create ? length(var.egress_rules) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = local.rules[var.egress_rules[count.index]][0]
  from_port         = local.rules[var.egress_rules[count.index]][1]
  to_port           = local.rules[var.egress_rules[count.index]][2]
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "egress_with_cidr_blocks" {
  count = var.create ? length(var.egress_with_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = try(var.egress_with_cidr_blocks[count.index].protocol, local.rules[var.egress_with_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.egress_with_cidr_blocks[count.index].from_port), local.rules[var.egress_with_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.egress_with_cidr_blocks[count.index].to_port), local.rules[var.egress_with_cidr_blocks[count.index].rule][2])
  cidr_blocks       = try(compact(split(",", var.egress_with_cidr_blocks[count.index].cidr_blocks)), var.egress_cidr_blocks)
  description       = try(var.egress_with_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "egress_with_ipv6_cidr_blocks" {
  count = var.create ? length(var.egress_with_ipv6_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = try(var.egress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[var.egress_with_ipv6_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.egress_with_ipv6_cidr_blocks[count.index].from_port), local.rules[var.egress_with_ipv6_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.egress_with_ipv6_cidr_blocks[count.index].to_port), local.rules[var.egress_with_ipv6_cidr_blocks[count.index].rule][2])
  ipv6_cidr_blocks  = try(compact(split(",", var.egress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks)), var.egress_ipv6_cidr_blocks)
  description       = try(var.egress_with_ipv6_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "egress_with_source_security_group_id" {
  count = var.create ? length(var.egress_with_source_security_group_id) : 0

  security_group_id        = local.group_id
  type                     = "egress"
  protocol                 = try(var.egress_with_source_security_group_id[count.index].protocol, local.rules[var.egress_with_source_security_group_id[count.index].rule][0])
  from_port                = try(tonumber(var.egress_with_source_security_group_id[count.index].from_port), local.rules[var.egress_with_source_security_group_id[count.index].rule][1])
  to_port                  = try(tonumber(var.egress_with_source_security_group_id[count.index].to_port), local.rules[var.egress_with_source_security_group_id[count.index].rule][2])
  source_security_group_id = var.egress_with_source_security_group_id[count.index].source_security_group_id
  description              = try(var.egress_with_source_security_group_id[count.index].description, null)
}

resource "aws_security_group_rule" "egress_with_self" {
  count = var.create ? length(var.egress_with_self) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = try(var.egress_with_self[count.index].protocol, local.rules[var.egress_with_self[count.index].rule][0])
  from_port         = try(tonumber(var.egress_with_self[count.index].from_port), local.rules[var.egress_with_self[count.index].rule][1])
  to_port           = try(tonumber(var.egress_with_self[count.index].to_port), local.rules[var.egress_with_self[count.index].rule][2])
  self              = try(tobool(var.egress_with_self[count.index].self), true)
  description       = try(var.egress_with_self[count.index].description, null)
}

resource "aws_security_group_rule" "computed_egress_rules" {
  count = var.create ? length(var.computed_egress_rules) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = local.rules[var.computed_egress_rules[count.index]][0]
  from_port         = local.rules[var.computed_egress_rules[count.index]][1]
  to_port           = local.rules[var.computed_egress_rules[count.index]][2]
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_egress_with_cidr_blocks" {
  count = var.create ? length(var.computed_egress_with_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = try(var.computed_egress_with_cidr_blocks[count.index].protocol, local.rules[var.computed_egress_with_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.computed_egress_with_cidr_blocks[count.index].from_port), local.rules[var.computed_egress_with_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.computed_egress_with_cidr_blocks[count.index].to_port), local.rules[var.computed_egress_with_cidr_blocks[count.index].rule][2])
  cidr_blocks       = try(compact(split(",", var.computed_egress_with_cidr_blocks[count.index].cidr_blocks)), var.egress_cidr_blocks)
  description       = try(var.computed_egress_with_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "computed_egress_with_ipv6_cidr_blocks" {
  count = var.create ? length(var.computed_egress_with_ipv6_cidr_blocks) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = try(var.computed_egress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[var.computed_egress_with_ipv6_cidr_blocks[count.index].rule][0])
  from_port         = try(tonumber(var.computed_egress_with_ipv6_cidr_blocks[count.index].from_port), local.rules[var.computed_egress_with_ipv6_cidr_blocks[count.index].rule][1])
  to_port           = try(tonumber(var.computed_egress_with_ipv6_cidr_blocks[count.index].to_port), local.rules[var.computed_egress_with_ipv6_cidr_blocks[count.index].rule][2])
  ipv6_cidr_blocks  = try(compact(split(",", var.computed_egress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks)), var.egress_ipv6_cidr_blocks)
  description       = try(var.computed_egress_with_ipv6_cidr_blocks[count.index].description, null)
}

resource "aws_security_group_rule" "computed_egress_with_source_security_group_id" {
  count = var.create ? length(var.computed_egress_with_source_security_group_id) : 0

  security_group_id        = local.group_id
  type                     = "egress"
  protocol                 = try(var.computed_egress_with_source_security_group_id[count.index].protocol, local.rules[var.computed_egress_with_source_security_group_id[count.index].rule][0])
  from_port                = try(tonumber(var.computed_egress_with_source_security_group_id[count.index].from_port), local.rules[var.computed_egress_with_source_security_group_id[count.index].rule][1])
  to_port                  = try(tonumber(var.computed_egress_with_source_security_group_id[count.index].to_port), local.rules[var.computed_egress_with_source_security_group_id[count.index].rule][2])
  source_security_group_id = var.computed_egress_with_source_security_group_id[count.index].source_security_group_id
  description              = try(var.computed_egress_with_source_security_group_id[count.index].description, null)
}

resource "aws_security_group_rule" "computed_egress_with_self" {
  count = var.create ? length(var.computed_egress_with_self) : 0

  security_group_id = local.group_id
  type              = "egress"
  protocol          = try(var.computed_egress_with_self[count.index].protocol, local.rules[var.computed_egress_with_self[count.index].rule][0])
  from_port         = try(tonumber(var.computed_egress_with_self[count.index].from_port), local.rules[var.computed_egress_with_self[count.index].rule][1])
  to_port           = try(tonumber(var.computed_egress_with_self[count.index].to_port), local.rules[var.computed_egress_with_self[count.index].rule][2])
  self              = try(tobool(var.computed_egress_with_self[count.index].self), true)
  description       = try(var.computed_egress_with_self[count.index].description, null)
}
