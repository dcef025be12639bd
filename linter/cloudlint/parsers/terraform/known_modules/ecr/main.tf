locals {
  is_private = var.create && var.create_repository && var.repository_type == "private"
  is_public  = var.create && var.create_repository && var.repository_type == "public"
}

resource "aws_ecr_repository" "this" {
  count = local.is_private ? 1 : 0

  name                 = var.repository_name
  image_tag_mutability = var.repository_image_tag_mutability
  force_delete         = var.repository_force_delete
  tags                 = var.tags

  encryption_configuration {
    encryption_type = var.repository_encryption_type
    kms_key         = var.repository_kms_key
  }

  image_scanning_configuration {
    scan_on_push = var.repository_image_scan_on_push
  }
}

resource "aws_ecr_repository_policy" "this" {
  count = local.is_private && var.attach_repository_policy && !var.create_repository_policy ? 1 : 0

  repository = aws_ecr_repository.this[0].name
  policy     = var.repository_policy
}

resource "aws_ecr_lifecycle_policy" "this" {
  count = local.is_private && var.create_lifecycle_policy ? 1 : 0

  repository = aws_ecr_repository.this[0].name
  policy     = var.repository_lifecycle_policy
}

resource "aws_ecrpublic_repository" "this" {
  count = local.is_public ? 1 : 0

  repository_name = var.repository_name
  tags            = var.tags
}

resource "aws_ecr_registry_scanning_configuration" "this" {
  count = var.create && var.manage_registry_scanning_configuration ? 1 : 0

  scan_type = var.registry_scan_type

  dynamic "rule" {
    for_each = flatten(var.registry_scan_rules[*])

    content {
      scan_frequency    = rule.value.scan_frequency
      repository_filter = flatten(rule.value.filter[*])
    }
  }
}
