locals {
  has_template = var.create && var.create_launch_template && var.use_custom_launch_template
  template_id  = local.has_template ? one(aws_launch_template.this[*].id) : var.launch_template_id
}

resource "aws_eks_node_group" "this" {
  count = var.create ? 1 : 0

  cluster_name           = var.cluster_name
  node_group_name_prefix = "${var.name}-"
  node_role_arn          = var.create_iam_role ? one(aws_iam_role.this[*].arn) : var.iam_role_arn
  subnet_ids             = var.subnet_ids
  version                = try(coalesce(var.kubernetes_version, var.cluster_version), null)
  ami_type               = var.ami_type
  capacity_type          = var.capacity_type
  instance_types         = var.instance_types
  disk_size              = var.use_custom_launch_template ? null : var.disk_size
  labels                 = var.labels
  tags                   = merge(var.tags, { Name = var.name })

  scaling_config {
    min_size     = var.min_size
    max_size     = var.max_size
    desired_size = var.desired_size
  }

  dynamic "launch_template" {
    for_each = var.use_custom_launch_template ? [local.template_id] : []

    content {
      id = launch_template.value
    }
  }

  dynamic "remote_access" {
    for_each = try(length(var.remote_access), 0) > 0 ? [var.remote_access] : []

    content {
      ec2_ssh_key               = try(remote_access.value.ec2_ssh_key, null)
      source_security_group_ids = try(remote_access.value.source_security_group_ids, null)
    }
  }

  dynamic "update_config" {
    for_each = try(length(var.update_config), 0) > 0 ? [var.update_config] : []

    content {
      max_unavailable            = try(update_config.value.max_unavailable, null)
      max_unavailable_percentage = try(update_config.value.max_unavailable_percentage, null)
    }
  }

  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }
}

resource "aws_launch_template" "this" {
  count = local.has_template ? 1 : 0

  name_prefix            = "${var.name}-"
  key_name               = var.key_name
  vpc_security_group_ids = var.vpc_security_group_ids
  tags                   = var.tags

  dynamic "block_device_mappings" {
    for_each = merge(var.block_device_mappings)

    content {
      device_name = try(block_device_mappings.value.device_name, null)
      ebs         = try(block_device_mappings.value.ebs[*], [])
    }
  }

  metadata_options {
    http_endpoint               = try(var.metadata_options.http_endpoint, "enabled")
    http_tokens                 = try(var.metadata_options.http_tokens, "required")
    http_put_response_hop_limit = try(var.metadata_options.http_put_response_hop_limit, 1)
  }

  monitoring {
    enabled = var.enable_monitoring
  }
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0

  name = "${var.name}-eks-node-group"
  tags = var.tags
}

# Versions before 21 call it so.
variable "cluster_version" {
  type    = string
  default = null
}
