locals {
  # Versions before 9 list target groups, too.
  target_groups = try(merge(var.target_groups), { for index, group in var.target_groups : index => group })

  protocols = { HTTP = 80, HTTPS = 443 }

  # Versions before 9 list listeners by protocol instead of naming them.
  listed = concat(
    [
      for listener in var.http_tcp_listeners : {
        port        = try(listener.port, local.protocols.HTTP)
        protocol    = try(listener.protocol, "HTTP")
        redirect    = try(listener.redirect, null)
        forward     = try(listener.action_type, "forward") == "forward" ? { target_group_key = try(listener.target_group_index, 0) } : null
        certificate = null
        ssl_policy  = null
      }
    ],
    [
      for listener in var.https_listeners : {
        port        = try(listener.port, local.protocols.HTTPS)
        protocol    = try(listener.protocol, "HTTPS")
        redirect    = try(listener.redirect, null)
        forward     = try(listener.action_type, "forward") == "forward" ? { target_group_key = try(listener.target_group_index, 0) } : null
        certificate = try(listener.certificate_arn, null)
        ssl_policy  = try(listener.ssl_policy, var.listener_ssl_policy_default)
      }
    ],
  )
}

resource "aws_lb" "this" {
  count = var.create ? 1 : 0

  name                             = var.name
  name_prefix                      = var.name_prefix
  load_balancer_type               = var.load_balancer_type
  internal                         = var.internal
  subnets                          = var.subnets
  security_groups                  = concat(aws_security_group.this[*].id, var.security_groups)
  enable_cross_zone_load_balancing = var.enable_cross_zone_load_balancing
  enable_deletion_protection       = var.enable_deletion_protection
  drop_invalid_header_fields       = var.drop_invalid_header_fields
  desync_mitigation_mode           = var.desync_mitigation_mode
  enable_http2                     = var.enable_http2
  enable_waf_fail_open             = var.enable_waf_fail_open
  enable_zonal_shift               = var.enable_zonal_shift
  idle_timeout                     = var.idle_timeout
  preserve_host_header             = var.preserve_host_header
  tags                             = var.tags

  dynamic "access_logs" {
    for_each = try(length(var.access_logs), 0) > 0 ? [var.access_logs] : []

    content {
      bucket  = try(access_logs.value.bucket, null)
      enabled = try(coalesce(access_logs.value.enabled, true), true)
      prefix  = try(access_logs.value.prefix, null)
    }
  }

  dynamic "connection_logs" {
    for_each = try(length(var.connection_logs), 0) > 0 ? [var.connection_logs] : []

    content {
      bucket  = try(connection_logs.value.bucket, null)
      enabled = try(coalesce(connection_logs.value.enabled, true), true)
    }
  }

  dynamic "subnet_mapping" {
    for_each = flatten(var.subnet_mapping[*])

    content {
      subnet_id     = subnet_mapping.value.subnet_id
      allocation_id = try(subnet_mapping.value.allocation_id, null)
    }
  }
}

resource "aws_lb_target_group" "this" {
  for_each = { for key, group in local.target_groups : key => group if var.create }

  name                              = try(each.value.name, null)
  name_prefix                       = try(each.value.name_prefix, null)
  vpc_id                            = try(coalesce(each.value.vpc_id, var.vpc_id), var.vpc_id)
  target_type                       = try(each.value.target_type, null)
  port                              = try(each.value.port, each.value.backend_port, var.default_port)
  protocol                          = try(each.value.protocol, each.value.backend_protocol, var.default_protocol)
  protocol_version                  = try(each.value.protocol_version, null)
  deregistration_delay              = try(each.value.deregistration_delay, null)
  slow_start                        = try(each.value.slow_start, null)
  load_balancing_cross_zone_enabled = try(each.value.load_balancing_cross_zone_enabled, null)
  load_balancing_algorithm_type     = try(each.value.load_balancing_algorithm_type, null)
  tags                              = merge(var.tags, try(each.value.tags, {}))

  dynamic "health_check" {
    for_each = try(each.value.health_check[*], [])

    content {
      enabled             = try(health_check.value.enabled, null)
      healthy_threshold   = try(health_check.value.healthy_threshold, null)
      interval            = try(health_check.value.interval, null)
      matcher             = try(health_check.value.matcher, null)
      path                = try(health_check.value.path, null)
      port                = try(health_check.value.port, null)
      protocol            = try(health_check.value.protocol, null)
      timeout             = try(health_check.value.timeout, null)
      unhealthy_threshold = try(health_check.value.unhealthy_threshold, null)
    }
  }

  dynamic "stickiness" {
    for_each = try(each.value.stickiness[*], [])

    content {
      enabled = try(stickiness.value.enabled, null)
      type    = stickiness.value.type
    }
  }
}

resource "aws_lb_target_group_attachment" "this" {
  for_each = {
    for key, group in local.target_groups : key => group
    if var.create && try(group.target_id, null) != null && try(group.create_attachment, true)
  }

  target_group_arn = aws_lb_target_group.this[each.key].arn
  target_id        = each.value.target_id
}

resource "aws_lb_target_group_attachment" "additional" {
  for_each = merge(var.additional_target_group_attachments)

  target_group_arn = aws_lb_target_group.this[each.value.target_group_key].arn
  target_id        = each.value.target_id
}

resource "aws_lb_listener" "this" {
  for_each = { for key, listener in merge(var.listeners) : key => listener if var.create }

  load_balancer_arn = aws_lb.this[0].arn
  port              = try(coalesce(each.value.port, var.default_port), var.default_port)
  protocol          = try(coalesce(each.value.protocol, var.default_protocol), var.default_protocol)
  certificate_arn   = try(each.value.certificate_arn, null)
  ssl_policy        = try(each.value.ssl_policy, try(contains(["HTTPS", "TLS"], each.value.protocol), false) ? "ELBSecurityPolicy-TLS13-1-3-2021-06" : null)
  tags              = merge(var.tags, try(each.value.tags, {}))

  dynamic "default_action" {
    for_each = try(each.value.redirect[*], [])

    content {
      type = "redirect"

      redirect {
        host        = try(default_action.value.host, null)
        path        = try(default_action.value.path, null)
        port        = try(default_action.value.port, null)
        protocol    = try(default_action.value.protocol, null)
        status_code = try(default_action.value.status_code, null)
      }
    }
  }

  dynamic "default_action" {
    for_each = try(each.value.fixed_response[*], [])

    content {
      type = "fixed-response"

      fixed_response {
        content_type = default_action.value.content_type
        status_code  = try(default_action.value.status_code, null)
      }
    }
  }

  dynamic "default_action" {
    for_each = try(each.value.forward[*], [])

    content {
      type             = "forward"
      target_group_arn = try(aws_lb_target_group.this[default_action.value.target_group_key].arn, default_action.value.target_group_arn, default_action.value.arn, null)
    }
  }

  dynamic "default_action" {
    for_each = try(each.value.weighted_forward[*], [])

    content {
      type = "forward"

      forward {
        dynamic "target_group" {
          for_each = default_action.value.target_groups

          content {
            arn    = try(aws_lb_target_group.this[target_group.value.target_group_key].arn, target_group.value.target_group_arn, target_group.value.arn, null)
            weight = try(target_group.value.weight, null)
          }
        }
      }
    }
  }
}

resource "aws_lb_listener" "listed" {
  count = var.create ? length(local.listed) : 0

  load_balancer_arn = aws_lb.this[0].arn
  port              = local.listed[count.index].port
  protocol          = local.listed[count.index].protocol
  certificate_arn   = local.listed[count.index].certificate
  ssl_policy        = local.listed[count.index].ssl_policy

  dynamic "default_action" {
    for_each = local.listed[count.index].redirect[*]

    content {
      type = "redirect"

      redirect {
        port        = try(default_action.value.port, null)
        protocol    = try(default_action.value.protocol, null)
        status_code = default_action.value.status_code
      }
    }
  }

  dynamic "default_action" {
    for_each = local.listed[count.index].forward[*]

    content {
      type             = "forward"
      target_group_arn = try(aws_lb_target_group.this[default_action.value.target_group_key].arn, null)
    }
  }
}

resource "aws_security_group" "this" {
  count = var.create && var.create_security_group ? 1 : 0

  name   = coalesce(var.security_group_name, var.name, var.name_prefix)
  vpc_id = var.vpc_id
  tags   = merge(var.tags, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = { for key, rule in merge(var.security_group_ingress_rules) : key => rule if var.create && var.create_security_group }

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  description                  = try(each.value.description, null)
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, null)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = { for key, rule in merge(var.security_group_egress_rules) : key => rule if var.create && var.create_security_group }

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  description                  = try(each.value.description, null)
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, null)
}

resource "aws_route53_record" "this" {
  for_each = { for key, record in merge(var.route53_records) : key => record if var.create }

  zone_id = each.value.zone_id
  name    = try(each.value.name, each.key)
  type    = each.value.type

  alias {
    name                   = aws_lb.this[0].dns_name
    zone_id                = aws_lb.this[0].zone_id
    evaluate_target_health = try(each.value.evaluate_target_health, true)
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.associate_web_acl ? 1 : 0

  resource_arn = aws_lb.this[0].arn
  web_acl_arn  = var.web_acl_arn
}

variable "http_tcp_listeners" {
  type    = any
  default = []
}

variable "https_listeners" {
  type    = any
  default = []
}

variable "listener_ssl_policy_default" {
  type    = string
  default = "ELBSecurityPolicy-2016-08"
}
