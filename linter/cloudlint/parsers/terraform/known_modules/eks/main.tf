locals {
  name       = try(coalesce(var.name, var.cluster_name), "")
  version    = try(coalesce(var.kubernetes_version, var.cluster_version), null)
  subnet_ids = length(var.control_plane_subnet_ids) > 0 ? var.control_plane_subnet_ids : var.subnet_ids
  encryptions = concat(
    [for older in flatten(var.cluster_encryption_config[*]) : older if length(older) > 0],
    [for newer in var.encryption_config[*] : newer if var.cluster_encryption_config == null],
  )
  node_groups = { for key, group in merge(var.eks_managed_node_groups) : key => merge(var.eks_managed_node_group_defaults, group) }
  own_nodes   = { for key, group in merge(var.self_managed_node_groups) : key => merge(var.self_managed_node_group_defaults, group) }
  own_templates = {
    for key, group in local.own_nodes : key => try(group.create_launch_template, true) ? try(aws_launch_template.self_managed_node_group[key].id, null) : try(group.launch_template_id, null)
  }
  profiles = { for key, profile in merge(var.fargate_profiles) : key => merge(var.fargate_profile_defaults, profile) }
}

resource "aws_eks_cluster" "this" {
  count = var.create ? 1 : 0

  name                      = local.name
  version                   = local.version
  role_arn                  = var.create_iam_role ? one(aws_iam_role.this[*].arn) : var.iam_role_arn
  enabled_cluster_log_types = var.cluster_enabled_log_types == null ? var.enabled_log_types : var.cluster_enabled_log_types
  deletion_protection       = var.deletion_protection
  tags                      = merge(var.tags, var.cluster_tags)

  access_config {
    authentication_mode = var.authentication_mode
  }

  vpc_config {
    subnet_ids              = local.subnet_ids
    security_group_ids      = concat(var.additional_security_group_ids, aws_security_group.cluster[*].id)
    endpoint_private_access = coalesce(var.cluster_endpoint_private_access, var.endpoint_private_access)
    endpoint_public_access  = coalesce(var.cluster_endpoint_public_access, var.endpoint_public_access)
    public_access_cidrs     = try(coalescelist(var.cluster_endpoint_public_access_cidrs, var.endpoint_public_access_cidrs), null)
  }

  dynamic "compute_config" {
    for_each = try(length(var.compute_config), 0) > 0 ? [var.compute_config] : []

    content {
      enabled    = try(compute_config.value.enabled, false)
      node_pools = try(compute_config.value.node_pools, null)
    }
  }

  dynamic "encryption_config" {
    for_each = local.encryptions

    content {
      resources = try(encryption_config.value.resources, ["secrets"])

      provider {
        key_arn = var.create_kms_key ? one(aws_kms_key.this[*].arn) : try(encryption_config.value.provider_key_arn, null)
      }
    }
  }
}

resource "aws_kms_key" "this" {
  count = var.create && var.create_kms_key ? 1 : 0

  enable_key_rotation     = var.enable_kms_key_rotation
  deletion_window_in_days = var.kms_key_deletion_window_in_days
  tags                    = var.tags
}

resource "aws_cloudwatch_log_group" "this" {
  count = var.create && var.create_cloudwatch_log_group ? 1 : 0

  name              = "/aws/eks/${local.name}/cluster"
  retention_in_days = var.cloudwatch_log_group_retention_in_days
  kms_key_id        = var.cloudwatch_log_group_kms_key_id
  tags              = merge(var.tags, var.cloudwatch_log_group_tags)
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0

  name = coalesce(var.iam_role_name, "${local.name}-cluster")
  tags = merge(var.tags, var.iam_role_tags)
}

resource "aws_iam_openid_connect_provider" "oidc_provider" {
  count = var.create && var.enable_irsa ? 1 : 0

  client_id_list = ["sts.amazonaws.com"]
  url            = aws_eks_cluster.this[0].identity[0].oidc[0].issuer
  tags           = var.tags
}

resource "aws_security_group" "cluster" {
  count = var.create && try(coalesce(var.create_cluster_security_group, var.create_security_group), true) ? 1 : 0

  name   = "${local.name}-cluster"
  vpc_id = var.vpc_id
  tags   = var.tags
}

resource "aws_security_group_rule" "cluster" {
  for_each = { for key, rule in merge(var.security_group_additional_rules, var.cluster_security_group_additional_rules) : key => rule if length(aws_security_group.cluster) > 0 }

  security_group_id        = aws_security_group.cluster[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = try(each.value.from_port, null)
  to_port                  = try(each.value.to_port, null)
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
  description              = try(each.value.description, null)
}

resource "aws_security_group" "node" {
  count = var.create && var.create_node_security_group ? 1 : 0

  name   = "${local.name}-node"
  vpc_id = var.vpc_id
  tags   = merge(var.tags, var.node_security_group_tags)
}

resource "aws_security_group_rule" "node" {
  for_each = { for key, rule in merge(var.node_security_group_additional_rules) : key => rule if length(aws_security_group.node) > 0 }

  security_group_id        = aws_security_group.node[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = try(each.value.from_port, null)
  to_port                  = try(each.value.to_port, null)
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
  description              = try(each.value.description, null)
}

module "eks_managed_node_group" {
  source = "./modules/eks-managed-node-group"

  for_each = { for key, group in local.node_groups : key => group if var.create && try(group.create, true) }

  name                       = try(each.value.name, each.key)
  cluster_name               = aws_eks_cluster.this[0].name
  kubernetes_version         = try(each.value.kubernetes_version, each.value.cluster_version, local.version)
  subnet_ids                 = try(coalesce(each.value.subnet_ids, var.subnet_ids), var.subnet_ids)
  min_size                   = try(each.value.min_size, null)
  max_size                   = try(each.value.max_size, null)
  desired_size               = try(each.value.desired_size, null)
  ami_type                   = try(each.value.ami_type, null)
  capacity_type              = try(each.value.capacity_type, null)
  instance_types             = try(each.value.instance_types, null)
  disk_size                  = try(each.value.disk_size, null)
  labels                     = try(each.value.labels, null)
  create_iam_role            = try(each.value.create_iam_role, null)
  iam_role_arn               = try(each.value.iam_role_arn, null)
  create_launch_template     = try(each.value.create_launch_template, null)
  use_custom_launch_template = try(each.value.use_custom_launch_template, null)
  launch_template_id         = try(coalesce(each.value.launch_template_id, ""), "")
  block_device_mappings      = try(each.value.block_device_mappings, null)
  metadata_options           = try(each.value.metadata_options, null)
  remote_access              = try(each.value.remote_access, null)
  update_config              = try(each.value.update_config, null)
  enable_monitoring          = try(each.value.enable_monitoring, null)
  key_name                   = try(each.value.key_name, null)
  vpc_security_group_ids     = concat(aws_security_group.node[*].id, try(flatten(each.value.vpc_security_group_ids[*]), []))
  tags                       = merge(var.tags, try(each.value.tags, {}))
}

resource "aws_autoscaling_group" "self_managed_node_group" {
  for_each = { for key, group in local.own_nodes : key => group if var.create && try(group.create, true) }

  name_prefix         = try(each.value.name, each.key)
  min_size            = try(each.value.min_size, 0)
  max_size            = try(each.value.max_size, 3)
  desired_capacity    = try(each.value.desired_size, 1)
  availability_zones  = try(each.value.availability_zones, null)
  vpc_zone_identifier = try(coalesce(each.value.subnet_ids, var.subnet_ids), var.subnet_ids)
  capacity_rebalance  = try(each.value.capacity_rebalance, null)

  initial_lifecycle_hook = try(flatten(each.value.initial_lifecycle_hooks[*]), [])

  dynamic "launch_template" {
    for_each = try(each.value.use_mixed_instances_policy, false) ? [] : [local.own_templates[each.key]]

    content {
      id = launch_template.value
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = try(each.value.use_mixed_instances_policy, false) ? [each.value.mixed_instances_policy] : []

    content {
      instances_distribution = try(mixed_instances_policy.value.instances_distribution[*], [])

      launch_template {
        override = try(flatten(mixed_instances_policy.value.launch_template.override[*]), flatten(mixed_instances_policy.value.override[*]), [])

        launch_template_specification {
          launch_template_id = local.own_templates[each.key]
        }
      }
    }
  }

  dynamic "tag" {
    for_each = merge(
      { Name = try(each.value.name, each.key) }, var.tags,
      try(each.value.tags, {}), try(each.value.launch_template_tags, {}),
    )

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  tag {
    key                 = "kubernetes.io/cluster/${local.name}"
    value               = "owned"
    propagate_at_launch = true
  }
}

resource "aws_launch_template" "self_managed_node_group" {
  for_each = { for key, group in local.own_nodes : key => group if var.create && try(group.create, true) && try(group.create_launch_template, true) }

  name_prefix            = try(each.value.launch_template_name, each.value.name, each.key)
  instance_type          = try(each.value.instance_type, "m6i.large")
  user_data              = base64encode(join("\n", [try(each.value.pre_bootstrap_user_data, ""), try(each.value.post_bootstrap_user_data, "")]))
  vpc_security_group_ids = concat(aws_security_group.node[*].id, try(flatten(each.value.vpc_security_group_ids[*]), []))
  tags                   = merge(var.tags, try(each.value.tags, {}))

  dynamic "instance_market_options" {
    for_each = try(length(each.value.instance_market_options), 0) > 0 ? [each.value.instance_market_options] : []

    content {
      market_type  = try(instance_market_options.value.market_type, null)
      spot_options = try(instance_market_options.value.spot_options[*], [])
    }
  }

  metadata_options {
    http_endpoint               = try(each.value.metadata_options.http_endpoint, "enabled")
    http_tokens                 = try(each.value.metadata_options.http_tokens, "required")
    http_put_response_hop_limit = try(each.value.metadata_options.http_put_response_hop_limit, 1)
  }
}

resource "aws_eks_fargate_profile" "fargate_profile" {
  for_each = { for key, profile in local.profiles : key => profile if var.create && try(profile.create, true) }

  cluster_name         = aws_eks_cluster.this[0].name
  fargate_profile_name = try(each.value.name, each.key)
  subnet_ids           = try(coalesce(each.value.subnet_ids, var.subnet_ids), var.subnet_ids)
  selector             = try(flatten(each.value.selectors[*]), [])
  tags                 = merge(var.tags, try(each.value.tags, {}))
}

# Versions before 21 call these so.
variable "cluster_name" {
  type    = string
  default = null
}

variable "cluster_version" {
  type    = string
  default = null
}

variable "cluster_enabled_log_types" {
  type    = list(string)
  default = null
}

variable "cluster_encryption_config" {
  type    = any
  default = null
}

variable "cluster_endpoint_private_access" {
  type    = bool
  default = null
}

variable "cluster_endpoint_public_access" {
  type    = bool
  default = null
}

variable "cluster_endpoint_public_access_cidrs" {
  type    = list(string)
  default = []
}

variable "cluster_security_group_additional_rules" {
  type    = any
  default = {}
}

variable "create_cluster_security_group" {
  type    = bool
  default = null
}

variable "eks_managed_node_group_defaults" {
  type    = any
  default = {}
}

variable "self_managed_node_group_defaults" {
  type    = any
  default = {}
}

variable "fargate_profile_defaults" {
  type    = any
  default = {}
}
